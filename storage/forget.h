// The retention of history: what only versions before some version need is deleted.
#pragma once

#include "storage/database.h"
#include "storage/store.h"

namespace relata::storage {

// One atomic write, then the space is given back. Views must be loaded again.
Result<ForgetReport> forget_before(Database& database, Version oldest);

}  // namespace relata::storage
