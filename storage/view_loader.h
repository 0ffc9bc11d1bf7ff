// The tables of the newest view, from a store that is being opened.
#pragma once

#include "storage/database.h"
#include "storage/view_tables.h"

namespace relata::storage {

// corrupt, naming the key, when something does not decode, refer or add up.
Result<ViewTables> load_view(const Database& database);

// The newest version that is stored.
Result<Version> load_version(const Database& database);

// The relation types of a store, in the order of their places.
Result<std::vector<std::string>> load_types(const Database& database, const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
