// What the commands of the program share: how a failure ends it, and the options that most of them take.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "graph/result.h"

namespace relata {

// Exit codes: 0 fine, 1 found nothing, 2 bad usage or input, 3 store trouble. The one switch from faults to them.
int exit_code(Fault fault);

// Prints "relata: <message>" on standard error and gives the exit code.
int report(const Error& error);

// A subcommand's body; its value is the program's exit code.
template <typename Body>
void run_as(CLI::App* command, int& exit, Body body) {
  command->callback([&exit, body] { exit = body(); });
}

void add_names_option(CLI::App* command, std::string& file);  // --names, a file of known entities
void add_db_option(CLI::App* command, std::string& db);  // --db, default $RELATA_DB or relata.db

}  // namespace relata
