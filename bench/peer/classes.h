// The classes of the peer benchmark, answered in process by the walks that Relata's own questions are made of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/peer/facts.h"
#include "graph/filter.h"
#include "graph/view.h"

namespace relata::bench {

using Query = std::vector<std::string>;  // the cells of a line of QUERIES.tsv; the first is the class

class Classes {
 public:
  Classes(const GraphView& view, const Facts& facts);

  // What is timed. An answer in numbers of the view.
  struct Answer {
    std::vector<std::uint32_t> items;  // statements (a, g) or nodes (f); what they are is told by the class
    std::int64_t number = 0;           // b, c, d, e
  };
  Answer ask(const Query& query) const;
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

  const GraphView& view_;
  std::vector<EntityId> ids_;            // of the benchmark's entities
  std::vector<std::uint32_t> entities_;  // of nodes
  std::vector<std::uint32_t> facts_;     // of statements
};

}  // namespace relata::bench
