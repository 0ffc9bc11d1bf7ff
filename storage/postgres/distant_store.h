// A store whose views stay on the server (distant_view.h).
#pragma once

#include "storage/postgres/postgres_database.h"

namespace relata::storage {

// not_found: the edges of the graph are not written yet, as after a copy; opening it for writing once does that.
Result<std::unique_ptr<Store>> open_distant(std::shared_ptr<PostgresDatabase> database);

}  // namespace relata::storage
