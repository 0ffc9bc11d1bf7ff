// Copying between databases that are open already.
#pragma once

#include "storage/copy.h"
#include "storage/database.h"

namespace relata::storage {

// As copy_graph().
Result<CopyReport> copy_database(const Database& from, const std::string& to, const std::function<void(std::uint64_t rows)>& progress = {});

}  // namespace relata::storage
