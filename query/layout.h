// Where the nodes of a small graph stand in a picture. Private to the exports.
#pragma once

#include <utility>
#include <vector>

namespace relata {

struct Point {
  double x = 0, y = 0;
};

// Neighbours about one apart, all coordinates from 0 on: each connected part by itself (Kamada & Kawai, An algorithm for drawing
// general undirected graphs, 1989), the parts side by side, largest first. The same graph gives the same places. Precondition:
// the ends of edges are below `nodes`. Time grows with the cube of the largest part: meant for hundreds of nodes.
std::vector<Point> layout(std::size_t nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges);

}  // namespace relata
