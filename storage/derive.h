// What follows from an extraction: everything that is stored beside its body, so that it can be written, taken back and checked
// from the one source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/extraction.h"
#include "storage/rows.h"

namespace relata::storage {

// Relation types in the order the store first saw them; their places are TypeIndex.
class TypeTable {
 public:
  static constexpr std::size_t kMost = 0xffff;

  TypeTable() = default;
  explicit TypeTable(const std::vector<std::string>& names) {
    for (const std::string& name : names) place(name);
  }
  const std::vector<std::string>& names() const { return names_; }
  bool full() const { return names_.size() > kMost; }
  // Takes in a name it does not know. Only the first kMost places are usable: see full().
  TypeIndex place(const std::string& name);

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, TypeIndex> places_;
};

struct Derived {
  ArticleColumns columns;
  std::vector<ActorRow> actor_rows;  // of the actors, open
};

// The texts of the keys of its actors' names.
std::vector<std::string> entity_keys(const Extraction& extraction);
// The entities of keys that no book has joined or parted.
std::vector<EntityId> own_entities(const std::vector<std::string>& keys);

// The columns of a statement, and the number that stands for a publisher.
StatementColumns columns_of(const Statement& statement, TypeTable& types);
std::uint64_t publisher_number(std::string_view publisher);

// What stands under an entity that an actor with this row was, from `version` on.
ActorRow moved_on(const ActorRow& row, Version version);

// `entities`: which each actor is. Precondition: the extraction is valid.
Derived derive(const Extraction& extraction, std::vector<EntityId> entities, TypeTable& types);

}  // namespace relata::storage
