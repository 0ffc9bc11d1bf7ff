// Opening graphs, with what is known about names from data/identity/.
#pragma once

#include <memory>
#include <string>

#include "graph/result.h"
#include "storage/store.h"

namespace relata {

// To write; made if it is not there and `create`. Without `names` every spelling of a name is an entity of its own until the first batch
// that is written with names; a graph once written with names is not written without.
Result<std::unique_ptr<Store>> open_to_write(const std::string& db, bool create, bool names = true);
// To read, also beside a running writer.
Result<std::unique_ptr<Store>> open_to_read(const std::string& db);

}  // namespace relata
