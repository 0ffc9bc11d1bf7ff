// Entities: who their actors were and are, their keys and records, copies and decisions.
#include "storage/book_loader.h"
#include "storage/checker.h"
#include "storage/copy_rows.h"
#include "storage/past_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

// Without what tells an actor from others of its name: a split, a sense, who holds an office.
std::string named(const std::string& key) { return key.substr(0, std::min(key.find_first_of("~@"), key.rfind("#d"))); }

}  // namespace

Result<void> Checker::copies() {
  const auto counted = database_.scan(Family::log, "", [&](std::string_view bytes, std::string_view) -> Result<void> {
    const auto key = decode_log_key(bytes);
    if (key && key->change == Change::original_changed) ++log_rows_;
    return {};
  }, at_);
  if (!counted) return counted;
  const auto kept = load_copies(database_, source_, view_.tables(), at_);
  if (!kept) return kept.error();
  for (const ArticleId id : (*kept)->strays)
    fault("article " + relata::to_string(id) + ": is not stored as a copy of what it is a copy of; the next batch brings it up to date");
  return {};
}

Result<void> Checker::moves() {
  std::map<ArticleKey, std::vector<EntityId>> entities;
  std::map<ActorKey, Version> left;
  const auto scanned = database_.scan(Family::log, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_log_key(bytes);
    if (!key || key->change != Change::actors_moved) return {};
    ++log_rows_;
    const auto [at, fresh] = entities.try_emplace(key->article);
    if (fresh) {
      auto first = first_entities_of(key->article);
      if (!first) return first.error();
      at->second = std::move(*first);
    }
    const auto moved = decode_moved(value);
    if (!moved) fault(Family::log, bytes, "does not decode");
    std::vector<MovedActor> were;
    for (const MovedActor& each : moved.value_or(std::vector<MovedActor>{})) {
      if (each.actor >= at->second.size() || at->second[each.actor] == each.entity) {
        fault(Family::log, bytes, "moves an actor that is not there, or nowhere");
        continue;
      }
      were.push_back({each.actor, at->second[each.actor]});
      left[{at->second[each.actor], key->article, each.actor}] = key->version;
      left.erase({each.entity, key->article, each.actor});
      at->second[each.actor] = each.entity;
    }
    ++homes_rows_;
    return expect(Family::past, past_homes_key(key->article, key->version), encode(were));
  }, at_);
  if (!scanned) return scanned;
  for (const auto& [key, version] : left) {
    ++actor_rows_;
    const auto stored = database_.get(Family::actors, encode(key), at_);
    if (!stored) return stored.error();
    const auto row = *stored ? decode_actor_row(**stored) : std::nullopt;
    if (!row || !row->moved_on || row->removed != version) fault(Family::actors, encode(key), "does not tell when its actor became another entity");
  }
  return {};
}

Result<void> Checker::actors() {
  std::optional<EntityId> open;
  RecordCount group;
  const auto scanned = database_.scan(Family::actors, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_actor_key(bytes);
    const auto row = decode_actor_row(value);
    if (!key || !row) {
      fault(Family::actors, bytes, "does not decode");
      return {};
    }
    if (open && *open != key->entity) {
      if (auto closed = close(*open, group); !closed) return closed;
      group = RecordCount{};
    }
    open = key->entity;
    group.add(*row);
    return {};
  }, at_);
  if (!scanned) return scanned;
  return open ? close(*open, group) : Result<void>();
}

Result<void> Checker::close(EntityId entity, RecordCount& group) {
  ++entities_;
  if (group.holds()) ++report_.entities;
  return expect(Family::entities, encode(entity), encode(std::move(group).record()));
}

Result<void> Checker::keys() {
  const auto oldest = load_oldest(database_, at_);
  if (!oldest) return oldest.error();
  forgotten_ = *oldest > 0;
  if (!forgotten_)  // else keys remain whose actors are gone, and others are older than their first actor
    for (const auto& [id, row] : known_keys_)
      if (auto seen = expect(Family::keys, encode(id), encode(row)); !seen) return seen;
  return database_.scan(Family::keys, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    ++keys_;
    const auto id = decode_entity_id(bytes);
    const auto row = decode_key_row(value);
    const std::string text = row ? row->text : "";
    if (!id || !row || entity_id(text) != *id || !(forgotten_ || known_keys_.contains(*id) || known_keys_.contains(entity_id(named(text)))))
      fault(Family::keys, bytes, "is not the key of any actor");
    return {};
  }, at_);
}

Result<void> Checker::identity() {
  const auto decisions = load_decisions(database_, at_);
  if (!decisions) return decisions.error();
  identity_rows_ = decisions->size() + view_.tables().redirects.size() + sketches_.size() + ties_.size();
  for (const Decision& decision : *decisions)
    if (decision.version == 0 || decision.version > view_.version()) fault("decision d" + std::to_string(decision.id) + ": its version is not of the graph");
  if (!names_) return {};
  const auto kept = load_book(database_, view_.tables(), names_, view_.tables().known, at_);
  if (!kept) return kept.error();
  const std::string cure = "; if what is known about names has changed, the next batch brings it up to date";
  for (const ActorRef& actor : (*kept)->strays)
    fault("actor " + actor_id(actor.article, actor.actor) + ": is not stored as the entity it is by its name and the decisions" + cure);
  for (const EntityId id : (*kept)->stray_ids) fault("entity " + relata::to_string(id) + ": is not stored as what it has become" + cure);
  return {};
}

}  // namespace relata::storage
