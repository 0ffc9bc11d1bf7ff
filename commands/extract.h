#pragma once

#include <CLI/CLI.hpp>

namespace relata {

// relata extract: articles in, JSON lines out; touches no store.
void add_extract(CLI::App& program, int& exit);

}  // namespace relata
