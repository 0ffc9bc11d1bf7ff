// The k best loopless paths inside a corridor that keep conditions on the whole path, which no single hop can decide: to pass
// certain entities, or not to wait too long between hops. Private to the path search.
//
// Best first over partial loopless paths: their cost only grows, so complete ones come out in order. Partial paths that cannot
// end in time are dropped by exact distances. Exponential in the worst case, hence bounded; an end that was not reached is told.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query/corridor.h"
#include "query/k_shortest.h"
#include "query/ranking.h"

namespace relata {

struct Conditions {
  // Of each list, at least one corridor node stands between source and target.
  std::vector<std::vector<std::uint32_t>> through;
  std::optional<int> max_gap;  // days; only with a ranking by time

  bool any() const { return !through.empty() || max_gap; }
};

// As best_trails(). `weighed` grows by the number of partial paths made; at most kPartialPaths a call.
Trails guided_trails(const Corridor& corridor, const Ranking& ranking, const Conditions& conditions, int k, int max_hops, std::size_t& weighed);
inline constexpr std::size_t kPartialPaths = 400'000;

// A walk over the chosen relations of a trail that arrives when the trail's cost says and leaves as late as it then can: the
// places on the line of time (Ranking::on_line) of its first and last hop. Precondition: ranking.timed(), no empty trail.
std::pair<std::int64_t, std::int64_t> walk_of(const Corridor& corridor, const Ranking& ranking, const Trail& trail, std::optional<int> max_gap);

}  // namespace relata
