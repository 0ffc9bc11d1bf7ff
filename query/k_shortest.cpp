#include "query/k_shortest.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/filter_iterator.hpp>
#include <boost/iterator/counting_iterator.hpp>

namespace relata {
namespace {

// A path that must be followed, and the ways out of its end that are taken already.
struct Bans {
  std::vector<std::uint8_t> nodes;   // by corridor node
  std::set<std::uint32_t> first_to;  // nodes that must not follow the root
  int root = 0;                      // hops of the root
};

// Vertex (hops, node) is hops * size + node; arcs lead one layer up.
class Layers {
 public:
  struct Step {
    std::size_t from = 0;
    std::size_t arc = 0;  // of the corridor
    bool operator==(const Step&) const = default;
  };
  struct Open {
    const Layers* layers = nullptr;
    std::size_t from = 0;
    bool operator()(std::size_t arc) const { return layers->open(from, arc); }
  };
  struct Name {
    std::size_t from = 0;
    Step operator()(std::size_t arc) const { return {from, arc}; }
  };
  using Arcs = boost::filter_iterator<Open, boost::counting_iterator<std::size_t>>;
  class Walk : public boost::iterator_adaptor<Walk, Arcs, Step, boost::forward_traversal_tag, Step> {
   public:
    Walk() = default;
    Walk(Arcs at, std::size_t from) : Walk::iterator_adaptor_(at), from_(from) {}

   private:
    friend class boost::iterator_core_access;
    Step dereference() const { return {from_, *this->base_reference()}; }
    std::size_t from_ = 0;
  };

  using vertex_descriptor = std::size_t;
  using edge_descriptor = Step;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  struct traversal_category : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
  using out_edge_iterator = Walk;
  using degree_size_type = std::size_t;
  using vertex_iterator = boost::counting_iterator<std::size_t>;
  using vertices_size_type = std::size_t;

  Layers(const Corridor& corridor, const Bans& bans, int max_hops) : corridor_(corridor), bans_(bans), layers_(static_cast<std::size_t>(max_hops - bans.root) + 1) {}

  std::size_t size() const { return layers_ * corridor_.nodes.size(); }
  std::size_t hops(std::size_t vertex) const { return vertex / corridor_.nodes.size(); }
  std::uint32_t node(std::size_t vertex) const { return static_cast<std::uint32_t>(vertex % corridor_.nodes.size()); }
  const Corridor::Arc& arc(const Step& step) const { return corridor_.arcs[step.arc]; }
  std::size_t target(const Step& step) const { return (hops(step.from) + 1) * corridor_.nodes.size() + arc(step).to; }
  bool open(std::size_t from, std::size_t arc) const {
    const std::uint32_t to = corridor_.arcs[arc].to;
    return bans_.nodes[to] == 0 && !(from < corridor_.nodes.size() && bans_.first_to.contains(to));
  }
  std::pair<Walk, Walk> walks(std::size_t from) const {
    const std::uint32_t here = node(from);
    const bool top = hops(from) + 1 == layers_ || here == corridor_.target;
    const std::size_t first = corridor_.first[here], last = top ? first : corridor_.first[here + 1];
    const boost::counting_iterator<std::size_t> begin(first), end(last);
    const Open open{this, from};
    return {Walk(Arcs(open, begin, end), from), Walk(Arcs(open, end, end), from)};
  }
  const Corridor& corridor() const { return corridor_; }

 private:
  const Corridor& corridor_;
  const Bans& bans_;
  std::size_t layers_;
};

std::pair<Layers::Walk, Layers::Walk> out_edges(std::size_t vertex, const Layers& graph) { return graph.walks(vertex); }
std::size_t source(const Layers::Step& step, const Layers&) { return step.from; }
std::size_t target(const Layers::Step& step, const Layers& graph) { return graph.target(step); }
std::size_t num_vertices(const Layers& graph) { return graph.size(); }

// The weight of a step is the pair it walks over; the ranking turns it into a cost.
struct PairOf {
  using key_type = Layers::Step;
  using value_type = const std::vector<HopChoice>*;
  using reference = value_type;
  using category = boost::readable_property_map_tag;
  const Layers* graph;
};
const std::vector<HopChoice>* get(const PairOf& pairs, const Layers::Step& step) { return &pairs.graph->corridor().choices[pairs.graph->arc(step).pair]; }

struct Better {
  bool operator()(const Cost& a, const Cost& b) const { return a < b; }
  bool operator()(const std::vector<HopChoice>*, const Cost&) const { return false; }  // no hop costs less than nothing
};

struct Walked {
  const Ranking* ranking;
  std::size_t* work;
  Cost operator()(const Cost& so_far, const std::vector<HopChoice>* pair) const {
    if (*work > 0) --*work;
    const std::optional<Taken> taken = ranking->hop(so_far, *pair);
    return taken ? taken->cost : Ranking::infinity();
  }
};

// Thrown by the visitor: Boost.Graph's documented way to end a search early.
struct Ended {
  std::optional<std::size_t> at;
};

struct Watch : boost::dijkstra_visitor<> {
  std::uint32_t target;
  const std::size_t* work;
  void examine_vertex(std::size_t vertex, const Layers& graph) const {
    if (graph.node(vertex) == target) throw Ended{vertex};
    if (*work == 0) throw Ended{std::nullopt};
  }
};

class Yen {
 public:
  Yen(const Corridor& corridor, const Ranking& ranking, int max_hops, std::size_t work)
      : corridor_(corridor), ranking_(ranking), max_hops_(max_hops), work_(work) {}

  Trails run(int k) {
    Trails trails;
    offer({corridor_.source}, {});
    while (trails.best.size() < static_cast<std::size_t>(k) && !candidates_.empty()) {
      trails.best.push_back(candidates_.extract(candidates_.begin()).value());
      if (trails.best.size() < static_cast<std::size_t>(k)) branch(trails.best);
      if (work_ == 0) break;
    }
    trails.cut = work_ == 0;
    return trails;
  }

 private:
  struct Order {
    bool operator()(const Trail& a, const Trail& b) const { return std::tie(a.cost, a.nodes) < std::tie(b.cost, b.nodes); }
  };

  // Every way to leave the newest trail at one of its nodes.
  void branch(const std::vector<Trail>& best) {
    const Trail& newest = best.back();
    for (std::size_t length = 1; length < newest.nodes.size(); ++length) {
      const std::vector<std::uint32_t> root(newest.nodes.begin(), newest.nodes.begin() + static_cast<std::ptrdiff_t>(length));
      std::set<std::uint32_t> taken;
      for (const Trail& trail : best)
        if (trail.nodes.size() > length && std::equal(root.begin(), root.end(), trail.nodes.begin())) taken.insert(trail.nodes[length]);
      offer(root, std::move(taken));
    }
  }

  // The best trail that begins with `root` and does not go on to one of `taken`.
  void offer(const std::vector<std::uint32_t>& root, std::set<std::uint32_t> taken) {
    if (work_ == 0) return;
    Bans bans{std::vector<std::uint8_t>(corridor_.nodes.size(), 0), std::move(taken), static_cast<int>(root.size()) - 1};
    for (const std::uint32_t node : root) bans.nodes[node] = 1;
    const Cost start = price(root).cost;
    const Layers graph(corridor_, bans, max_hops_);
    std::vector<Cost> costs(graph.size(), Ranking::infinity());
    std::vector<std::size_t> parents(graph.size(), graph.size());
    costs[root.back()] = start;
    Watch watch;
    watch.target = corridor_.target;
    watch.work = &work_;
    try {
      boost::dijkstra_shortest_paths_no_color_map_no_init(graph, std::size_t{root.back()}, parents.data(), costs.data(), PairOf{&graph},
                                                          boost::identity_property_map(), Better(), Walked{&ranking_, &work_}, Ranking::infinity(),
                                                          ranking_.zero(), watch);
    } catch (const Ended& end) {
      if (!end.at) return;
      std::vector<std::uint32_t> tail;
      for (std::size_t vertex = *end.at; graph.hops(vertex) > 0; vertex = parents[vertex]) tail.push_back(graph.node(vertex));
      std::vector<std::uint32_t> nodes = root;
      nodes.insert(nodes.end(), tail.rbegin(), tail.rend());
      candidates_.insert(price(nodes));
    }
  }

  Trail price(const std::vector<std::uint32_t>& nodes) const {
    Trail trail{nodes, {}, {}, ranking_.zero()};
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      const auto arcs = corridor_.from(nodes[i - 1]);
      const auto arc = std::lower_bound(arcs.begin(), arcs.end(), nodes[i], [](const Corridor::Arc& a, std::uint32_t to) { return a.to < to; });
      const std::optional<Taken> taken = ranking_.hop(trail.cost, corridor_.choices[arc->pair]);
      trail.pairs.push_back(arc->pair);
      trail.choices.push_back(taken->choice);
      trail.cost = taken->cost;
    }
    return trail;
  }

  const Corridor& corridor_;
  const Ranking& ranking_;
  int max_hops_;
  std::size_t work_;
  std::set<Trail, Order> candidates_;
};

}  // namespace

Trails best_trails(const Corridor& corridor, const Ranking& ranking, int k, int max_hops, std::size_t work) {
  return Yen(corridor, ranking, max_hops, work).run(k);
}

}  // namespace relata
