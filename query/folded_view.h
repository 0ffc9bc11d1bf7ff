// A view in which every state, its government and the seats that stand for it are one node: what fold=governments asks.
#pragma once

#include <memory>
#include <vector>

#include "graph/lore.h"
#include "graph/view.h"

namespace relata {

// As `view`, but the nodes of one row of `governments` are the node of its state, or of the first of them that is there. What they say of each
// other is left out. Costs the edges of what is folded, and of their neighbours when these are asked for. Threads may share it.
std::shared_ptr<const GraphView> fold_governments(std::shared_ptr<const GraphView> view, std::shared_ptr<const std::vector<Government>> governments);

}  // namespace relata
