// The k best loopless paths inside a corridor. Private to the path search.
//
// Yen's algorithm (Management Science 17, 1971) over Boost.Graph's Dijkstra. So that a bound on hops is exact for every
// ranking, Dijkstra runs over a layered graph: one copy of the corridor for each number of hops walked.
#pragma once

#include <cstdint>
#include <vector>

#include "query/corridor.h"
#include "query/ranking.h"

namespace relata {

struct Trail {
  std::vector<std::uint32_t> nodes;      // of the corridor, source first
  std::vector<std::uint32_t> pairs;      // of the corridor, one a hop
  std::vector<std::size_t> choices;      // relation of each pair
  Cost cost;
};

struct Trails {
  std::vector<Trail> best;  // ascending by cost; ties by the nodes' order in the corridor
  bool cut = false;         // `work` ended before all k were sure
};

// At most k trails of at most max_hops hops. `work` bounds the arcs relaxed.
Trails best_trails(const Corridor& corridor, const Ranking& ranking, int k, int max_hops, std::size_t work);

}  // namespace relata
