// From what people type to nodes of a view.
#pragma once

#include <string_view>
#include <vector>

#include "graph/result.h"
#include "graph/view.h"

namespace relata {

// An entity id (redirects followed) or a whole name or alias. When a name fits several entities, the one that bears it as
// its own name wins over those that have it as an alias, unless one of these is in more articles. not_found names the
// nearest; conflict names the candidates. `parameter` is the guilty part of the message: "source".
Result<Node> resolve(const GraphView& view, std::string_view parameter, std::string_view text);

// The entities that resolve() could not choose between; empty if it can.
std::vector<Entity> ambiguous(const GraphView& view, std::string_view text);

}  // namespace relata
