// The graph as Boost.Graph sees it: an IncidenceGraph over GraphView::edges and the filters of a question. Every statement
// can be walked in both directions. Private to the path search.
#pragma once

#include <iterator>
#include <span>
#include <unordered_map>
#include <vector>

#include <boost/graph/graph_traits.hpp>

#include "graph/relations.h"
#include "query/walk.h"

namespace relata {

// Not for sharing between threads: neighbour lists that need more than an edge to decide are remembered.
class Adjacency {
 public:
  struct Step {
    Node from = 0;
    const Edge* edge = nullptr;
    bool operator==(const Step&) const = default;
  };

  // Walks the edges that pass, in the view's order.
  class Walk {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Step;
    using difference_type = std::ptrdiff_t;
    using pointer = const Step*;
    using reference = Step;

    Walk() = default;
    Walk(const Adjacency& graph, Node from, const Edge* at, const Edge* end) : graph_(&graph), from_(from), at_(at), end_(end) { skip(); }
    Step operator*() const { return {from_, at_}; }
    Walk& operator++() {
      ++at_;
      skip();
      return *this;
    }
    Walk operator++(int) {
      Walk old = *this;
      ++*this;
      return old;
    }
    bool operator==(const Walk& other) const { return at_ == other.at_; }

   private:
    void skip() {
      while (at_ != end_ && !graph_->passes(*at_)) ++at_;
    }
    const Adjacency* graph_ = nullptr;
    Node from_ = 0;
    const Edge* at_ = nullptr;
    const Edge* end_ = nullptr;
  };

  using vertex_descriptor = Node;
  using edge_descriptor = Step;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = boost::incidence_graph_tag;
  using out_edge_iterator = Walk;
  using degree_size_type = std::size_t;

  Adjacency(const GraphView& view, Grouping& grouping, std::size_t& budget)
      : view_(view), grouping_(grouping), budget_(budget), simple_(grouping.decided_by_edges()), test_(grouping.edge_test()), polarity_(grouping.polarity()) {}

  std::span<const Edge> edges(Node node) const { return simple_ ? candidates_of(view_, node, test_) : remembered(node); }
  // Their edges will be asked for.
  void expect(std::span<const Node> nodes) const {
    if (simple_) view_.expect_edges(nodes, test_.from(), test_.until());
    else view_.expect_edges(nodes);
  }
  // Whether edges() costs nothing but to look at them.
  bool plain() const { return simple_ && view_.whole(); }
  bool passes(const Edge& edge) const { return test_(edge) && (!polarity_ || edge.polarity == *polarity_); }

 private:
  std::span<const Edge> remembered(Node node) const {
    const auto [entry, fresh] = lists_.try_emplace(node);
    if (fresh)
      for (const Group& group : grouping_.around(node, budget_))
        for (const Edge* edge : group.edges) entry->second.push_back(*edge);
    return entry->second;
  }

  const GraphView& view_;
  Grouping& grouping_;
  std::size_t& budget_;
  bool simple_;
  EdgeTest test_;
  std::optional<Polarity> polarity_;
  mutable std::unordered_map<Node, std::vector<Edge>> lists_;
};

inline std::pair<Adjacency::Walk, Adjacency::Walk> out_edges(Node node, const Adjacency& graph) {
  const auto edges = graph.edges(node);
  const Edge* end = edges.data() + edges.size();
  return {Adjacency::Walk(graph, node, edges.data(), end), Adjacency::Walk(graph, node, end, end)};
}
inline Node source(const Adjacency::Step& step, const Adjacency&) { return step.from; }
inline Node target(const Adjacency::Step& step, const Adjacency&) { return step.edge->other; }
inline std::size_t out_degree(Node node, const Adjacency& graph) {
  const auto [begin, end] = out_edges(node, graph);
  return static_cast<std::size_t>(std::distance(begin, end));
}

}  // namespace relata
