// What a store holds in memory of its database, and the database's beginning.
#pragma once

#include "storage/database.h"
#include "storage/known_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {

struct Kept {
  LoadedView view;
  SettledWith settled;
};

// corrupt, naming the key, when something does not decode or refer.
Result<Kept> load_kept(const Database& database, const Share& share = {});

// Writes the empty graph. Interrupted anywhere, the next opening does it again.
Result<void> create(Database& database);

}  // namespace relata::storage
