// Commands that change a graph or look after it.
#pragma once

#include <CLI/CLI.hpp>

namespace relata {

// ingest, load, retract, check.
void add_writing(CLI::App& program, int& exit);

}  // namespace relata
