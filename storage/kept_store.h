// The store over a Database, whichever stands behind it.
#pragma once

#include <memory>
#include <optional>

#include "storage/database.h"

namespace relata::storage {

// `acknowledged`: the last version that was, where it is known (acknowledged.h); a database behind it is refused.
Result<std::unique_ptr<Store>> open_kept(std::shared_ptr<Database> database, const OpenOptions& options, const std::optional<Version>& acknowledged = {});

}  // namespace relata::storage
