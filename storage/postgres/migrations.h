// Tables of earlier versions of the program, brought up to date step by step.
#pragma once

#include "storage/postgres/schema.h"

namespace relata::storage {

// 1: the first tables. 2: blocks of `edges` are found by their days, and `names` tells which hold now. Older graphs get both filled when they are
// opened for writing (PostgresDatabase::fill). Released steps are never changed.
inline constexpr std::int64_t kNewestMigration = 2;

// One step, to `version`, unless another process has made it meanwhile. Waits for the turn.
Result<void> migrate(Connection& connection, const PostgresAddress& address, Spread spread, std::int64_t version);

// Runs each; an error is that of the first that fails.
Result<void> run_all(Connection& connection, const std::vector<std::string>& statements);

}  // namespace relata::storage
