// The tables, made and brought up to date by numbered migrations; and how they are spread over servers.
#pragma once

#include <string>
#include <vector>

#include "storage/postgres/connection.h"

namespace relata::storage {

enum class Spread {
  none,    // plain tables
  hash,    // hash partitions on one server
  fdw,     // hash partitions on several servers, reached through postgres_fdw
  citus,   // distributed by the Citus extension
};

struct SpreadOrder {
  Spread spread = Spread::none;
  int partitions = 0;                // hash: how many, 1..1024
  std::vector<std::string> servers;  // fdw: addresses of the others; the server of --db keeps the first share itself
};

// What is run on one server; `url` is empty for the server of --db.
struct ServerStatements {
  std::string url;
  std::vector<std::string> statements;
};

// Every statement that makes the tables anew, as `relata db init` runs them, and prints with --sql. bad_input: the order.
Result<std::vector<ServerStatements>> creation(const PostgresAddress& address, const SpreadOrder& order);

// conflict: the schema has such tables already.
Result<void> create_tables(Connection& connection, const PostgresAddress& address, const SpreadOrder& order);

// The same at an address. Other servers get tables in a schema of the same name.
Result<void> make_graph(const std::string& url, const SpreadOrder& order);

// How the tables are there now; not_found: there are none; corrupt: made by a newer program. Runs migrations that are missing unless `read_only`.
Result<Spread> bring_up_to_date(Connection& connection, const PostgresAddress& address, bool read_only);

}  // namespace relata::storage
