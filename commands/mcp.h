#pragma once

#include <CLI/CLI.hpp>

#include "commands/ask.h"

namespace relata {

// relata mcp: the questions as tools for an assistant, over standard input and output.
void add_mcp(CLI::App& program, const OpenView& open, int& exit);

}  // namespace relata
