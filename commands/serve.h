#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "commands/share.h"
#include "graph/result.h"
#include "query/backend.h"

namespace relata {

// Which graph is served, and how.
struct ServeOrder {
  std::string db = "relata.db", names;
  std::string fetch = "auto";  // of a graph on PostgreSQL: "always", "never", or when it is large
  Share share;
};
// Opens a graph for reading and writing, with the reader of articles beside it; one that is fetched or a share, for reading alone.
using OpenBackend = std::function<Result<Backend>(const ServeOrder& order)>;

// relata serve: answers over HTTP until SIGINT or SIGTERM.
void add_serve(CLI::App& program, const OpenBackend& open, int& exit);

// Where the tokens of a graph are kept unless told otherwise.
std::string tokens_file(const std::string& db);

}  // namespace relata
