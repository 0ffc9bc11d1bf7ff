// Questions from the command line: one command for each form of query/parameters.h.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "graph/result.h"
#include "graph/view.h"

namespace relata {

// Opens the graph of a --db folder to read it.
using OpenView = std::function<Result<std::shared_ptr<const GraphView>>(const std::string& db)>;

// find, show, neighbours, path, timeline, relations, relation, statements, quotes, stats.
// `ask` may give a view that fetches; what needs the whole graph asks one of `whole`.
void add_questions(CLI::App& program, const OpenView& ask, const OpenView& whole, int& exit);

}  // namespace relata
