#pragma once

#include <CLI/CLI.hpp>

namespace relata {

// relata ontology check|explain: what the words of data/ are taken for; touches no store.
void add_ontology(CLI::App& program, int& exit);

}  // namespace relata
