#pragma once

#include <CLI/CLI.hpp>

namespace relata {

// relata identity list|why|decisions|merge|split|never|undo: who is who, and an analyst's word on it.
void add_identity(CLI::App& program, int& exit);

}  // namespace relata
