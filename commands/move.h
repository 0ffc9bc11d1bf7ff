// `relata db init` and `relata copy`: where a graph is kept, and moving it elsewhere.
#pragma once

#include <CLI/CLI.hpp>

namespace relata {

void add_moving(CLI::App& program, int& exit);

}  // namespace relata
