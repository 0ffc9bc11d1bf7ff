#include "query/arrival.h"

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <vector>

namespace relata {
namespace {

// Nodes by the day they are reached, earliest first: one list a day, all in one array.
class Calendar {
 public:
  void begin(Day first, Day last) {
    first_ = first;
    heads_.assign(static_cast<std::size_t>(last.number - first.number) + 1, kEnd);
    items_.clear();
  }
  void add(Day day, Node node) {
    std::uint32_t& head = heads_[static_cast<std::size_t>(day.number - first_.number)];
    items_.push_back({node, head});
    head = static_cast<std::uint32_t>(items_.size() - 1);
  }
  std::optional<Node> take(Day day) {
    std::uint32_t& head = heads_[static_cast<std::size_t>(day.number - first_.number)];
    if (head == kEnd) return std::nullopt;
    const Item item = items_[head];
    head = item.next;
    return item.node;
  }
  // Those that come next, not before `day`: at most `most`.
  void upcoming(Day day, Day last, std::size_t most, std::vector<Node>& nodes) const {
    for (; day <= last && nodes.size() < most; ++day.number)
      for (std::uint32_t at = heads_[static_cast<std::size_t>(day.number - first_.number)]; at != kEnd && nodes.size() < most; at = items_[at].next)
        nodes.push_back(items_[at].node);
  }

 private:
  static constexpr std::uint32_t kEnd = 0xffffffffu;
  struct Item {
    Node node;
    std::uint32_t next;
  };
  Day first_;
  std::vector<std::uint32_t> heads_;  // a day each
  std::vector<Item> items_;
};

constexpr std::size_t kSoon = 256;
constexpr std::int32_t kLongCalendar = 20'000;  // days

// When each node is reached, and in how many hops; only those that were reached are cleared again.
struct Arrivals {
  static constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();
  struct Reached {
    std::int32_t day = kNever;
    std::int32_t hops = 0;
  };
  std::vector<Reached> at;
  std::vector<Node> reached;
  Calendar calendar;

  void begin(std::size_t nodes) {
    for (const Node node : reached) at[node] = {};
    reached.clear();
    if (at.size() < nodes) at.resize(nodes);
  }
  void set(Node node, std::int32_t day, std::int32_t hops) {
    if (at[node].day == kNever) reached.push_back(node);
    at[node] = {day, hops};
  }
};
thread_local Arrivals arrivals;

// Time as a walk goes through it. Backwards the days are negated, so that a walk from the target goes up too.
struct Forwards {
  static Day begin(const Edge& edge) { return edge.begin; }
  static Day end(const Edge& edge) { return edge.end; }
  static std::span<const Edge> touching(const GraphView& view, Node node, Day from, Day until) { return view.edges_touching(node, from, until); }
  static void expect(const GraphView& view, std::span<const Node> nodes, Day from, Day until) { view.expect_edges(nodes, from, until); }
};
struct Backwards {
  static Day mirrored(Day day) { return {-day.number}; }
  static Day begin(const Edge& edge) { return mirrored(edge.end); }
  static Day end(const Edge& edge) { return mirrored(edge.begin); }
  static std::span<const Edge> touching(const GraphView& view, Node node, Day from, Day until) { return view.edges_touching(node, mirrored(until), mirrored(from)); }
  static void expect(const GraphView& view, std::span<const Node> nodes, Day from, Day until) { view.expect_edges(nodes, mirrored(until), mirrored(from)); }
};

// takes(node, edge): whether a hop can be made from the node over its edge.
template <typename Line, typename Takes>
class Walk {
 public:
  Walk(const GraphView& view, const Takes& takes, std::size_t& budget) : view_(view), takes_(takes), budget_(budget), known_(arrivals) {}

  std::optional<Arrival> from(Node source, Node target, Day start, Day last) {
    if (source == target) return Arrival{start};
    const auto first = first_begin(source, start, last);
    if (!first) return std::nullopt;
    start = std::max(start, *first);
    // No hop can be made after the last of the target's edges ends: that bounds the calendar when the question does not.
    if (last.number - start.number > kLongCalendar) last = std::min(last, last_end(target));
    if (start > last) return std::nullopt;
    known_.begin(view_.nodes());
    known_.calendar.begin(start, last);
    known_.set(source, start.number, 0);
    known_.calendar.add(start, source);
    for (Day day = start; day <= last; ++day.number) {
      while (const auto node = known_.calendar.take(day)) {
        if (known_.at[*node].day != day.number) continue;  // was reached earlier after all
        if (*node == target) return Arrival{day, known_.at[*node].hops};
        if (!view_.whole()) expect(*node, day, last);
        if (!go_on(*node, day, target, last)) return std::nullopt;
      }
    }
    return std::nullopt;
  }

 private:
  std::optional<Day> first_begin(Node node, Day from, Day until) const {
    std::optional<Day> first;
    for (const Edge& edge : Line::touching(view_, node, from, until)) {
      if (!edge.dated()) continue;
      if (!first || Line::begin(edge) < *first) first = Line::begin(edge);
      if constexpr (std::is_same_v<Line, Forwards>) break;  // they are in this order
    }
    return first;
  }
  Day last_end(Node node) const {
    Day last{-kLastDay.number};
    for (const Edge& edge : view_.edges(node))
      if (edge.dated()) last = std::max(last, Line::end(edge));
    return last;
  }

  // Of a view that fetches: those that are reached soon, at once.
  void expect(Node node, Day day, Day last) {
    if (expected_.contains(node)) return;
    std::vector<Node> soon{node};
    known_.calendar.upcoming(day, last, kSoon, soon);
    Line::expect(view_, soon, day, last);
    expected_.insert(soon.begin(), soon.end());
  }

  // False when the budget is used up. `last` comes down to the day on which the target is reached: nothing later can matter.
  bool go_on(Node node, Day day, Node target, Day& last) {
    const std::int32_t hops = known_.at[node].hops + 1;
    for (const Edge& edge : Line::touching(view_, node, day, last)) {
      if (budget_ == 0) return false;
      --budget_;
      const std::int32_t arrival = std::max(day.number, Line::begin(edge).number);
      if (arrival >= known_.at[edge.other].day || arrival > last.number || Line::end(edge) < day || !edge.dated() || !takes_(node, edge)) continue;
      known_.set(edge.other, arrival, hops);
      known_.calendar.add({arrival}, edge.other);
      if (edge.other == target) last = {arrival};
    }
    return true;
  }

  const GraphView& view_;
  const Takes& takes_;
  std::size_t& budget_;
  Arrivals& known_;
  std::unordered_set<Node> expected_;
};

template <typename Line, typename Takes>
std::optional<Arrival> walk(const GraphView& view, Node source, Node target, Day start, Day last, const Takes& takes, std::size_t& budget) {
  return Walk<Line, Takes>(view, takes, budget).from(source, target, start, last);
}

}  // namespace

std::optional<Arrival> earliest_arrival(const GraphView& view, Node source, Node target, Day start, Day last, Along along, const EdgeTest& test, std::size_t& budget) {
  return walk<Forwards>(view, source, target, start, last, [&](Node, const Edge& edge) { return (along == Along::either || edge.outgoing) && test(edge); }, budget);
}

std::optional<Arrival> earliest_arrival(const GraphView& view, Node source, Node target, Day start, Day last, Grouping& grouping, std::size_t& budget) {
  return walk<Forwards>(view, source, target, start, last, [&](Node node, const Edge& edge) { return grouping.selects(node, edge); }, budget);
}

std::optional<Arrival> latest_departure(const GraphView& view, Node source, Node target, Day first, Day end, Grouping& grouping, std::size_t& budget) {
  const auto takes = [&](Node node, const Edge& edge) { return grouping.selects(node, edge); };
  auto found = walk<Backwards>(view, target, source, Backwards::mirrored(end), Backwards::mirrored(first), takes, budget);
  if (found) found->day = Backwards::mirrored(found->day);
  return found;
}

}  // namespace relata
