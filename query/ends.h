// The entities a list of relations or statements is about. Private to the answers of this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/relations.h"
#include "graph/result.h"

namespace relata {

struct NamedEnds {
  std::optional<Node> entity, source, target;  // entity: either end

  std::vector<Node> nodes() const;
  bool agree(const RelationKey& key) const;
  std::vector<std::string> prints(const GraphView& view) const {
    std::vector<std::string> parts;
    for (const auto& node : {entity, source, target}) parts.push_back(node ? to_string(view.entity_id(*node)) : "");
    return parts;
  }
};

// Empty text leaves an end open. Errors as of resolve().
Result<NamedEnds> resolve_ends(const GraphView& view, const std::string& entity, const std::string& source, const std::string& target);

// The relations that agree with `ends`, by key. Precondition: not all ends are open.
std::vector<Group> groups_of(const GraphView& view, Grouping& grouping, const NamedEnds& ends, std::size_t& budget);

// All nodes in an order that does not depend on the view's numbering.
std::vector<Node> nodes_by_id(const GraphView& view);

}  // namespace relata
