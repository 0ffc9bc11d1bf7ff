// Stores of an older format, brought to this one where they lie.
#pragma once

#include "storage/database.h"

namespace relata::storage {

// From format 2, which kept no past of names and no addresses: they begin with the newest version, older ones cannot be read
// any more. One atomic write; interrupted, it is done again.
Result<void> migrate_from_2(Database& database);

}  // namespace relata::storage
