#include "query/guided.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace relata {
namespace {

using Place = std::int64_t;  // on the line of time
constexpr Place kNever = std::numeric_limits<std::int32_t>::max();

struct Stretch {
  Place begin, end;
};
using Stretches = std::vector<Stretch>;  // disjoint, ascending

Stretches merged(Stretches all) {
  std::sort(all.begin(), all.end(), [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  Stretches out;
  for (const Stretch& one : all) {
    if (!out.empty() && one.begin <= out.back().end + 1)
      out.back().end = std::max(out.back().end, one.end);
    else
      out.push_back(one);
  }
  return out;
}

// For each node, the fewest hops to one of `goals` plus what lies behind that goal.
std::vector<int> distances(const Corridor& corridor, const std::vector<std::uint32_t>& goals, const std::vector<int>& behind) {
  constexpr int kFar = 64;
  std::vector<int> best(corridor.nodes.size(), kFar);
  std::vector<std::vector<std::uint32_t>> at(kFar + 1);
  for (const std::uint32_t goal : goals) {
    best[goal] = std::min(kFar, behind.empty() ? 0 : behind[goal]);
    at[static_cast<std::size_t>(best[goal])].push_back(goal);
  }
  for (int distance = 0; distance + 1 < kFar; ++distance)
    for (std::size_t i = 0; i < at[static_cast<std::size_t>(distance)].size(); ++i) {
      const std::uint32_t node = at[static_cast<std::size_t>(distance)][i];
      if (best[node] != distance) continue;
      for (const Corridor::Arc& arc : corridor.from(node))
        if (best[arc.to] > distance + 1) {
          best[arc.to] = distance + 1;
          at[static_cast<std::size_t>(distance) + 1].push_back(arc.to);
        }
    }
  return best;
}

struct Partial {
  Cost cost;
  std::uint32_t parent = 0;
  std::uint32_t node = 0;
  std::uint32_t pair = 0;    // that led here
  std::uint32_t passed = 0;  // bit i: a node of through[i] lies behind
  Stretches times;           // when it can be here; of a timed ranking
};

class Guided {
 public:
  Guided(const Corridor& corridor, const Ranking& ranking, const Conditions& conditions, int max_hops)
      : corridor_(corridor), ranking_(ranking), conditions_(conditions), max_hops_(max_hops), to_target_(distances(corridor, {corridor.target}, {})) {
    for (const auto& goals : conditions.through) to_goals_.push_back(distances(corridor, goals, to_target_));
    lists_.resize(corridor.nodes.size());
    for (std::size_t i = 0; i < conditions.through.size(); ++i)
      for (const std::uint32_t node : conditions.through[i]) lists_[node] |= 1u << i;
  }

  Trails run(int k, std::size_t& weighed) {
    Trails trails;
    const auto worse = [this](std::uint32_t a, std::uint32_t b) { return before(b, a); };
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, decltype(worse)> open(worse);
    const Place start = ranking_.zero().primary;
    partials_.push_back({ranking_.zero(), 0, corridor_.source, 0, 0, ranking_.timed() ? Stretches{{start, kNever}} : Stretches{}});
    open.push(0);
    while (!open.empty() && trails.best.size() < static_cast<std::size_t>(k)) {
      const std::uint32_t here = open.top();
      open.pop();
      if (partials_[here].node == corridor_.target) {
        trails.best.push_back(trail_of(here));
        continue;
      }
      for (const Corridor::Arc& arc : corridor_.from(partials_[here].node)) {
        if (partials_.size() >= kPartialPaths) {
          trails.cut = true;
          break;
        }
        if (step(here, arc)) open.push(static_cast<std::uint32_t>(partials_.size() - 1));
      }
      if (trails.cut) break;
    }
    weighed += partials_.size();
    return trails;
  }

 private:
  std::vector<std::uint32_t> chain(std::uint32_t at) const {  // source first
    std::vector<std::uint32_t> all{at};
    while (all.back() != 0) all.push_back(partials_[all.back()].parent);
    std::reverse(all.begin(), all.end());
    return all;
  }

  bool before(std::uint32_t a, std::uint32_t b) const {
    if (partials_[a].cost != partials_[b].cost) return partials_[a].cost < partials_[b].cost;
    const auto less = [this](std::uint32_t x, std::uint32_t y) { return partials_[x].node < partials_[y].node; };
    const auto left = chain(a), right = chain(b);
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(), less);
  }

  bool visited(std::uint32_t at, std::uint32_t node) const {
    for (;; at = partials_[at].parent) {
      if (partials_[at].node == node) return true;
      if (at == 0) return false;
    }
  }

  bool can_end(const Partial& partial) const {
    const int left = max_hops_ - static_cast<int>(partial.cost.hops);
    if (to_target_[partial.node] > left) return false;
    for (std::size_t i = 0; i < to_goals_.size(); ++i)
      if ((partial.passed >> i & 1u) == 0 && (partial.node == corridor_.target || to_goals_[i][partial.node] > left)) return false;
    return true;
  }

  bool step(std::uint32_t from, const Corridor::Arc& arc) {
    if (visited(from, arc.to)) return false;
    const std::vector<HopChoice>& pair = corridor_.choices[arc.pair];
    Partial next{{}, from, arc.to, arc.pair, partials_[from].passed | lists_[arc.to], {}};
    if (ranking_.timed()) {
      if (!pass_time(partials_[from], pair, next)) return false;
    } else {
      next.cost = ranking_.hop(partials_[from].cost, pair)->cost;
    }
    if (!can_end(next)) return false;
    partials_.push_back(std::move(next));
    return true;
  }

  Stretches possible(const Stretches& before, bool first, const HopChoice& choice) const {
    Stretches all;
    if (choice.group.key.begin > choice.group.key.end) return all;
    const auto [begin, end] = ranking_.on_line(choice.group.key);
    const Place wait = first || !conditions_.max_gap ? kNever : *conditions_.max_gap;
    for (const Stretch& one : before)
      if (const Stretch both{std::max(begin, one.begin), std::min(end, one.end + wait)}; both.begin <= both.end) all.push_back(both);
    return all;
  }

  bool pass_time(const Partial& from, const std::vector<HopChoice>& pair, Partial& next) const {
    std::optional<std::uint64_t> least;
    for (const HopChoice& choice : pair) {
      const Stretches here = possible(from.times, from.cost.hops == 0, choice);
      if (here.empty()) continue;
      next.times.insert(next.times.end(), here.begin(), here.end());
      least = std::min(least.value_or(~std::uint64_t{0}), flaws(choice.summary));
    }
    if (!least) return false;
    next.times = merged(std::move(next.times));
    next.cost = {next.times.front().begin, from.cost.hops + 1, from.cost.flaws + *least};
    return true;
  }

  // The relation of each hop: the least flawed that can be walked when the best walk is there.
  Trail trail_of(std::uint32_t at) const {
    const std::vector<std::uint32_t> all = chain(at);
    Trail trail;
    for (const std::uint32_t one : all) trail.nodes.push_back(partials_[one].node);
    for (std::size_t i = 1; i < all.size(); ++i) trail.pairs.push_back(partials_[all[i]].pair);
    trail.choices.resize(trail.pairs.size());
    trail.cost = partials_[at].cost;
    Place now = trail.cost.primary;
    for (std::size_t i = all.size() - 1; i > 0; --i) {
      const std::vector<HopChoice>& pair = corridor_.choices[trail.pairs[i - 1]];
      trail.choices[i - 1] = ranking_.timed() ? walkable(pair, now) : ranking_.hop(partials_[all[i - 1]].cost, pair)->choice;
      if (ranking_.timed()) now = latest(partials_[all[i - 1]].times, now);
    }
    return trail;
  }

  std::size_t walkable(const std::vector<HopChoice>& pair, Place when) const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < pair.size(); ++i) {
      const auto [begin, end] = ranking_.on_line(pair[i].group.key);
      if (pair[i].group.key.begin > pair[i].group.key.end || when < begin || when > end) continue;
      if (!best || flaws(pair[i].summary) < flaws(pair[*best].summary)) best = i;
    }
    return best.value_or(0);
  }

  static Place latest(const Stretches& times, Place until) {
    Place best = times.front().begin;
    for (const Stretch& one : times)
      if (one.begin <= until) best = std::min(one.end, until);
    return best;
  }

  const Corridor& corridor_;
  const Ranking& ranking_;
  const Conditions& conditions_;
  int max_hops_;
  std::vector<int> to_target_;
  std::vector<std::vector<int>> to_goals_;
  std::vector<std::uint32_t> lists_;  // by node: the lists of conditions that hold it
  std::vector<Partial> partials_;
};

}  // namespace

Trails guided_trails(const Corridor& corridor, const Ranking& ranking, const Conditions& conditions, int k, int max_hops, std::size_t& weighed) {
  return Guided(corridor, ranking, conditions, max_hops).run(k, weighed);
}

std::pair<std::int64_t, std::int64_t> walk_of(const Corridor& corridor, const Ranking& ranking, const Trail& trail, std::optional<int> max_gap) {
  std::vector<Stretch> times;
  for (std::size_t i = 0; i < trail.pairs.size(); ++i) {
    const auto [begin, end] = ranking.on_line(corridor.choices[trail.pairs[i]][trail.choices[i]].group.key);
    if (i == 0)
      times.push_back({std::max(begin, ranking.zero().primary), end});
    else
      times.push_back({std::max(begin, times.back().begin), max_gap ? std::min(end, times.back().end + *max_gap) : end});
  }
  const Place last = times.back().begin;
  Place now = last;
  for (std::size_t i = times.size() - 1; i > 0; --i) now = std::min(times[i - 1].end, now);
  return {now, last};
}

}  // namespace relata
