#include "storage/postgres/table_statements.h"

namespace relata::storage {

std::string part(const TableLayout& table, std::size_t number) { return std::string(table.name) + "_p" + std::to_string(number); }

// Names are listed from the index alone.
std::string add_primary_key(const TableLayout& table, const std::string& holder) {
  return "ALTER TABLE " + holder + " ADD PRIMARY KEY (key, shard)" + (std::string_view(table.name) == kNamesTable.name ? " INCLUDE (value)" : "");
}

std::string server_name(const std::string& schema, std::size_t server) { return schema + "_s" + std::to_string(server); }

namespace {

std::string columns_of(const TableLayout& table) {
  const bool edges = std::string_view(table.name) == kEdgesTable.name;
  return std::string("(key bytea NOT NULL, shard bigint NOT NULL, written bigint NOT NULL, ") +
         (edges ? "first_day bigint NOT NULL, last_day bigint NOT NULL, " : "") + "value bytea NOT NULL)";
}

bool follows_writes(const TableLayout& table) {
  const std::string_view name = table.name;
  return name == "entities" || name == "identity";
}

// A table that holds rows itself: whole, a partition that is here, or one on another server.
void add_indexes(std::vector<std::string>& out, const TableLayout& table, const std::string& name) {
  // Blocks are made to fit into a page and are read whole: they are kept in line.
  if (std::string_view(table.name) == kEdgesTable.name) {
    out.push_back("ALTER TABLE " + name + " ALTER COLUMN value SET STORAGE MAIN");
    out.push_back("CREATE INDEX ON " + name + " (shard, last_day, first_day)");
    out.push_back("CREATE INDEX ON " + name + " (shard, first_day)");
  } else if (table.by_shard) {
    out.push_back("CREATE INDEX ON " + name + " (shard)");
  }
  if (follows_writes(table)) out.push_back("CREATE INDEX ON " + name + " (written)");
}

std::string share(const TableLayout& table, std::size_t number, std::size_t of) {
  return " PARTITION OF " + std::string(table.name) + " FOR VALUES WITH (MODULUS " + std::to_string(of) + ", REMAINDER " + std::to_string(number) + ")";
}

void add_plain(std::vector<std::string>& out, const TableLayout& table) {
  out.push_back("CREATE TABLE " + std::string(table.name) + " " + columns_of(table));
  out.push_back(add_primary_key(table, table.name));
  add_indexes(out, table, table.name);
}

void add_hash(std::vector<std::string>& out, const TableLayout& table, std::size_t partitions) {
  out.push_back("CREATE TABLE " + std::string(table.name) + " " + columns_of(table) + " PARTITION BY HASH (shard)");
  out.push_back(add_primary_key(table, table.name));
  add_indexes(out, table, table.name);
  for (std::size_t i = 0; i < partitions; ++i) out.push_back("CREATE TABLE " + part(table, i) + share(table, i, partitions));
}

// A partitioned table with foreign partitions can have no unique index of its own: each part has one.
void add_fdw(std::vector<std::string>& out, const TableLayout& table, std::size_t servers, const std::string& schema) {
  out.push_back("CREATE TABLE " + std::string(table.name) + " " + columns_of(table) + " PARTITION BY HASH (shard)");
  out.push_back("CREATE TABLE " + part(table, 0) + share(table, 0, servers + 1));
  out.push_back(add_primary_key(table, part(table, 0)));
  add_indexes(out, table, part(table, 0));
  for (std::size_t i = 1; i <= servers; ++i)
    out.push_back("CREATE FOREIGN TABLE " + part(table, i) + share(table, i, servers + 1) + " SERVER " + server_name(schema, i) +
                  " OPTIONS (schema_name '" + schema + "', table_name '" + part(table, i) + "')");
}

}  // namespace

std::vector<TableLayout> all_tables() {
  std::vector<TableLayout> tables;
  for (std::size_t i = 0; i < kFamilies; ++i) tables.push_back(layout_of(static_cast<Family>(i)));
  tables.push_back(kNamesTable);
  tables.push_back(kEdgesTable);
  return tables;
}

void add_table(std::vector<std::string>& out, const TableLayout& table, const Spreading& spreading) {
  if (!table.sharded || spreading.spread == Spread::none || spreading.spread == Spread::citus) add_plain(out, table);
  else if (spreading.spread == Spread::hash) add_hash(out, table, spreading.partitions);
  else add_fdw(out, table, spreading.servers, spreading.schema);
}

void add_part(std::vector<std::string>& out, const TableLayout& table, std::size_t server) {
  const std::string name = part(table, server);
  out.push_back("CREATE TABLE " + name + " " + columns_of(table));
  out.push_back(add_primary_key(table, name));
  add_indexes(out, table, name);
}

std::string holder_here(const TableLayout& table, const Spreading& spreading) {
  return table.sharded && spreading.spread == Spread::fdw ? part(table, 0) : table.name;
}

std::string distribute(const TableLayout& table, const char* beside) {
  return "SELECT create_distributed_table('" + std::string(table.name) + "', 'shard'" + (beside == nullptr ? "" : ", colocate_with => '" + std::string(beside) + "'") + ")";
}

}  // namespace relata::storage
