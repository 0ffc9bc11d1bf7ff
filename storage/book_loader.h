// What a store knows of identity and of copies, made again from what it keeps.
#pragma once

#include <memory>
#include <vector>

#include "graph/identity_book.h"
#include "storage/copy_rows.h"
#include "storage/database.h"
#include "storage/view_tables.h"

namespace relata::storage {

struct KeptBook {
  IdentityBook book;
  // Where the book and the tables differ: nowhere, unless the store was written with other lore or without any. The next
  // batch brings them together.
  std::vector<ActorRef> strays;
  std::vector<EntityId> stray_ids;
};

// `tables` must be of the state that is read. corrupt, naming the key, when something does not decode or refer.
Result<std::unique_ptr<KeptBook>> load_book(const Database& database, const ViewTables& tables, std::shared_ptr<const NameForms> names,
                                            std::shared_ptr<const KnownNames> known, const Database::Snapshot& at = nullptr);

struct Books {
  std::unique_ptr<KeptBook> identity;
  std::unique_ptr<KeptCopies> copies;
};
// Loads what is missing of the two, side by side where two threads may read the database at once. Without `names` there is no identity.
Result<void> load_missing(Books& books, const Database& database, const ExtractionSource& source, const ViewTables& tables,
                          const std::shared_ptr<const NameForms>& names, const std::shared_ptr<const KnownNames>& known);

}  // namespace relata::storage
