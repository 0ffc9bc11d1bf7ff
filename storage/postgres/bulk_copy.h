// All rows of a graph by binary COPY.
#pragma once

#include "storage/database.h"
#include "storage/postgres/connection.h"

namespace relata::storage {

// Into tables that hold an empty graph, inside a transaction of the caller. Leaves out what belongs to a folder. Table `edges` is not written.
Result<void> copy_all(Connection& connection, const Database& from, Version version);

}  // namespace relata::storage
