// Commands about the past: snapshot, diff, apply, changes, backup, restore, forget, migrate.
#pragma once

#include <CLI/CLI.hpp>

namespace relata {

void add_history(CLI::App& program, int& exit);

}  // namespace relata
