#pragma once

#include <CLI/CLI.hpp>

namespace relata {

// relata token add|list|remove: who may ask the service of a graph.
void add_token(CLI::App& program, int& exit);

}  // namespace relata
