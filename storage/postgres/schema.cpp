#include "storage/postgres/schema.h"

#include <array>

#include "storage/postgres/layout.h"

namespace relata::storage {
namespace {

// Migration 1 is the tables below; later ones are appended here and never changed once released.
constexpr std::array<const char*, 0> kLaterMigrations = {};
constexpr std::int64_t kNewestMigration = 1 + static_cast<std::int64_t>(kLaterMigrations.size());

std::string columns_of(const TableLayout& table) {
  const bool edges = std::string_view(table.name) == kEdgesTable.name;
  return std::string("(key bytea NOT NULL, shard bigint NOT NULL, written bigint NOT NULL, ") +
         (edges ? "first_day bigint NOT NULL, last_day bigint NOT NULL, " : "") + "value bytea NOT NULL)";
}

std::vector<TableLayout> all_tables() {
  std::vector<TableLayout> tables;
  for (std::size_t i = 0; i < kFamilies; ++i) tables.push_back(layout_of(static_cast<Family>(i)));
  tables.push_back(kNamesTable);
  tables.push_back(kEdgesTable);
  return tables;
}

bool follows_writes(const TableLayout& table) {
  const std::string_view name = table.name;
  return name == "entities" || name == "identity";
}

// A table that holds rows itself: whole, a partition that is here, or one on another server.
void add_indexes(std::vector<std::string>& out, const TableLayout& table, const std::string& name) {
  // Blocks are made to fit into a page and are read whole: they are kept in line.
  if (std::string_view(table.name) == kEdgesTable.name) out.push_back("ALTER TABLE " + name + " ALTER COLUMN value SET STORAGE MAIN");
  if (table.by_shard) out.push_back("CREATE INDEX ON " + name + " (shard)");
  if (follows_writes(table)) out.push_back("CREATE INDEX ON " + name + " (written)");
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::string part(const TableLayout& table, std::size_t number) { return std::string(table.name) + "_p" + std::to_string(number); }

std::string share(const TableLayout& table, std::size_t number, std::size_t of) {
  return " PARTITION OF " + std::string(table.name) + " FOR VALUES WITH (MODULUS " + std::to_string(of) + ", REMAINDER " + std::to_string(number) + ")";
}

void add_plain(std::vector<std::string>& out, const TableLayout& table) {
  out.push_back("CREATE TABLE " + std::string(table.name) + " " + columns_of(table));
  out.push_back("ALTER TABLE " + std::string(table.name) + " ADD PRIMARY KEY (key, shard)");
  add_indexes(out, table, table.name);
}

void add_hash(std::vector<std::string>& out, const TableLayout& table, std::size_t partitions) {
  out.push_back("CREATE TABLE " + std::string(table.name) + " " + columns_of(table) + " PARTITION BY HASH (shard)");
  out.push_back("ALTER TABLE " + std::string(table.name) + " ADD PRIMARY KEY (key, shard)");
  add_indexes(out, table, table.name);
  for (std::size_t i = 0; i < partitions; ++i) out.push_back("CREATE TABLE " + part(table, i) + share(table, i, partitions));
}

// A partitioned table with foreign partitions can have no unique index of its own: each part has one.
void add_fdw(std::vector<std::string>& out, const TableLayout& table, std::size_t servers, const std::string& schema) {
  out.push_back("CREATE TABLE " + std::string(table.name) + " " + columns_of(table) + " PARTITION BY HASH (shard)");
  out.push_back("CREATE TABLE " + part(table, 0) + share(table, 0, servers + 1));
  out.push_back("ALTER TABLE " + part(table, 0) + " ADD PRIMARY KEY (key, shard)");
  add_indexes(out, table, part(table, 0));
  for (std::size_t i = 1; i <= servers; ++i)
    out.push_back("CREATE FOREIGN TABLE " + part(table, i) + share(table, i, servers + 1) + " SERVER " + schema + "_s" + std::to_string(i) +
                  " OPTIONS (schema_name '" + schema + "', table_name '" + part(table, i) + "')");
}

std::vector<std::string> on_server(const std::string& schema, std::size_t number) {
  std::vector<std::string> out{"CREATE SCHEMA IF NOT EXISTS " + schema, "SET search_path TO " + schema};
  for (const TableLayout& table : all_tables()) {
    if (!table.sharded) continue;
    out.push_back("CREATE TABLE " + part(table, number) + " " + columns_of(table));
    out.push_back("ALTER TABLE " + part(table, number) + " ADD PRIMARY KEY (key, shard)");
    add_indexes(out, table, part(table, number));
  }
  return out;
}

// host, port, dbname and user of an address, as options of a foreign server and of a user mapping.
Result<std::string> foreign_server(const std::string& name, const std::string& url, std::vector<std::string>& out) {
  const auto parts = address_parts(url);
  if (!parts) return parts.error();
  std::string options = "fetch_size '5000', batch_size '500', async_capable 'true', use_remote_estimate 'false'", user = "", separator;
  for (const auto& [key, value] : *parts) {
    if (key == "user" || key == "password") {
      user += separator + key + " " + quoted(value);
      separator = ", ";
    } else {
      options += ", " + key + " " + quoted(value);
    }
  }
  out.push_back("CREATE SERVER " + name + " FOREIGN DATA WRAPPER postgres_fdw OPTIONS (" + options + ")");
  out.push_back("CREATE USER MAPPING FOR CURRENT_USER SERVER " + name + (user.empty() ? "" : " OPTIONS (" + user + ")"));
  return name;
}

const char* to_string(Spread spread) {
  switch (spread) {
    case Spread::none: return "none";
    case Spread::hash: return "hash";
    case Spread::fdw: return "fdw";
    case Spread::citus: return "citus";
  }
  return "none";
}

Spread parse_spread(std::string_view name) {
  for (const Spread spread : {Spread::hash, Spread::fdw, Spread::citus})
    if (name == to_string(spread)) return spread;
  return Spread::none;
}

Result<void> run_all(Connection& connection, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements)
    if (auto done = connection.command(statement); !done) return done;
  return {};
}

}  // namespace

Result<std::vector<ServerStatements>> creation(const PostgresAddress& address, const SpreadOrder& order) {
  const std::string& schema = address.schema;
  std::vector<ServerStatements> all;
  std::vector<std::string> here{"CREATE SCHEMA IF NOT EXISTS " + schema, "SET search_path TO " + schema};
  if (order.spread == Spread::hash && (order.partitions < 1 || order.partitions > 1024)) return bad_input("partitions: 1 to 1024");
  if (order.spread == Spread::fdw) {
    if (order.servers.empty()) return bad_input("servers: name at least one other server");
    here.push_back("CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA public");
    for (std::size_t i = 0; i < order.servers.size(); ++i) {
      all.push_back({order.servers[i], on_server(schema, i + 1)});
      if (auto made = foreign_server(schema + "_s" + std::to_string(i + 1), order.servers[i], here); !made) return made.error();
    }
  }
  for (const TableLayout& table : all_tables()) {
    if (!table.sharded || order.spread == Spread::none || order.spread == Spread::citus) add_plain(here, table);
    else if (order.spread == Spread::hash) add_hash(here, table, static_cast<std::size_t>(order.partitions));
    else add_fdw(here, table, order.servers.size(), schema);
  }
  if (order.spread == Spread::citus) {
    here.insert(here.begin(), "CREATE EXTENSION IF NOT EXISTS citus");
    const char* first = nullptr;
    for (const TableLayout& table : all_tables()) {
      if (!table.sharded) continue;
      here.push_back("SELECT create_distributed_table('" + std::string(table.name) + "', 'shard'" +
                     (first == nullptr ? "" : ", colocate_with => '" + std::string(first) + "'") + ")");
      if (first == nullptr) first = table.name;
    }
  }
  here.push_back("CREATE TABLE turn (one int PRIMARY KEY, token bytea NOT NULL)");
  here.push_back("INSERT INTO turn VALUES (1, '')");
  here.push_back("CREATE TABLE journal (part bigint PRIMARY KEY, changes bytea NOT NULL)");
  here.push_back("CREATE TABLE filled (name text PRIMARY KEY)");
  here.push_back("CREATE TABLE migration (version bigint PRIMARY KEY, spread bytea NOT NULL)");
  here.push_back("INSERT INTO migration VALUES (1, '" + std::string(to_string(order.spread)) + "')");
  all.push_back({"", std::move(here)});
  return all;
}

Result<void> create_tables(Connection& connection, const PostgresAddress& address, const SpreadOrder& order) {
  const auto statements = creation(address, order);
  if (!statements) return statements.error();
  for (const ServerStatements& server : *statements) {
    std::unique_ptr<Connection> other;
    if (!server.url.empty()) {
      const auto there = parse_postgres(server.url);
      if (!there) return there.error();
      auto opened = Connection::open(*there, std::chrono::seconds(10));
      if (!opened) return opened.error();
      other = std::move(*opened);
    }
    Connection& each = other ? *other : connection;
    std::vector<std::string> whole{"BEGIN"};
    whole.insert(whole.end(), server.statements.begin(), server.statements.end());
    whole.emplace_back("COMMIT");
    if (auto run = run_all(each, whole); !run) {
      const Trouble trouble = each.trouble();
      (void)each.command("ROLLBACK");
      if (trouble == Trouble::taken)
        return conflict(address.shown + ": schema " + address.schema + " is in use on " + (server.url.empty() ? "this server" : "another server") +
                        ": choose another, or drop it (" + run.error().message + ")");
      return run;
    }
  }
  return {};
}

Result<void> make_graph(const std::string& url, const SpreadOrder& order) {
  const auto address = parse_postgres(url);
  if (!address) return address.error();
  const auto connection = Connection::open(*address, std::chrono::seconds(10));
  if (!connection) return connection.error();
  return create_tables(**connection, *address, order);
}

Result<Spread> bring_up_to_date(Connection& connection, const PostgresAddress& address, bool read_only) {
  const auto there = connection.run("SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname::text = convert_from($1::bytea, 'UTF8') AND tablename = 'migration'",
                                    Parameters().bytes(address.schema));
  if (!there) return there.error();
  if (there->number(0, 0) == 0) return not_found(address.shown + ": no graph in schema " + address.schema + "; `relata db init` makes one");
  const auto rows = connection.run("SELECT version, spread FROM migration ORDER BY version DESC LIMIT 1");
  if (!rows) return rows.error();
  if (rows->size() == 0) return corrupt(address.shown + ": table migration is empty");
  const std::int64_t version = rows->number(0, 0);
  const Spread spread = parse_spread(rows->bytes(0, 1));
  if (version > kNewestMigration) return corrupt(address.shown + ": was made by a newer Relata (tables of version " + std::to_string(version) + "); use that");
  if (version < kNewestMigration && read_only) return corrupt(address.shown + ": the tables are of an older Relata; open the graph for writing once");
  for (std::int64_t next = version + 1; next <= kNewestMigration; ++next) {
    const std::string text = kLaterMigrations.empty() ? "" : *(kLaterMigrations.begin() + (next - 2));
    const std::string mark = "INSERT INTO migration SELECT " + std::to_string(next) + ", spread FROM migration WHERE version = " + std::to_string(next - 1);
    if (auto run = run_all(connection, {"BEGIN; " + text + "; " + mark + "; COMMIT"}); !run && connection.trouble() != Trouble::taken) return run.error();
  }
  return spread;
}

}  // namespace relata::storage
