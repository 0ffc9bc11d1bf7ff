#include "query/corridor.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <unordered_map>

#include <boost/graph/breadth_first_search.hpp>

#include "query/adjacency.h"
#include "query/marks.h"
#include "query/pages.h"

namespace relata {
namespace {

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
  if (colors.marks->of(node) < 0) colors.marks->set(node, static_cast<std::uint32_t>(colors.distance));
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
  BorrowedMarks borrowed;
  Marks& marks = *borrowed;
  std::vector<std::vector<Node>> levels;

  Ball(std::size_t nodes, Node centre) : borrowed(nodes), levels{{centre}} { marks.set(centre, 0); }
  int radius() const { return static_cast<int>(levels.size()) - 1; }
  bool exhausted() const { return levels.back().empty(); }
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

}  // namespace

struct CorridorSearch::State {
  const GraphView& view;
  Grouping& grouping;
  Node source, target;
  std::size_t& budget;
  Adjacency graph;
  Ball ahead, behind;  // from the source, from the target
  std::optional<int> shortest;
  bool cut = false;
  std::unordered_map<Node, int> more_ahead, more_behind;  // distances beyond the balls, inside the corridor

  State(const GraphView& v, Grouping& g, Node s, Node t, std::size_t& b)
      : view(v), grouping(g), source(s), target(t), budget(b), graph(v, g, b), ahead(v.nodes(), s), behind(v.nodes(), t) {}

  bool grow();
  void reach(int length);
  std::vector<Node> members(int length);
  int from_source(Node node) const { return distance_in(ahead, more_ahead, node); }
  int to_target(Node node) const { return distance_in(behind, more_behind, node); }
  static int distance_in(const Ball& ball, const std::unordered_map<Node, int>& more, Node node) {
    if (const int known = ball.marks.of(node); known >= 0) return known;
    const auto found = more.find(node);
    return found == more.end() ? -1 : found->second;
  }
  class Linker;
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

namespace {

// Goes on from the rim of one ball through the other alone, level by level: the nodes of `near` that `far` does not reach but that lie on a
// walk of at most `length` hops, with their distances to far's centre.
class Completion {
 public:
  Completion(const Adjacency& graph, const Ball& near, const Ball& far, int length, std::unordered_map<Node, int>& more)
      : graph_(graph), near_(near), far_(far), length_(length), distance_(far.radius()), more_(more) {
    for (const Node node : far.levels.back())
      if (fits(node, distance_)) level_.push_back(node);
  }

  void run() {
    for (; !level_.empty(); ++distance_) {
      next_.clear();
      back_is_shorter() ? back() : on();
      level_.swap(next_);
    }
  }

 private:
  bool fits(Node node, int distance) const {
    const int here = near_.marks.of(node);
    return here >= 0 && here + distance <= length_;
  }
  // How far from near's centre the nodes of the next level lie at most.
  int deepest() const { return std::min(length_ - distance_ - 1, near_.radius()); }

  // The next level can be found from this one, or by looking for it from the nodes it can only consist of. The rim may be a hub.
  bool back_is_shorter() const {
    if (!graph_.plain()) return false;
    std::size_t cost = 0, other = 0;
    for (const Node node : level_) cost += graph_.edges(node).size();
    for (int depth = 0; depth <= deepest(); ++depth)
      for (const Node node : near_.levels[static_cast<std::size_t>(depth)])
        if ((other += 1 + graph_.edges(node).size()) >= cost) return false;
    return true;
  }

  void on() {
    graph_.expect(level_);
    for (const Node node : level_)
      for (const Edge& edge : graph_.edges(node))
        if (fits(edge.other, distance_ + 1) && far_.marks.of(edge.other) < 0 && graph_.passes(edge)) meet(edge.other);
  }

  void back() {
    for (int depth = 0; depth <= deepest(); ++depth)
      for (const Node node : near_.levels[static_cast<std::size_t>(depth)]) {
        if (far_.marks.of(node) >= 0 || more_.contains(node)) continue;
        const std::span<const Edge> edges = graph_.edges(node);
        if (std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) { return in_level(edge.other) && graph_.passes(edge); })) meet(node);
      }
  }

  bool in_level(Node node) const {
    if (!fits(node, distance_)) return false;
    if (distance_ == far_.radius()) return far_.marks.of(node) == distance_;
    const auto found = more_.find(node);
    return found != more_.end() && found->second == distance_;
  }

  void meet(Node node) {
    if (more_.try_emplace(node, distance_ + 1).second) next_.push_back(node);
  }

  const Adjacency& graph_;
  const Ball &near_, &far_;
  int length_, distance_;  // of level_ from far's centre
  std::vector<Node> level_, next_;
  std::unordered_map<Node, int>& more_;
};

}  // namespace

std::vector<Node> CorridorSearch::State::members(int length) {
  more_behind.clear();
  more_ahead.clear();
  Completion(graph, ahead, behind, length, more_behind).run();
  Completion(graph, behind, ahead, length, more_ahead).run();
  std::vector<Node> nodes;
  for (const auto& [node, distance] : more_behind) nodes.push_back(node);
  for (const auto& [node, distance] : more_ahead) nodes.push_back(node);
  for (const auto& level : ahead.levels)
    for (const Node node : level)
      if (const int rest = behind.marks.of(node); rest >= 0 && ahead.marks.of(node) + rest <= length) nodes.push_back(node);
  std::sort(nodes.begin(), nodes.end(), [&](Node a, Node b) { return view.entity_id(a) < view.entity_id(b); });
  return nodes;
}

// The relations of each pair are read from its end with fewer edges: the other may be a hub.
class CorridorSearch::State::Linker {
 public:
  Linker(State& state, Corridor& corridor, int length) : state_(state), corridor_(corridor), length_(length), known_(state.view.nodes()), arcs_(corridor.nodes.size()) {
    for (std::uint32_t i = 0; i < corridor.nodes.size(); ++i) {
      place_.emplace(corridor.nodes[i], i);
      (*known_).set(corridor.nodes[i], 0);
    }
  }
  std::uint32_t place(Node node) const { return place_.at(node); }

  void run() {
    const auto edge_test = state_.grouping.edge_test();
    state_.view.expect_edges(corridor_.nodes, edge_test.from(), edge_test.until());
    for (const Node node : corridor_.nodes) degrees_.push_back(state_.grouping.candidates(node).size());
    const auto most = std::max_element(degrees_.begin(), degrees_.end()) - degrees_.begin();
    for (std::uint32_t i = 0; i < corridor_.nodes.size(); ++i)
      if (i != most) link(i);
    finish();
  }

 private:
  bool reads(std::uint32_t i, std::uint32_t other) const { return degrees_[i] != degrees_[other] ? degrees_[i] < degrees_[other] : i > other; }

  void link(std::uint32_t i) {
    const int before = state_.from_source(corridor_.nodes[i]), after = state_.to_target(corridor_.nodes[i]);
    const auto wanted = [&](Node other) {
      if (!(*known_).has(other)) return false;
      return reads(i, place(other)) && std::min(before + state_.to_target(other), state_.from_source(other) + after) + 1 <= length_;
    };
    std::unordered_map<Node, std::uint32_t> pairs;
    for (Group& group : state_.grouping.among(corridor_.nodes[i], wanted, state_.budget)) {
      const Node other = group.key.source == corridor_.nodes[i] ? group.key.target : group.key.source;
      const auto [pair, fresh] = pairs.try_emplace(other, static_cast<std::uint32_t>(corridor_.choices.size()));
      if (fresh) {
        corridor_.choices.emplace_back();
        arcs_[i].push_back({place(other), pair->second});
        arcs_[place(other)].push_back({i, pair->second});
      }
      Summary summary = summarize(state_.view, group.edges, group.version);
      corridor_.choices[pair->second].push_back({std::move(group), summary});
    }
  }

  // So that which of equals is taken does not depend on a view's numbering.
  void finish() {
    for (auto& choices : corridor_.choices)
      std::sort(choices.begin(), choices.end(), [&](const HopChoice& a, const HopChoice& b) { return before(state_.view, a.group.key, b.group.key); });
    corridor_.first.push_back(0);
    for (auto& list : arcs_) {
      std::sort(list.begin(), list.end(), [](const Corridor::Arc& a, const Corridor::Arc& b) { return a.to < b.to; });
      corridor_.arcs.insert(corridor_.arcs.end(), list.begin(), list.end());
      corridor_.first.push_back(corridor_.arcs.size());
    }
  }

  State& state_;
  Corridor& corridor_;
  const int length_;
  BorrowedMarks known_;  // the nodes of the corridor
  std::unordered_map<Node, std::uint32_t> place_;
  std::vector<std::size_t> degrees_;
  std::vector<std::vector<Corridor::Arc>> arcs_;
};

void CorridorSearch::State::link(Corridor& corridor, int length) {
  Linker linker(*this, corridor, length);
  corridor.source = linker.place(source);
  corridor.target = linker.place(target);
  linker.run();
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
