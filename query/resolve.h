// From what people type to nodes of a view.
#pragma once

#include <string_view>
#include <vector>

#include "graph/result.h"
#include "graph/view.h"

namespace relata {

// An entity id (redirects followed), a whole name or alias, or else what a name ends with ("Merkel"). When a name fits several
// entities, the one that bears it as its own name wins over those that have it as an alias, unless one of these is in more
// articles. not_found names the nearest (see suggestions()); conflict names the candidates. `parameter` is the guilty part of the
// message: "source".
Result<Node> resolve(const GraphView& view, std::string_view parameter, std::string_view text);

// The entities that resolve() could not choose between; empty if it can.
std::vector<Entity> ambiguous(const GraphView& view, std::string_view text);

// Entities that may be meant by a text that resolve() does not find: names that begin so, hold such a word, or are so but for a
// slip of the keyboard. Best first, few; empty for an id and for what is found.
std::vector<Entity> suggestions(const GraphView& view, std::string_view text);

}  // namespace relata
