// Brings the tables of a view's image up to the newest version by what the log has beyond it: costs what changed.
#pragma once

#include "storage/database.h"
#include "storage/view_tables.h"

namespace relata::storage {

// `tables` are those of an image of a version not above `newest`. corrupt, naming the key, when the log does not decode or refer.
Result<ViewTables> replay_log(const Database& database, ViewTables tables, std::vector<std::string> types, Version newest);

}  // namespace relata::storage
