#include "graph/known_names.h"

#include <xxhash.h>

#include <algorithm>

namespace relata {
namespace {

// With each part's length, so that no two lists of entries give the same bytes.
void put(std::string& bytes, std::string_view part) { ((bytes += std::to_string(part.size())) += ':') += part; }

std::string bytes_of(const KnownEntity& entity) {
  std::string bytes;
  put(bytes, entity.id);
  put(bytes, entity.name);
  put(bytes, entity.type ? to_string(*entity.type) : "");
  for (const auto* names : {&entity.aliases, &entity.weak}) {
    put(bytes, std::to_string(names->size()));
    for (const std::string& name : *names) put(bytes, name);
  }
  for (const auto& [scheme, id] : entity.external) put(bytes, scheme), put(bytes, id);
  return bytes;
}

void make_set(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

KnownNames::KnownNames(std::vector<KnownEntity> entities) : entities_(std::move(entities)) {
  for (KnownEntity& entity : entities_) make_set(entity.aliases), make_set(entity.weak);
  std::sort(entities_.begin(), entities_.end(), [](const KnownEntity& a, const KnownEntity& b) { return a.id < b.id; });
  for (const Claim kind : {Claim::name, Claim::alias, Claim::weak})
    for (std::uint32_t i = 0; i < entities_.size(); ++i) {
      if (kind == Claim::name) claim(i + 1, entities_[i].name, kind);
      if (kind == Claim::name) continue;
      for (const std::string& alias : kind == Claim::alias ? entities_[i].aliases : entities_[i].weak) claim(i + 1, alias, kind);
    }
  for (const KnownEntity& entity : entities_) {
    const std::string bytes = bytes_of(entity);
    fingerprint_ = XXH3_64bits_withSeed(bytes.data(), bytes.size(), fingerprint_);
  }
}

// A name holds before an alias of others, an alias before a weak one; of equal claims by two entries neither does.
void KnownNames::claim(std::uint32_t who, const std::string& name, Claim claim) {
  const auto& type = entities_[who - 1].type;
  const std::vector<EntityType> types = type ? std::vector{*type} : std::vector{EntityType::person, EntityType::org};
  for (const EntityType each : types) {
    const auto [at, fresh] = bearers_.try_emplace(entity_key(each, name), Bearer{who, claim});
    Bearer& bearer = at->second;
    if (fresh || bearer.who == who || bearer.claim != claim || bearer.who > entities_.size()) continue;
    bearer.who = static_cast<std::uint32_t>(entities_.size()) + ++shared_;
  }
}

std::uint32_t KnownNames::who(std::string_view entity_key) const {
  const auto found = bearers_.find(std::string(entity_key));
  return found == bearers_.end() ? kNobody : found->second.who;
}

// Only where a name it has makes its id, so that one whom an analyst split off does not take the entry along.
void KnownNames::add_external(Entity& entity, const NameCounts& named) const {
  if (entities_.empty()) return;
  const KnownEntity* found = nullptr;
  bool own = false;
  for (const auto& [name, times] : named.names)
    for (const auto& [type, count] : named.types) {
      const std::string key = entity_key(type, name);
      own |= entity_id(key) == entity.id;
      const KnownEntity* bearer = entry(key);
      if (bearer != nullptr && (found == nullptr || bearer->id < found->id)) found = bearer;
    }
  if (!own || found == nullptr) return;
  entity.external = found->external;
  entity.external["id"] = found->id;
}

const KnownEntity* KnownNames::entry(std::string_view entity_key) const {
  const std::uint32_t number = who(entity_key);
  return number == kNobody || number > entities_.size() ? nullptr : &entities_[number - 1];
}

}  // namespace relata
