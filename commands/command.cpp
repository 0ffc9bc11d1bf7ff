#include "commands/command.h"

#include <cstdio>

namespace relata {

int exit_code(Fault fault) {
  switch (fault) {
    case Fault::not_found: return 1;
    case Fault::bad_input:
    case Fault::conflict: return 2;
    case Fault::corrupt:
    case Fault::io: return 3;
  }
  return 3;
}

int report(const Error& error) {
  std::fprintf(stderr, "relata: %s\n", error.message.c_str());
  return exit_code(error.fault);
}

void add_db_option(CLI::App* command, std::string& db) {
  command->add_option("--db", db, "Folder of the graph, or postgresql://host:port/database?schema=name")->envname("RELATA_DB")->capture_default_str();
}

void add_names_option(CLI::App* command, std::string& file) {
  command->add_option("--names", file, "Known entities that identity goes by from now on: JSON lines, or FollowTheMoney entities (docs/identity.md)")->check(CLI::ExistingFile);
}

}  // namespace relata
