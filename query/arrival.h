// Walks in the order of time: numbers of a view in, numbers out, as in query/walk.h. A hop is made on any day of its edge, on the first that is
// not before the arrival at its beginning (Holme and Saramäki 2012), and a walk may have any number of hops. Any number of threads at once; each
// uses scratch memory of its own, some ten bytes a node of the largest view.
#pragma once

#include <cstddef>
#include <optional>

#include "graph/filter.h"
#include "graph/relations.h"
#include "graph/view.h"

namespace relata {

enum class Along { either, forward };  // forward: from subject to object only

struct Arrival {
  Day day;
  int hops = 0;  // of a walk that is there on that day; there may be one of fewer
};

// The earliest day on which a walk can be at `target` that is at `source` on `start`. No hop begins after `last`. Nothing if there is none, or
// `budget` edges were looked at; the budget shrinks by their number. Cost: the edges of the nodes that can be reached before the target is.
std::optional<Arrival> earliest_arrival(const GraphView& view, Node source, Node target, Day start, Day last, Along along, const EdgeTest& test, std::size_t& budget);

// The same over the relations that `grouping` selects, in either direction.
std::optional<Arrival> earliest_arrival(const GraphView& view, Node source, Node target, Day start, Day last, Grouping& grouping, std::size_t& budget);

// Its mirror: the latest day on which a walk can leave `source` that is at `target` by `end`. No hop ends before `first`.
std::optional<Arrival> latest_departure(const GraphView& view, Node source, Node target, Day first, Day end, Grouping& grouping, std::size_t& budget);

}  // namespace relata
