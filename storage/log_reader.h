// What versions changed, read back from the log.
#pragma once

#include <vector>

#include "graph/history.h"
#include "storage/database.h"

namespace relata::storage {

// As Store::changes(). `decisions`: all, in order.
Result<std::vector<VersionChanges>> read_changes(const Database& database, const std::vector<Decision>& decisions, Version after, Version until, std::size_t most);

}  // namespace relata::storage
