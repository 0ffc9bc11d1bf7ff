#include "graph/diff_side.h"

#include <algorithm>

namespace relata {
namespace {

// The statements that pick relations; what speaks of whole relations is decided later, by the lines.
Filter of_statements(const Filter& filter, const Moment& moment) {
  Filter picked = filter;
  picked.version = moment.view->version();
  picked.known_at = moment.known_at;
  picked.min_confidence = 0;
  picked.min_publishers = 0;
  picked.contested.reset();
  picked.polarity.reset();
  return picked;
}

Filter only_moment(const Moment& moment) {
  Filter filter;
  filter.version = moment.view->version();
  filter.known_at = moment.known_at;
  return filter;
}

}  // namespace

Side::Side(const Moment& moment, const Filter& filter)
    : view_(*moment.view), days_(moment.known_at.has_value()), test_(only_moment(moment), view_), grouping_(view_, of_statements(filter, moment)) {}

std::optional<Entity> Side::entity(EntityId id) {
  const auto [at, fresh] = entities_.try_emplace(id);
  if (fresh) at->second = look(id);
  return at->second;
}

std::optional<Group> Side::group(const TouchedKey& key) {
  const auto source = node(key.source), target = node(key.target);
  const auto types = view_.relation_types();
  const auto type = std::find(types.begin(), types.end(), key.type);
  if (!source || !target || type == types.end()) return std::nullopt;
  return grouping_.exactly({*source, *target, static_cast<TypeIndex>(type - types.begin()), key.begin, key.end});
}

RelationState Side::state(std::vector<Group> groups) const {
  std::vector<const Edge*> edges;
  for (const Group& group : groups) edges.insert(edges.end(), group.edges.begin(), group.edges.end());
  Summary summary = summarize(view_, edges, view_.version());
  return {std::move(groups), summary};
}

std::optional<Node> Side::node(EntityId id) {
  const auto [at, fresh] = nodes_.try_emplace(id);
  if (fresh)
    if (const auto node = view_.node(id); node && view_.entity_id(*node) == id) at->second = node;
  return at->second;
}

std::optional<Entity> Side::look(EntityId id) {
  const auto at = node(id);
  if (!at) return std::nullopt;
  if (days_) {  // was in the news by that day, as far as relations tell
    const auto edges = view_.edges(*at);
    if (std::none_of(edges.begin(), edges.end(), test_)) return std::nullopt;
  }
  Entity entity = view_.entity(*at);
  return entity.articles > 0 ? std::optional(std::move(entity)) : std::nullopt;
}

}  // namespace relata
