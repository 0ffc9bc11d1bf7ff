#include "query/layout.h"

#include <algorithm>
// GCC 12 takes the edge iterator that Johnson's algorithm there starts from for uninitialized.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/circle_layout.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/kamada_kawai_spring_layout.hpp>
#include <boost/graph/point_traits.hpp>
#pragma GCC diagnostic pop
#include <cmath>

namespace relata {
namespace {

using Topology = boost::square_topology<>;
using Graph = boost::adjacency_list<boost::setS, boost::vecS, boost::undirectedS, boost::no_property, boost::property<boost::edge_weight_t, double>>;

Graph graph_of(std::size_t nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
  Graph graph(nodes);
  for (const auto& [a, b] : edges)
    if (a != b) boost::add_edge(a, b, 1.0, graph);
  return graph;
}

// Stops when the springs hardly pull any more, or after so many moves: of one node, and in all. Moves can go round in circles.
class Settled {
 public:
  explicit Settled(std::size_t nodes) : left_(60 * nodes) {}
  template <typename G>
  bool operator()(double pull, typename boost::graph_traits<G>::vertex_descriptor, const G&, bool all) {
    if (all) turn_ = 0;
    if (left_ == 0 || pull < 1e-3) return true;
    --left_;
    return !all && ++turn_ > 20;
  }

 private:
  std::size_t left_;
  int turn_ = 0;
};

std::vector<Point> connected_layout(std::size_t nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
  if (nodes == 1) return {Point{}};
  const Graph graph = graph_of(nodes, edges);
  std::vector<Topology::point_type> places(nodes);
  const auto place = boost::make_iterator_property_map(places.begin(), boost::get(boost::vertex_index, graph));
  boost::circle_graph_layout(graph, place, std::sqrt(static_cast<double>(nodes)));
  boost::kamada_kawai_spring_layout(graph, place, boost::get(boost::edge_weight, graph), Topology(), boost::edge_length(1.0), Settled(nodes));
  std::vector<Point> points;
  for (const auto& one : places) points.push_back({one[0], one[1]});
  return points;
}

// Moves the points so that the least coordinates are 0; the size of what they fill.
Point to_origin(std::vector<Point>& points) {
  Point low = points.front(), high = low;
  for (const Point& p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  for (Point& p : points) p = {p.x - low.x, p.y - low.y};
  return {high.x - low.x, high.y - low.y};
}

}  // namespace

std::vector<Point> layout(std::size_t nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
  std::vector<std::size_t> part(nodes);
  const Graph graph = graph_of(nodes, edges);
  const std::size_t count = nodes == 0 ? 0 : boost::connected_components(graph, part.data());
  std::vector<std::vector<std::size_t>> members(count);
  for (std::size_t node = 0; node < nodes; ++node) members[part[node]].push_back(node);
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::vector<Point> points(nodes);
  std::vector<std::size_t> local(nodes);
  const double width = std::max(4.0, 1.5 * std::sqrt(static_cast<double>(nodes)));  // of a row of parts
  Point corner;
  double row = 0;
  for (const std::vector<std::size_t>& all : members) {
    for (std::size_t i = 0; i < all.size(); ++i) local[all[i]] = i;
    std::vector<std::pair<std::size_t, std::size_t>> inner;
    for (const auto& [a, b] : edges)
      if (part[a] == part[all.front()]) inner.emplace_back(local[a], local[b]);
    std::vector<Point> own = connected_layout(all.size(), inner);
    const Point size = to_origin(own);
    if (corner.x > 0 && corner.x + size.x > width) corner = {0, corner.y + row + 1}, row = 0;
    for (std::size_t i = 0; i < all.size(); ++i) points[all[i]] = {corner.x + own[i].x, corner.y + own[i].y};
    corner.x += size.x + 1;
    row = std::max(row, size.y);
  }
  return points;
}

}  // namespace relata
