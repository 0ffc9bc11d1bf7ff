// The walks that questions about connections are made of: numbers of a view in, numbers out. No words are read, so they cost
// what they look at. Any number of threads at once; each walk that runs uses
// scratch memory of its own (query/marks.h), four bytes a node of the largest view.
//
// What an edge alone decides is decided by the test; filters that need more (publishers, whole relations, entity types) are the callers'.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "graph/filter.h"
#include "graph/view.h"

namespace relata {

// The edges of a node that a test of these days can pass, in the order of GraphView::edges.
std::span<const Edge> candidates_of(const GraphView& view, Node node, const EdgeTest& test);

// The dated edges of `node` that pass, latest begin first: at most `limit`, and further ones that begin on the day of the last.
// Cost: the edges looked at until there are enough.
void newest(const GraphView& view, Node node, const EdgeTest& test, std::size_t limit, std::vector<const Edge*>& found);

// newest() will be asked of each of them.
void expect_newest(const GraphView& view, std::span<const Node> nodes, const EdgeTest& test, std::size_t limit);

// Distinct nodes other than `centre` within `hops` edges of it, in the order they are met, level by level; at most `limit`.
std::vector<Node> within(const GraphView& view, Node centre, int hops, const EdgeTest& test, std::size_t limit);

// Edges on a shortest walk between two nodes in either direction of each edge; nothing if it takes more than `most` (0..31) or `budget` edges
// were looked at; the budget shrinks by their number. Breadth-first from both ends, always on from the smaller rim (Pohl 1971).
std::optional<int> distance(const GraphView& view, Node source, Node target, const EdgeTest& test, int most, std::size_t& budget);

}  // namespace relata
