// The part of the graph in which two entities can be connected by a walk of at most so many hops. A search over the whole
// graph finds it once, from both ends; everything finer then happens inside it. Private to the path search.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "graph/relations.h"

namespace relata {

// One relation that may serve as a hop, with what ranks it.
struct HopChoice {
  Group group;
  Summary summary;
};

struct Corridor {
  struct Arc {
    std::uint32_t to = 0;
    std::uint32_t pair = 0;  // into choices; the same for both directions
  };
  std::vector<Node> nodes;  // ascending by entity id: the order does not depend on a view's numbering
  std::uint32_t source = 0, target = 0;
  std::vector<std::size_t> first;  // arcs of node i: arcs[first[i]] .. arcs[first[i + 1]]
  std::vector<Arc> arcs;           // ascending by `to`
  std::vector<std::vector<HopChoice>> choices;  // never empty

  std::span<const Arc> from(std::uint32_t node) const { return std::span(arcs).subspan(first[node], first[node + 1] - first[node]); }
};

class CorridorSearch {
 public:
  // Precondition: source != target.
  CorridorSearch(const GraphView& view, Grouping& grouping, Node source, Node target, std::size_t& budget);
  ~CorridorSearch();
  CorridorSearch(const CorridorSearch&) = delete;
  CorridorSearch& operator=(const CorridorSearch&) = delete;

  // Length of the shortest walk, if there is one of at most `limit` hops.
  std::optional<int> distance(int limit);

  // Everything on walks of at most `length` hops; empty nodes if there is none. cut() when the budget ended before.
  Corridor within(int length);

  bool cut() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace relata
