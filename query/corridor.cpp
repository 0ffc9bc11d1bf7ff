#include "query/corridor.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <unordered_map>

#include <boost/graph/breadth_first_search.hpp>

#include "query/adjacency.h"
#include "query/pages.h"

namespace relata {
namespace {

// Distances of nodes from one end, in memory that is never cleared: a cell counts only in the epoch that wrote it.
class Marks {
 public:
  void begin(std::size_t nodes) {
    if (cells_.size() < nodes) cells_.resize(nodes, 0);
    if (++epoch_ == 1u << 27) {
      std::fill(cells_.begin(), cells_.end(), 0);
      epoch_ = 1;
    }
  }
  int of(Node node) const { return cells_[node] >> 5 == epoch_ ? static_cast<int>(cells_[node] & 31u) : -1; }
  void set(Node node, int distance) { cells_[node] = epoch_ << 5 | static_cast<std::uint32_t>(distance); }

 private:
  std::vector<std::uint32_t> cells_;
  std::uint32_t epoch_ = 0;
};

// What Boost.Graph colours are to a breadth-first search that goes on level by level: a mark is "not white".
struct MarkColors {
  using key_type = Node;
  using value_type = boost::default_color_type;
  using reference = value_type;
  using category = boost::read_write_property_map_tag;
  Marks* marks;
  int distance;  // of nodes discovered now
};
boost::default_color_type get(const MarkColors& colors, Node node) { return colors.marks->of(node) < 0 ? boost::white_color : boost::black_color; }
void put(const MarkColors& colors, Node node, boost::default_color_type) {
  if (colors.marks->of(node) < 0) colors.marks->set(node, colors.distance);
}

// The queue of one level: hands out the level and keeps what is discovered for the next. Ends early when the budget does.
class LevelQueue {
 public:
  LevelQueue(const std::vector<Node>& level, std::vector<Node>& next, const bool& stop) : level_(level), next_(next), stop_(stop) {}
  void push(Node node) {
    if (given_ < level_.size())
      ++given_;  // the search puts the level itself in first
    else
      next_.push_back(node);
  }
  Node top() const { return level_[at_]; }
  void pop() { ++at_; }
  bool empty() const { return stop_ || at_ == level_.size(); }

 private:
  const std::vector<Node>& level_;
  std::vector<Node>& next_;
  const bool& stop_;
  std::size_t given_ = 0, at_ = 0;
};

// Pays for the edges of each node looked at.
struct Toll : boost::default_bfs_visitor {
  std::size_t* budget;
  bool* cut;
  void examine_vertex(Node node, const Adjacency& graph) const {
    const std::size_t price = graph.edges(node).size();
    *cut |= price > *budget;
    *budget -= std::min(price, *budget);
  }
};

// Everything within `radius()` hops of one end.
struct Ball {
  Marks& marks;
  std::vector<std::vector<Node>> levels;

  int radius() const { return static_cast<int>(levels.size()) - 1; }
  bool exhausted() const { return levels.back().empty(); }
  void start(std::size_t nodes, Node centre) {
    marks.begin(nodes);
    marks.set(centre, 0);
    levels = {{centre}};
  }
  void grow(const Adjacency& graph, std::size_t& budget, bool& cut) {
    graph.expect(levels.back());
    std::vector<Node> next;
    LevelQueue queue(levels.back(), next, cut);
    Toll toll;
    toll.budget = &budget;
    toll.cut = &cut;
    boost::breadth_first_visit(graph, levels.back().begin(), levels.back().end(), queue, toll, MarkColors{&marks, radius() + 1});
    levels.push_back(std::move(next));
  }
};

thread_local Marks forward_marks, backward_marks;

}  // namespace

struct CorridorSearch::State {
  const GraphView& view;
  Grouping& grouping;
  Node source, target;
  std::size_t& budget;
  Adjacency graph;
  Ball ahead{forward_marks, {}}, behind{backward_marks, {}};  // from the source, from the target
  std::optional<int> shortest;
  bool cut = false;
  std::unordered_map<Node, int> more_ahead, more_behind;  // distances beyond the balls, inside the corridor

  State(const GraphView& v, Grouping& g, Node s, Node t, std::size_t& b) : view(v), grouping(g), source(s), target(t), budget(b), graph(v, g, b) {
    ahead.start(v.nodes(), s);
    behind.start(v.nodes(), t);
  }

  bool grow();
  void reach(int length);
  static void complete(const Adjacency& graph, const Ball& near, const Ball& far, int length, std::unordered_map<Node, int>& more);
  std::vector<Node> members(int length);
  int from_source(Node node) const { return distance_in(ahead, more_ahead, node); }
  int to_target(Node node) const { return distance_in(behind, more_behind, node); }
  static int distance_in(const Ball& ball, const std::unordered_map<Node, int>& more, Node node) {
    if (const int known = ball.marks.of(node); known >= 0) return known;
    const auto found = more.find(node);
    return found == more.end() ? -1 : found->second;
  }
  void link(Corridor& corridor, int length);
};

// One level more on the side where it is cheaper. False when nothing more can be reached.
bool CorridorSearch::State::grow() {
  if (cut || (ahead.exhausted() && behind.exhausted())) return false;
  const bool forward = behind.exhausted() || (!ahead.exhausted() && ahead.levels.back().size() <= behind.levels.back().size());
  Ball& ball = forward ? ahead : behind;
  const Ball& other = forward ? behind : ahead;
  ball.grow(graph, budget, cut);
  if (!shortest)
    for (const Node node : ball.levels.back())
      if (const int rest = other.marks.of(node); rest >= 0) shortest = std::min(shortest.value_or(64), ball.radius() + rest);
  return true;
}

void CorridorSearch::State::reach(int length) {
  while (ahead.radius() + behind.radius() < length && !cut && !(ahead.exhausted() || behind.exhausted()))
    if (!grow()) break;
}

// Nodes of `near` that `far` does not reach but that lie on a walk of at most `length` hops: their distances to far's
// centre, found by going on from far's rim through near alone.
void CorridorSearch::State::complete(const Adjacency& graph, const Ball& near, const Ball& far, int length, std::unordered_map<Node, int>& more) {
  more.clear();
  std::deque<std::pair<Node, int>> queue;
  for (const Node node : far.levels.back())
    if (const int here = near.marks.of(node); here >= 0 && here + far.radius() <= length) queue.emplace_back(node, far.radius());
  for (int expected = -1; !queue.empty();) {
    const auto [node, distance] = queue.front();
    if (distance > expected) {
      expected = distance;
      std::vector<Node> level;
      for (const auto& [each, at] : queue) level.push_back(each);
      graph.expect(level);
    }
    queue.pop_front();
    for (const Edge& edge : graph.edges(node)) {
      if (far.marks.of(edge.other) >= 0 || !graph.passes(edge)) continue;
      const int here = near.marks.of(edge.other);
      if (here < 0 || here + distance + 1 > length) continue;
      if (more.try_emplace(edge.other, distance + 1).second) queue.emplace_back(edge.other, distance + 1);
    }
  }
}

std::vector<Node> CorridorSearch::State::members(int length) {
  complete(graph, ahead, behind, length, more_behind);
  complete(graph, behind, ahead, length, more_ahead);
  std::vector<Node> nodes;
  for (const auto& [node, distance] : more_behind) nodes.push_back(node);
  for (const auto& [node, distance] : more_ahead) nodes.push_back(node);
  for (const auto& level : ahead.levels)
    for (const Node node : level)
      if (const int rest = behind.marks.of(node); rest >= 0 && ahead.marks.of(node) + rest <= length) nodes.push_back(node);
  std::sort(nodes.begin(), nodes.end(), [&](Node a, Node b) { return view.entity_id(a) < view.entity_id(b); });
  return nodes;
}

void CorridorSearch::State::link(Corridor& corridor, int length) {
  std::unordered_map<Node, std::uint32_t> local;
  for (std::uint32_t i = 0; i < corridor.nodes.size(); ++i) local.emplace(corridor.nodes[i], i);
  corridor.source = local.at(source);
  corridor.target = local.at(target);
  std::vector<std::vector<Corridor::Arc>> arcs(corridor.nodes.size());
  view.expect_edges(corridor.nodes);
  for (std::uint32_t i = 0; i < corridor.nodes.size(); ++i) {
    const int before = from_source(corridor.nodes[i]), after = to_target(corridor.nodes[i]);
    const auto wanted = [&](Node other) {
      if (ahead.marks.of(other) < 0 && behind.marks.of(other) < 0) return false;
      const auto found = local.find(other);
      return found != local.end() && found->second > i && std::min(before + to_target(other), from_source(other) + after) + 1 <= length;
    };
    std::unordered_map<Node, std::uint32_t> pairs;
    for (Group& group : grouping.among(corridor.nodes[i], wanted, budget)) {
      const Node other = group.key.source == corridor.nodes[i] ? group.key.target : group.key.source;
      const auto [pair, fresh] = pairs.try_emplace(other, static_cast<std::uint32_t>(corridor.choices.size()));
      if (fresh) {
        corridor.choices.emplace_back();
        arcs[i].push_back({local.at(other), pair->second});
        arcs[local.at(other)].push_back({i, pair->second});
      }
      Summary summary = summarize(view, group.edges, group.version);
      corridor.choices[pair->second].push_back({std::move(group), summary});
    }
  }
  // So that which of equals is taken does not depend on a view's numbering.
  for (auto& choices : corridor.choices)
    std::sort(choices.begin(), choices.end(), [&](const HopChoice& a, const HopChoice& b) { return before(view, a.group.key, b.group.key); });
  corridor.first.push_back(0);
  for (auto& list : arcs) {
    std::sort(list.begin(), list.end(), [](const Corridor::Arc& a, const Corridor::Arc& b) { return a.to < b.to; });
    corridor.arcs.insert(corridor.arcs.end(), list.begin(), list.end());
    corridor.first.push_back(corridor.arcs.size());
  }
}

CorridorSearch::CorridorSearch(const GraphView& view, Grouping& grouping, Node source, Node target, std::size_t& budget)
    : state_(std::make_unique<State>(view, grouping, source, target, budget)) {}
CorridorSearch::~CorridorSearch() = default;

bool CorridorSearch::cut() const { return state_->cut || state_->grouping.cut(); }

std::optional<int> CorridorSearch::distance(int limit) {
  State& s = *state_;
  while (!s.shortest && s.ahead.radius() + s.behind.radius() < limit && !s.ahead.exhausted() && !s.behind.exhausted())
    if (!s.grow()) break;
  return s.shortest && *s.shortest <= limit ? s.shortest : std::nullopt;
}

Corridor CorridorSearch::within(int length) {
  Corridor corridor;
  if (!distance(length)) return corridor;
  state_->reach(length);
  corridor.nodes = state_->members(length);
  state_->link(corridor, length);
  return corridor;
}

}  // namespace relata
