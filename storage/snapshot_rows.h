// The rows of snapshots in family "default".
#pragma once

#include <string>
#include <vector>

#include "graph/history.h"
#include "storage/database.h"

namespace relata::storage {

std::string snapshot_key(const std::string& name);
std::string encode(const Snapshot& snapshot);
// By version, then name.
Result<std::vector<Snapshot>> load_snapshots(const Database& database, const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
