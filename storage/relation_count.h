// How many distinct relations among some touched ones hold in a run of edges: asked before and after a change, so that the count
// of all relations follows without counting all.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "storage/view_tables.h"

namespace relata::storage {

// Relations of one subject: the outgoing edges of its run that share type, object and time.
class RelationCount {
 public:
  explicit RelationCount(const Paged<StatementEntry, 10>& statements) : statements_(statements) {}

  void touch(const Edge& edge) { keys_.push_back(key_of(edge)); }
  // The touched relations that some edge of the run asserts or denies now.
  std::size_t held(std::span<const Edge> run);

 private:
  struct Key {
    Day begin;
    Node object = 0;
    TypeIndex type = 0;
    std::uint32_t time_hash = 0;
    auto operator<=>(const Key&) const = default;
  };
  Key key_of(const Edge& edge) const { return {edge.begin, edge.other, edge.type, statements_[edge.statement].time_hash}; }

  const Paged<StatementEntry, 10>& statements_;
  std::vector<Key> keys_;
};

}  // namespace relata::storage
