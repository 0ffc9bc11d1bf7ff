// Entities that a user knows before any article names them: bring your own names. Names of one entry are one entity, names of
// different entries never are, and what an entry is called elsewhere (Wikidata's id) is told with the entity.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/identity.h"

namespace relata {

struct KnownEntity {
  std::string id;                    // of the user's own; names the entry
  std::string name;
  std::optional<EntityType> type;    // unknown: a person or a group
  std::vector<std::string> aliases;
  std::vector<std::string> weak;     // aliases that hold only where nobody else bears them
  std::map<std::string, std::string> external = {};  // "wikidata" -> "Q7747"
  bool operator==(const KnownEntity&) const = default;
};

// Entries made ready to be asked. Immutable: threads may share it. Independent of the order of the entries.
class KnownNames {
 public:
  static constexpr std::uint32_t kNobody = 0;

  explicit KnownNames(std::vector<KnownEntity> entities);

  const std::vector<KnownEntity>& entities() const { return entities_; }  // ascending by id
  std::uint64_t fingerprint() const { return fingerprint_; }              // XXH3-64 of them all

  // Who bears an entity key: the same number for all names of one entry. A name that several entries bear alike has a number of its own.
  std::uint32_t who(std::string_view entity_key) const;
  // The entry that bears an entity key alone, or null.
  const KnownEntity* entry(std::string_view entity_key) const;
  // Adds to an entity what the entry of its names is called elsewhere, and the entry's own id as "id".
  void add_external(Entity& entity, const NameCounts& named) const;

 private:
  enum class Claim : std::uint8_t { name = 0, alias = 1, weak = 2 };
  struct Bearer {
    std::uint32_t who = kNobody;
    Claim claim = Claim::weak;
  };
  void claim(std::uint32_t who, const std::string& name, Claim claim);

  std::vector<KnownEntity> entities_;
  std::unordered_map<std::string, Bearer> bearers_;
  std::uint32_t shared_ = 0;  // numbers given to names that several bear
  std::uint64_t fingerprint_ = 0;
};

}  // namespace relata
