#include "storage/postgres/migrations.h"

#include "storage/postgres/table_statements.h"

namespace relata::storage {
namespace {

// key='value', as libpq reads it.
std::string option(std::string_view name, std::string_view value) {
  std::string out(name);
  out += "='";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "' ";
}

// Where the other servers of a graph spread by postgres_fdw are, in the order of their parts.
Result<std::vector<PostgresAddress>> other_servers(Connection& connection, const PostgresAddress& address) {
  const auto options = connection.run(
      "SELECT substr(s.srvname::text, length(convert_from($1::bytea, 'UTF8')) + 3)::bigint AS number, o.option_name::text, o.option_value::text FROM pg_catalog.pg_foreign_server s"
      " LEFT JOIN pg_catalog.pg_user_mappings m ON m.srvid = s.oid AND m.usename = current_user,"
      " pg_options_to_table(coalesce(s.srvoptions, '{}') || coalesce(m.umoptions, '{}')) o"
      " WHERE s.srvname::text ~ ('^' || convert_from($1::bytea, 'UTF8') || '_s[0-9]+$')"
      " AND o.option_name NOT IN ('fetch_size', 'batch_size', 'async_capable', 'use_remote_estimate') ORDER BY number",
      Parameters().bytes(address.schema));
  if (!options) return options.error();
  std::vector<PostgresAddress> servers;
  for (int i = 0; i < options->size(); ++i) {
    const auto number = static_cast<std::size_t>(options->number(i, 0));
    if (number > servers.size()) servers.push_back({"", address.schema, "server " + std::to_string(number) + " of " + address.shown});
    servers.back().conninfo += option(options->bytes(i, 1), options->bytes(i, 2));
  }
  return servers;
}

Result<Spreading> spreading_of(Connection& connection, const PostgresAddress& address, Spread spread, std::size_t servers) {
  Spreading spreading{spread, address.schema, 0, servers};
  if (spread != Spread::hash) return spreading;
  const auto parts = connection.run("SELECT count(*) FROM pg_catalog.pg_inherits WHERE inhparent = 'log'::regclass");
  if (!parts) return parts.error();
  spreading.partitions = static_cast<std::size_t>(parts->number(0, 0));
  return spreading;
}

void bring_names(std::vector<std::string>& out, const std::string& holder) {
  out.push_back("ALTER TABLE " + holder + " DROP CONSTRAINT IF EXISTS " + holder + "_pkey");
  out.push_back(add_primary_key(kNamesTable, holder));
  out.push_back("CREATE INDEX IF NOT EXISTS " + holder + "_shard_idx ON " + holder + " (shard)");
}

// `edges` follows from the log, so it is made anew, and filled later with `names`.
Result<void> to_version_2(Connection& connection, const PostgresAddress& address, Spread spread) {
  std::vector<PostgresAddress> others;
  if (spread == Spread::fdw) {
    auto found = other_servers(connection, address);
    if (!found) return found.error();
    others = std::move(*found);
  }
  for (std::size_t i = 0; i < others.size(); ++i) {
    const auto other = Connection::open(others[i], std::chrono::seconds(10));
    if (!other) return other.error();
    std::vector<std::string> there{"BEGIN", "DROP TABLE IF EXISTS " + part(kEdgesTable, i + 1)};
    add_part(there, kEdgesTable, i + 1);
    bring_names(there, part(kNamesTable, i + 1));
    there.emplace_back("COMMIT");
    if (auto run = run_all(**other, there); !run) return run;
  }
  const auto spreading = spreading_of(connection, address, spread, others.size());
  if (!spreading) return spreading.error();
  std::vector<std::string> here{"DROP TABLE IF EXISTS edges", "DROP TABLE IF EXISTS filled", "CREATE TABLE filled (name text PRIMARY KEY)"};
  add_table(here, kEdgesTable, *spreading);
  if (spread == Spread::citus) here.push_back(distribute(kEdgesTable, "log"));
  bring_names(here, holder_here(kNamesTable, *spreading));
  return run_all(connection, here);
}

}  // namespace

Result<void> run_all(Connection& connection, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements)
    if (auto done = connection.command(statement); !done) return done;
  return {};
}

Result<void> migrate(Connection& connection, const PostgresAddress& address, Spread spread, std::int64_t version) {
  auto done = run_all(connection, {"BEGIN", "SELECT 1 FROM turn WHERE one = 1 FOR UPDATE"});
  if (done) {
    const auto newest = connection.run("SELECT max(version) FROM migration");
    if (!newest) done = newest.error();
    else if (newest->number(0, 0) >= version) return connection.command("ROLLBACK");
  }
  if (done) done = to_version_2(connection, address, spread);
  if (done)
    done = run_all(connection, {"INSERT INTO migration SELECT " + std::to_string(version) + ", spread FROM migration ORDER BY version DESC LIMIT 1", "COMMIT"});
  if (!done) (void)connection.command("ROLLBACK");
  return done;
}

}  // namespace relata::storage
