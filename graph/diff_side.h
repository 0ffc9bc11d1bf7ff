// One of the two graphs that a diff compares.
#pragma once

#include <map>
#include <optional>

#include "graph/diff.h"
#include "graph/diff_touched.h"

namespace relata {

// The graph at a moment, as far as a filter picks its statements. What was looked up is kept. Both arguments must outlive it.
class Side {
 public:
  Side(const Moment& moment, const Filter& filter);

  // The entity that has this very id then; nothing when nobody mentions it.
  std::optional<Entity> entity(EntityId id);
  std::optional<Group> group(const TouchedKey& key);
  RelationState state(std::vector<Group> groups) const;

 private:
  std::optional<Node> node(EntityId id);
  std::optional<Entity> look(EntityId id);

  const GraphView& view_;
  bool days_;
  EdgeTest test_;
  Grouping grouping_;
  std::map<EntityId, std::optional<Node>> nodes_;
  std::map<EntityId, std::optional<Entity>> entities_;
};

}  // namespace relata
