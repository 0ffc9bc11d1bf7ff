// Identity: which actors of all articles are one entity. Actors share an entity when they share an entity key; the id of an
// entity is a function of its key, so it is the same in every order, batch, store and machine.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "graph/entity.h"
#include "graph/extraction.h"
#include "graph/ids.h"

namespace relata {

// "<family>|<folded name>": "person|vladimir putin". The family groups types that extraction confuses about one thing
// (GPE, LOC and FAC are places; WEAPON, VEHICLE and PRODUCT are things).
std::string entity_key(EntityType type, std::string_view name);
inline std::string entity_key(const Actor& actor) { return entity_key(actor.type, actor.name); }
EntityId entity_id(std::string_view key);  // XXH3-64

// How often actors of one entity have each name, alias and type, and what follows from it.
struct NameCounts {
  std::map<std::string, std::int64_t> names, aliases;
  std::map<EntityType, std::int64_t> types;

  void count(const Actor& actor, int sign);  // 1: comes; -1: goes
  // Id, name, type and aliases. Name: given by most actors, then the longest, then the first in byte order; one that is an
  // office's ("Norwegian president") for want of others. Type: of most, then no person, then the first.
  Entity entity(EntityId id) const;
  bool operator==(const NameCounts&) const = default;
};

// The record of an entity as an order-independent function of the actors it is made of: add() and remove() commute.
class EntityTally {
 public:
  // What one actor of one article contributes.
  struct Share {
    std::optional<Day> published;
    std::uint32_t statements = 0;   // edges of the graph it is an end of
    bool counts_article = true;     // false for the second and later actors of an article that are the same entity
    bool operator==(const Share&) const = default;
  };
  void add(const Actor& actor, const Share& share);
  void remove(const Actor& actor, const Share& share);  // precondition: was added with the same share

  bool empty() const { return articles_ == 0; }
  Entity entity(EntityId id) const;
  const NameCounts& named() const { return named_; }

 private:
  void count(const Actor& actor, const Share& share, int sign);

  NameCounts named_;
  std::map<Day, std::int64_t> published_;
  std::int64_t articles_ = 0, statements_ = 0;
};

// Case, accents and punctuation folded away: "Jean-Noël Barrot" -> "jean noel barrot", "U.S." -> "us", "O'Brien" -> "obrien".
// Full Unicode (NFKD, combining marks dropped, case folded, letters without decomposition such as "ø" mapped), independent of
// the locale. "" only for text without letters or digits.
std::string fold_name(std::string_view utf8);

}  // namespace relata
