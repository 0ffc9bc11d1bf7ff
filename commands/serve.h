#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "graph/result.h"
#include "query/backend.h"

namespace relata {

// Opens a graph for reading and writing, with the reader of articles beside it.
using OpenBackend = std::function<Result<Backend>(const std::string& db, const std::string& names)>;

// relata serve: answers over HTTP until SIGINT or SIGTERM.
void add_serve(CLI::App& program, const OpenBackend& open, int& exit);

// Where the tokens of a graph are kept unless told otherwise.
std::string tokens_file(const std::string& db);

}  // namespace relata
