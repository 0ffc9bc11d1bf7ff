// Opening graphs, with what is known about names from data/identity/.
#pragma once

#include <memory>
#include <string>

#include "graph/result.h"
#include "storage/store.h"

namespace relata {

// To write; made if it is not there and `create`.
Result<std::unique_ptr<Store>> open_to_write(const std::string& db, bool create);
// To read, also beside a running writer.
Result<std::unique_ptr<Store>> open_to_read(const std::string& db);

}  // namespace relata
