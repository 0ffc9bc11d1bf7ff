// The statements that make tables, for each way to spread them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "storage/postgres/layout.h"
#include "storage/postgres/schema.h"

namespace relata::storage {

std::vector<TableLayout> all_tables();

// How the tables of a graph are spread.
struct Spreading {
  Spread spread = Spread::none;
  std::string schema;
  std::size_t partitions = 0;  // hash
  std::size_t servers = 0;     // fdw: the others
};

// A table with its indexes, on the server of --db: with citus it is not distributed yet.
void add_table(std::vector<std::string>& out, const TableLayout& table, const Spreading& spreading);
// With fdw: its part on another server, 1 being the first.
void add_part(std::vector<std::string>& out, const TableLayout& table, std::size_t server);
// `holder`: it, or the part of it that has an index of its own.
std::string add_primary_key(const TableLayout& table, const std::string& holder);
// With fdw: the name of that server here.
std::string server_name(const std::string& schema, std::size_t server);
// The table that its indexes are made on, on the server of --db.
std::string holder_here(const TableLayout& table, const Spreading& spreading);
// With citus: distributes a table like another one; null: there is none before it.
std::string distribute(const TableLayout& table, const char* beside);
// The name of a part of a table: a partition, or what another server has of it.
std::string part(const TableLayout& table, std::size_t number);

}  // namespace relata::storage
