// The classes of the peer benchmark, answered in process by the walks that Relata's own questions are made of.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/peer/facts.h"
#include "graph/filter.h"
#include "graph/view.h"

namespace relata::bench {

using Query = std::vector<std::string>;  // the cells of a line of QUERIES.tsv; the first is the class

// The benchmark's numbers of things that have ids.
struct Numbers {
  explicit Numbers(const Facts& facts);
  std::vector<EntityId> ids;  // of the benchmark's entities
  std::unordered_map<EntityId, std::uint32_t> entities;
  std::unordered_map<ArticleId, std::uint32_t> first_facts;
};

class Classes {
 public:
  // Of a view that is whole, the numbers are looked up beforehand.
  Classes(const GraphView& view, const Numbers& numbers);

  // What is timed. An answer in numbers of the view.
  struct Answer {
    std::vector<std::uint32_t> items;  // statements (a, g) or nodes (f); what they are is told by the class
    std::int64_t number = 0;           // b, c, d, e
  };
  Answer ask(const Query& query) const;
  const GraphView& view() const { return view_; }
  // The answer as the benchmark writes it, in its own numbers.
  std::string check_value(const Query& query, const Answer& answer) const;

 private:
  Node node(const std::string& entity) const;
  std::vector<const Edge*> newest_facts(Node node, const Filter& filter, std::size_t limit) const;
  Answer facts_of(const Query& query) const;
  Answer within_two(const Query& query) const;
  Answer hops(const Query& query) const;
  Answer arrival(const Query& query) const;
  Answer names(const Query& query) const;
  Answer around(const Query& query) const;

  std::uint32_t fact(StatementIndex index) const;
  std::uint32_t entity(Node node) const { return view_.whole() ? entities_[node] : numbers_.entities.at(view_.entity_id(node)); }

  const GraphView& view_;
  const Numbers& numbers_;
  std::vector<std::uint32_t> entities_;  // of nodes
  std::vector<std::uint32_t> facts_;     // of statements
};

}  // namespace relata::bench
