// How two entities are connected.
#include <algorithm>

#include "query/answer.h"
#include "query/check.h"
#include "query/corridor.h"
#include "query/k_shortest.h"
#include "query/pages.h"
#include "query/ranking.h"
#include "query/resolve.h"

namespace relata {
namespace {

constexpr std::size_t kWork = 20'000'000;  // hops weighed for one question

struct Search {
  Corridor corridor;
  Trails trails;
};

// A longer trail never beats a shorter one when hops count first, so the corridor is widened only until it holds k.
Search search(CorridorSearch& whole, const PathQuestion& question, const Ranking& ranking) {
  Search found;
  int length = question.max_hops;
  if (question.mode == PathMode::shortest) {
    const std::optional<int> shortest = whole.distance(question.max_hops);
    if (!shortest) return found;
    length = *shortest;
  }
  for (;; ++length) {
    found.corridor = whole.within(length);
    if (found.corridor.nodes.empty()) return found;
    found.trails = best_trails(found.corridor, ranking, question.k, length, kWork);
    const bool enough = found.trails.best.size() >= static_cast<std::size_t>(question.k);
    if (enough || length >= question.max_hops || found.trails.cut || whole.cut()) return found;
  }
}

Result<Path> told(const GraphView& view, const Search& found, const Trail& trail, const PathQuestion& question, Cast& cast) {
  Path path;
  for (std::size_t i = 0; i < trail.pairs.size(); ++i) {
    const Group& group = found.corridor.choices[trail.pairs[i]][trail.choices[i]].group;
    Result<Relation> hop = relation(view, group, kEvidenceInLists, question.filter.polarity);
    if (!hop) return hop.error();
    path.hops.push_back({*std::move(hop), group.key.source != found.corridor.nodes[trail.nodes[i]]});
    cast.add(group.key);
  }
  if (question.mode == PathMode::time_respecting) path.arrival = Day{static_cast<std::int32_t>(trail.cost.primary)};
  return path;
}

}  // namespace

Result<PathAnswer> paths(const PathQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> fine = check_range("k", question.k, 1, kMaxPaths); !fine) return fine.error();
  if (Result<void> fine = check_range("max_hops", question.max_hops, 1, kMaxHops); !fine) return fine.error();
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<Node> source = resolve(view, "source", question.source);
  if (!source) return source.error();
  const Result<Node> target = resolve(view, "target", question.target);
  if (!target) return target.error();
  if (*source == *target) return bad_input("target='" + question.target + "': is the same entity as source");
  Grouping grouping(view, question.filter, {*source, *target});
  const Ranking ranking(question.mode, question.filter.from.value_or(kFirstDay));
  std::size_t left = budget.edges;
  CorridorSearch whole(view, grouping, *source, *target, left);
  const Search found = search(whole, question, ranking);
  PathAnswer answer;
  Cast cast(view);
  cast.add(*source);
  cast.add(*target);
  for (const Trail& trail : found.trails.best) {
    Result<Path> path = told(view, found, trail, question, cast);
    if (!path) return path.error();
    answer.paths.push_back(*std::move(path));
  }
  answer.entities = cast.entities();
  answer.cut = whole.cut() || found.trails.cut;
  return answer;
}

}  // namespace relata
