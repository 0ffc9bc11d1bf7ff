// The whole store against itself.
#pragma once

#include <memory>

#include "storage/database.h"
#include "storage/stored_view.h"

namespace relata::storage {

// Reads every block and every key. Bodies are the primary records: the rest is derived from them again and compared, and counted
// so that nothing is there that does not follow from a body. `view` must be of the state that is checked.
// An error only when reading itself fails; what is wrong with the data is in the report.
Result<CheckReport> check_database(const Database& database, const ExtractionSource& source, const StoredView& view, std::shared_ptr<const NameForms> names);

}  // namespace relata::storage
