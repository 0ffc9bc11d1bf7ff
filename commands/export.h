#pragma once

#include <CLI/CLI.hpp>

#include "commands/ask.h"

namespace relata {

// relata export: the graph, or what filters select of it, in the formats of other tools.
void add_export(CLI::App& program, const OpenView& open, int& exit);

}  // namespace relata
