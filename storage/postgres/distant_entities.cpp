// Entities of a graph that stays on the server: their numbers, records and redirects.
#include <algorithm>

#include "storage/past_rows.h"
#include "storage/postgres/distant_view.h"

namespace relata::storage {

Node DistantView::number(EntityId id) const {
  if (ids_.size() > limits_.edges) {
    if (const Node known = numbers_.find(id.value); known != Numbering::kNone) return known;
    fail(bad_input("the question touches more than " + std::to_string(limits_.edges) + " entities, more than are fetched for one: narrow it by from, until, relation or fewer hops"));
    return 0;
  }
  Node& kept = numbers_.at(id.value);
  if (kept != Numbering::kNone) return kept;
  kept = static_cast<Node>(ids_.size());
  ids_.push_back(id);
  runs_.emplace_back();
  return kept;
}

void DistantView::fetch_records(const std::vector<EntityId>& entities) const {
  constexpr std::size_t kAtOnce = 2000;
  std::vector<EntityId> missing;
  for (const EntityId id : entities)
    if (records_.try_emplace(id).second) missing.push_back(id);
  for (std::size_t begin = 0; begin < missing.size() && !error_; begin += kAtOnce) {
    std::vector<std::string> keys;
    for (std::size_t i = begin; i < std::min(missing.size(), begin + kAtOnce); ++i) keys.push_back(encode(missing[i]));
    const auto rows = read("SELECT shard, value FROM entities WHERE key = ANY($1::bytea[])", Parameters().bytes_list({keys.begin(), keys.end()}));
    if (!rows) return fail(rows.error());
    for (int i = 0; i < rows->size(); ++i) records_[EntityId{static_cast<std::uint64_t>(rows->number(i, 0))}] = std::string(rows->bytes(i, 1));
  }
  if (!past()) return;
  const Past then(moment_->database(), moment_->at());
  for (const EntityId id : missing) {
    auto was = then.record(id, state().version);
    if (!was) return fail(was.error());
    if (!*was) continue;
    if ((*was)->empty()) records_[id].reset();
    else records_[id] = std::move(**was);
  }
}

const std::string* DistantView::record(EntityId entity) const {
  const auto known = records_.find(entity);
  if (known == records_.end()) fetch_records({entity});
  const std::optional<std::string>& bytes = records_[entity];
  return bytes ? &*bytes : nullptr;
}

Entity DistantView::decoded(EntityId id, const std::string* bytes) const {
  const auto decoded = bytes == nullptr ? std::nullopt : decode_entity_record(*bytes);
  Entity entity;
  entity.id = id;
  if (!decoded) return entity;
  entity = decoded->entity(id);
  if (moment_->facts().known) moment_->facts().known->add_external(entity, decoded->named());
  return entity;
}

std::optional<Node> DistantView::node(EntityId id) const {
  const std::lock_guard lock(mutex_);
  EntityId entity = id;
  // An entity that holds has not become another.
  const std::string* const own = past() ? nullptr : record(id);
  if (own == nullptr || articles_of_record(*own).value_or(0) == 0) {
    const auto row = moment_->database().get(Family::identity, redirect_key(id), moment_->at());
    if (!row) return fail(row.error()), std::nullopt;
    if (*row)
      if (const auto redirect = decode_redirect(redirect_key(id), **row)) entity = redirect->entity;
    if (past()) {
      const auto was = Past(moment_->database(), moment_->at()).redirect(id, state().version);
      if (!was) return fail(was.error()), std::nullopt;
      if (*was) entity = **was;
    }
  }
  return record(entity) == nullptr ? std::nullopt : std::optional(number(entity));
}

Entity DistantView::entity(Node node) const {
  const std::lock_guard lock(mutex_);
  const EntityId id = ids_[node];
  return decoded(id, record(id));
}

EntityId DistantView::entity_id(Node node) const {
  const std::lock_guard lock(mutex_);
  return ids_[node];
}

EntityType DistantView::entity_type(Node node) const {
  const std::lock_guard lock(mutex_);
  const std::string* const bytes = record(ids_[node]);
  return bytes == nullptr ? EntityType::org : type_of_record(*bytes).value_or(EntityType::org);
}

void DistantView::expect_entities(std::span<const Node> nodes) const {
  const std::lock_guard lock(mutex_);
  std::vector<EntityId> ids;
  for (const Node node : nodes) ids.push_back(ids_[node]);
  fetch_records(ids);
}

}  // namespace relata::storage
