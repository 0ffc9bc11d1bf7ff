// How two entities are connected.
#include <algorithm>

#include "query/answer.h"
#include "query/arrival.h"
#include "query/check.h"
#include "query/corridor.h"
#include "query/guided.h"
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
  std::size_t weighed = 0;
  bool cut = false;
};

// The entities a question names, as nodes.
struct Named {
  Node source = 0, target = 0;
  std::vector<Node> through, avoid;

  std::vector<Node> welcome() const {
    std::vector<Node> all{source, target};
    all.insert(all.end(), through.begin(), through.end());
    return all;
  }
};

Result<std::vector<Node>> resolve_all(const GraphView& view, std::string_view parameter, const std::vector<std::string>& texts) {
  std::vector<Node> nodes;
  for (const std::string& text : texts) {
    const Result<Node> node = resolve(view, parameter, text);
    if (!node) return node.error();
    if (std::find(nodes.begin(), nodes.end(), *node) == nodes.end()) nodes.push_back(*node);
  }
  return nodes;
}

Result<Named> resolve_named(const GraphView& view, const PathQuestion& question) {
  const Result<Node> source = resolve(view, "source", question.source);
  if (!source) return source.error();
  const Result<Node> target = resolve(view, "target", question.target);
  if (!target) return target.error();
  if (*source == *target) return bad_input("target='" + question.target + "': is the same entity as source");
  Result<std::vector<Node>> through = resolve_all(view, "through", question.through);
  if (!through) return through.error();
  Result<std::vector<Node>> avoid = resolve_all(view, "avoid", question.avoid);
  if (!avoid) return avoid.error();
  std::erase_if(*through, [&](Node node) { return node == *source || node == *target; });
  const auto both = std::find_if((*avoid).begin(), (*avoid).end(), [&](Node node) {
    return node == *source || node == *target || std::find((*through).begin(), (*through).end(), node) != (*through).end();
  });
  if (both != (*avoid).end()) return bad_input("avoid='" + view.entity(*both).name + "': the path begins, ends or must pass there");
  return Named{*source, *target, *std::move(through), *std::move(avoid)};
}

// The filter with the avoided types taken out; nothing when no type is left.
std::optional<Filter> without_avoided(const PathQuestion& question) {
  Filter filter = question.filter;
  if (question.avoid_types.empty()) return filter;
  if (filter.types.empty())
    for (int i = 0; i < kEntityTypes; ++i) filter.types.push_back(static_cast<EntityType>(i));
  std::erase_if(filter.types, [&](EntityType type) { return std::find(question.avoid_types.begin(), question.avoid_types.end(), type) != question.avoid_types.end(); });
  return filter.types.empty() ? std::nullopt : std::optional(std::move(filter));
}

// Nothing when the corridor holds no node of one of the lists.
std::optional<Conditions> conditions_in(const Corridor& corridor, const GraphView& view, const PathQuestion& question, const Named& named) {
  Conditions conditions{{}, question.max_gap};
  for (const Node wanted : named.through) {
    const auto found = std::find(corridor.nodes.begin(), corridor.nodes.end(), wanted);
    if (found == corridor.nodes.end()) return std::nullopt;
    conditions.through.push_back({static_cast<std::uint32_t>(found - corridor.nodes.begin())});
  }
  if (!question.through_types.empty()) view.expect_entities(corridor.nodes);
  for (const EntityType type : question.through_types) {
    std::vector<std::uint32_t> fits;
    for (std::uint32_t i = 0; i < corridor.nodes.size(); ++i)
      if (i != corridor.source && i != corridor.target && view.entity_type(corridor.nodes[i]) == type) fits.push_back(i);
    if (fits.empty()) return std::nullopt;
    conditions.through.push_back(std::move(fits));
  }
  return conditions;
}

// What one question looks for, and what is left for it to look at.
struct Sought {
  const GraphView& view;
  const PathQuestion& question;
  const Named& named;
  const Ranking& ranking;
  const Budget& budget;
  std::size_t edges = 0;

  Grouping grouping(const Filter& filter) const { return {view, filter, named.welcome(), named.avoid}; }
  Day first() const { return question.filter.from.value_or(kFirstDay); }
  Day last() const { return question.filter.until.value_or(kLastDay); }
  bool conditions() const { return question.max_gap || !named.through.empty() || !question.through_types.empty(); }
};

// A longer trail never beats a shorter one when hops count first, so the corridor is widened only until it holds k.
Search search(CorridorSearch& whole, const Sought& sought, int k, int max_hops) {
  Search found;
  int length = max_hops;
  if (sought.question.mode == PathMode::shortest) {
    const std::optional<int> shortest = whole.distance(max_hops);
    if (!shortest) return found;
    length = *shortest;
  }
  for (;; ++length) {
    found.corridor = whole.within(length);
    if (found.corridor.nodes.empty()) return found;
    if (const auto conditions = conditions_in(found.corridor, sought.view, sought.question, sought.named)) {
      if (conditions->any())
        found.trails = guided_trails(found.corridor, sought.ranking, *conditions, k, length, found.weighed);
      else
        found.trails = best_trails(found.corridor, sought.ranking, k, length, kWork);
    }
    const bool enough = found.trails.best.size() >= static_cast<std::size_t>(k);
    if (enough || length >= max_hops || found.trails.cut || whole.cut()) return found;
    if (sought.budget.late()) {
      found.trails.cut = true;
      return found;
    }
  }
}

Search search(Sought& sought, const Filter& filter, int k, int max_hops) {
  Grouping grouping = sought.grouping(filter);
  const bool backwards = sought.ranking.backwards();
  CorridorSearch whole(sought.view, grouping, backwards ? sought.named.target : sought.named.source, backwards ? sought.named.source : sought.named.target, sought.edges);
  Search found = search(whole, sought, k, max_hops);
  found.cut = whole.cut() || found.trails.cut;
  return found;
}

std::optional<Arrival> best_walk(Sought& sought, const Filter& filter) {
  Grouping grouping = sought.grouping(filter);
  const Node source = sought.named.source, target = sought.named.target;
  if (sought.ranking.backwards()) return latest_departure(sought.view, source, target, sought.first(), sought.last(), grouping, sought.edges);
  return earliest_arrival(sought.view, source, target, sought.first(), sought.last(), grouping, sought.edges);
}

// By time, whatever number of hops the best path takes: a walk tells its day, and that bounds the days to search, which are few.
Search search_in_time(Sought& sought, const Filter& filter) {
  const auto best = best_walk(sought, filter);
  if (!best) {
    Search none;
    none.cut = sought.edges == 0;
    return none;
  }
  Filter until = filter;
  (sought.ranking.backwards() ? until.from : until.until) = best->day;
  Search first = search(sought, until, 1, std::min(best->hops, kMaxHops));
  if (first.trails.best.empty()) {  // it takes more hops
    Search later = search(sought, filter, sought.question.k, kMaxHops);
    later.cut = true;
    return later;
  }
  if (sought.question.k == 1) return first;
  const int hops = static_cast<int>(first.trails.best.front().pairs.size());
  return search(sought, filter, sought.question.k, std::max(hops, kUsualHops));
}

void set_days(Path& path, const Corridor& corridor, const Ranking& ranking, const Trail& trail, std::optional<int> max_gap) {
  const auto [first, last] = walk_of(corridor, ranking, trail, max_gap);
  const auto day = [&](std::int64_t place) { return Day{static_cast<std::int32_t>(ranking.backwards() ? -place : place)}; };
  path.departure = day(ranking.backwards() ? last : first);
  path.arrival = day(ranking.backwards() ? first : last);
}

Result<Path> told(const GraphView& view, const Corridor& corridor, const Trail& trail, const PathQuestion& question, const Ranking& ranking, Cast& cast, const ViewJson* kept) {
  Path path;
  for (std::size_t i = 0; i < trail.pairs.size(); ++i) {
    const Group& group = corridor.choices[trail.pairs[i]][trail.choices[i]].group;
    const Node from = corridor.nodes[trail.nodes[ranking.backwards() ? i + 1 : i]];
    const Group* const one[] = {&group};
    Result<RelationPage> hop = tell(view, one, {{}, 1, {}, kept}, question.filter.polarity, cast);
    if (!hop) return hop.error();
    Hop& last = path.hops.emplace_back();
    last.reversed = group.key.source != from;
    if (kept)
      last.written = hop->written.front();
    else
      last.relation = std::move(hop->relations.front());
  }
  if (ranking.timed()) set_days(path, corridor, ranking, trail, question.max_gap);
  if (ranking.backwards()) std::reverse(path.hops.begin(), path.hops.end());
  return path;
}

Result<void> check_conditions(const PathQuestion& question) {
  if (Result<void> fine = check_range("k", question.k, 1, kMaxPaths); !fine) return fine;
  if (Result<void> fine = check_range("max_hops", question.max_hops.value_or(kUsualHops), 1, kMaxHops); !fine) return fine;
  const auto few = [](std::size_t count) { return count <= kMaxConditions; };
  if (!few(question.through.size() + question.through_types.size()) || !few(question.avoid.size()))
    return bad_input("through: at most " + std::to_string(kMaxConditions) + " entities and types to pass, and as many entities to avoid");
  if (!question.max_gap) return {};
  if (question.mode != PathMode::time_respecting && question.mode != PathMode::latest_departure)
    return bad_input("max_gap: only with mode=time_respecting or latest_departure, whose hops have an order of time");
  return check_range("max_gap", *question.max_gap, 0, kMaxGap);
}

}  // namespace

Result<PathAnswer> paths(const PathQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> fine = check_conditions(question); !fine) return fine.error();
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<Named> named = resolve_named(view, question);
  if (!named) return named.error();
  const std::optional<Filter> filter = without_avoided(question);
  const bool backwards = question.mode == PathMode::latest_departure;
  const Ranking ranking(question.mode, backwards ? question.filter.until.value_or(kLastDay) : question.filter.from.value_or(kFirstDay));
  Sought sought{view, question, *named, ranking, budget, budget.edges};
  const bool any_hops = ranking.timed() && !question.max_hops && !sought.conditions() && filter;
  const int max_hops = filter ? question.max_hops.value_or(kUsualHops) : 1;  // no type is left for entities between
  const Search found = any_hops ? search_in_time(sought, *filter) : search(sought, filter.value_or(question.filter), question.k, max_hops);
  PathAnswer answer;
  Cast cast(view);
  cast.add(named->source);
  cast.add(named->target);
  std::vector<const Group*> hops;
  for (const Trail& trail : found.trails.best)
    for (std::size_t i = 0; i < trail.pairs.size(); ++i) hops.push_back(&found.corridor.choices[trail.pairs[i]][trail.choices[i]].group);
  expect_told(view, hops);
  for (const Trail& trail : found.trails.best) {
    Result<Path> path = told(view, found.corridor, trail, question, ranking, cast, budget.kept);
    if (!path) return path.error();
    answer.paths.push_back(*std::move(path));
  }
  Cast::Told entities = cast.told(budget.kept);
  answer.entities = std::move(entities.entities);
  answer.written_entities = std::move(entities.written);
  answer.cut = found.cut;
  budget.tell(sought.edges, found.corridor.nodes.size(), found.corridor.choices.size(), found.weighed);
  return answer;
}

}  // namespace relata
