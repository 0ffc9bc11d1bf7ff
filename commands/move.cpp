#include "commands/move.h"

#include <cstdio>
#include <memory>

#include "commands/command.h"
#include "commands/progress.h"
#include "storage/copy.h"
#include "storage/postgres/schema.h"

namespace relata {
namespace {

using namespace storage;

struct InitOptions {
  std::string db, distribute = "none";
  int partitions = 16;
  std::vector<std::string> servers;
  bool sql = false;
};

Result<SpreadOrder> order_of(const InitOptions& options) {
  SpreadOrder order{Spread::none, options.partitions, options.servers};
  if (options.distribute == "hash") order.spread = Spread::hash;
  else if (options.distribute == "fdw") order.spread = Spread::fdw;
  else if (options.distribute == "citus") order.spread = Spread::citus;
  else if (options.distribute != "none") return bad_input("distribute=" + options.distribute + ": one of none, hash, fdw, citus");
  return order;
}

int init(const InitOptions& options) {
  const auto order = order_of(options);
  if (!order) return report(order.error());
  if (!options.sql) {
    const auto made = make_graph(options.db, *order);
    return made ? 0 : report(made.error());
  }
  const auto address = parse_postgres(options.db);
  if (!address) return report(address.error());
  const auto all = creation(*address, *order);
  if (!all) return report(all.error());
  for (const ServerStatements& server : *all) {
    std::printf("-- on %s\n", server.url.empty() ? "the server of --db" : server.url.c_str());
    for (const std::string& statement : server.statements) std::printf("%s;\n", statement.c_str());
  }
  return 0;
}

int copy(const std::string& from, const std::string& to) {
  Progress progress("rows");
  std::uint64_t known = 0;
  const auto copied = copy_graph(from, to, [&](std::uint64_t rows) {
    progress.advance(rows - known);
    known = rows;
  });
  if (!copied) return report(copied.error());
  std::printf("%llu rows copied, %llu bytes; hash of all rows %s in both\n", static_cast<unsigned long long>(copied->rows),
              static_cast<unsigned long long>(copied->bytes), to_string(copied->hash).c_str());
  return 0;
}

}  // namespace

void add_moving(CLI::App& program, int& exit) {
  CLI::App* db = program.add_subcommand("db", "Prepare a place for a graph");
  db->require_subcommand(1);
  const auto options = std::make_shared<InitOptions>();
  CLI::App* init_command = db->add_subcommand("init", "Make the tables of a graph on PostgreSQL; without this, plain ones are made at the first ingest");
  init_command->footer("Example: relata db init --db 'postgresql://first/news?schema=kursk' --distribute fdw --servers postgresql://second/news postgresql://third/news");
  init_command->add_option("--db", options->db, "Address, postgresql://host:port/database?schema=name")->envname("RELATA_DB")->required();
  init_command->add_option("--distribute", options->distribute, "none, hash (partitions here), fdw (several servers), citus")->capture_default_str();
  init_command->add_option("--partitions", options->partitions, "Of hash")->capture_default_str();
  init_command->add_option("--servers", options->servers, "Of fdw: addresses of the other servers, as the first one reaches them too");
  init_command->add_flag("--sql", options->sql, "Print the statements and run none");
  run_as(init_command, exit, [options] { return init(*options); });

  const auto names = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App* copy_command = program.add_subcommand("copy", "Copy a graph with its whole history to another place; started again, it goes on where it was stopped");
  copy_command->footer("Example: relata copy graph 'postgresql://host/news?schema=kursk'");
  copy_command->add_option("from", names->first, "Folder or address of the graph")->required();
  copy_command->add_option("to", names->second, "Folder or address that holds none")->required();
  run_as(copy_command, exit, [names] { return copy(names->first, names->second); });
}

}  // namespace relata
