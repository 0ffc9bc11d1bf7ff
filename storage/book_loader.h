// The book of identity, made again from what a store keeps.
#pragma once

#include <memory>
#include <vector>

#include "graph/identity_book.h"
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

}  // namespace relata::storage
