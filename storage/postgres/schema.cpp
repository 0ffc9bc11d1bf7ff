#include "storage/postgres/schema.h"

#include <algorithm>

#include "storage/postgres/migrations.h"
#include "storage/postgres/table_statements.h"

namespace relata::storage {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> on_server(const std::string& schema, std::size_t number) {
  std::vector<std::string> out{"CREATE SCHEMA IF NOT EXISTS " + schema, "SET search_path TO " + schema};
  for (const TableLayout& table : all_tables())
    if (table.sharded) add_part(out, table, number);
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
      if (auto made = foreign_server(server_name(schema, i + 1), order.servers[i], here); !made) return made.error();
    }
  }
  const Spreading spreading{order.spread, schema, static_cast<std::size_t>(std::max(order.partitions, 0)), order.servers.size()};
  for (const TableLayout& table : all_tables()) add_table(here, table, spreading);
  if (order.spread == Spread::citus) {
    here.insert(here.begin(), "CREATE EXTENSION IF NOT EXISTS citus");
    const char* first = nullptr;
    for (const TableLayout& table : all_tables()) {
      if (!table.sharded) continue;
      here.push_back(distribute(table, first));
      if (first == nullptr) first = table.name;
    }
  }
  here.push_back("CREATE TABLE turn (one int PRIMARY KEY, token bytea NOT NULL)");
  here.push_back("INSERT INTO turn VALUES (1, '')");
  here.push_back("CREATE TABLE journal (part bigint PRIMARY KEY, changes bytea NOT NULL)");
  here.push_back("CREATE TABLE filled (name text PRIMARY KEY)");
  here.push_back("INSERT INTO filled VALUES ('names')");
  here.push_back("CREATE TABLE migration (version bigint PRIMARY KEY, spread bytea NOT NULL)");
  here.push_back("INSERT INTO migration VALUES (" + std::to_string(kNewestMigration) + ", '" + to_string(order.spread) + "')");
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
  for (std::int64_t next = version + 1; next <= kNewestMigration; ++next)
    if (auto run = migrate(connection, address, spread, next); !run) return run.error();
  return spread;
}

}  // namespace relata::storage
