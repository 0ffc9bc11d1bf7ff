// The rows of snapshots in family "default".
#pragma once

#include <string>
#include <vector>

#include "graph/history.h"
#include "storage/database.h"

namespace relata::storage {

// conflict: there is one of this name.
Result<void> put_snapshot(Database& database, const Snapshot& snapshot);
// not_found: there is none of this name.
Result<void> drop_snapshot(Database& database, const std::string& name);
// By version, then name.
Result<std::vector<Snapshot>> load_snapshots(const Database& database, const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
