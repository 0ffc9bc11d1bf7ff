// JSON of relations and entities that was written for one answer, kept for the next that tells them: many questions touch the same hubs.
// Of the newest view alone, since what is told of an entity may change with every article. May be used from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "graph/relations.h"
#include "graph/shelf.h"

namespace relata {

// What a text is of.
struct JsonKey {
  std::uint64_t high = 0, low = 0;
  bool operator==(const JsonKey&) const = default;
};
struct JsonKeyHash {
  std::size_t operator()(const JsonKey& key) const { return key.low; }
};
using JsonShelf = Shelf<JsonKey, std::string, JsonKeyHash>;

// What is kept of one view.
class ViewJson {
 public:
  using Text = std::shared_ptr<const std::string>;
  // `shelf` outlives it; `number`: of the view.
  ViewJson(JsonShelf& shelf, std::uint64_t number) : shelf_(&shelf), number_(number) {}

  // Of what relation() of graph/relations.h tells with `each` statements as evidence.
  JsonKey key(const Group& group, std::size_t each, std::optional<Polarity> polarity) const;
  Text find(const JsonKey& key) const { return shelf_->find(key); }
  Text keep(const JsonKey& key, std::string text) const;

  Text entity(const GraphView& view, Node node) const;

 private:
  JsonShelf* shelf_;
  std::uint64_t number_;
};

class KeptJson {
 public:
  explicit KeptJson(std::size_t most_bytes) : shelf_(most_bytes) {}
  // Valid as long as this. What is kept of the view asked for before is not found any more.
  ViewJson of(const std::shared_ptr<const GraphView>& view);

 private:
  JsonShelf shelf_;
  std::mutex mutex_;
  std::weak_ptr<const GraphView> newest_;  // guarded by mutex_; does not keep it alive
  std::uint64_t number_ = 0;               // of it; guarded by mutex_
};

}  // namespace relata
