// relata series: the graph over time.
#pragma once

#include <CLI/CLI.hpp>

#include "commands/ask.h"

namespace relata {

void add_series(CLI::App& program, const OpenView& open, int& exit);

}  // namespace relata
