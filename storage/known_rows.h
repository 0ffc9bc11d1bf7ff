// What a store was settled with (FORMAT.md): that a book of identity does it, and the user's own entities it went by.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "graph/known_names.h"
#include "storage/database.h"

namespace relata::storage {

struct SettledWith {
  bool names = false;                       // a book settles identity, and so must for every batch to come
  std::shared_ptr<const KnownNames> known;  // null: none
};

// corrupt when a row does not decode or is not what was written.
Result<SettledWith> load_settled_with(const Database& database);

// Rows of family "meta", to be written with a batch that a book settled. The entities themselves only when `anew`: when they are others than those stored.
std::map<std::string, std::string> settled_rows(const KnownNames* known, bool anew);

// Null is like none.
bool same(const KnownNames* a, const KnownNames* b);

}  // namespace relata::storage
