// Keeps table `edges` (adjacency.h) in step with the log, inside a transaction of the caller.
#pragma once

#include "storage/database.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/schema.h"

namespace relata::storage {

// Whether the table has everything: it is filled for a new graph from the beginning, after a bulk load, a copy or forgetting all at once.
Result<bool> edges_filled(Connection& connection);

// What a batch changed, after its rows are written. Precondition: edges_filled().
Result<void> write_edges(Connection& connection, const WriteSet& writes, Spread spread);

// All of it from the log. In as many passes as it takes to hold about `memory` bytes.
Result<void> fill_edges(Connection& connection, Spread spread, std::size_t memory = 512u << 20);

// An empty graph has all its edges.
Result<void> mark_edges_filled(Connection& connection);

}  // namespace relata::storage
