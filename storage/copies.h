// Backups: a store copied whole while it is in use.
#pragma once

#include <string>

#include "storage/database.h"

namespace relata::storage {

// As Store::backup(). Interrupted, it leaves `folder`.part, which the next attempt removes.
Result<void> copy_store(const Database& database, const std::string& folder);

}  // namespace relata::storage
