#pragma once

#include <CLI/CLI.hpp>

#include "commands/ask.h"
#include "commands/share.h"

namespace relata {

// relata export: the graph, or what filters select of it, in the formats of other tools.
using OpenShare = std::function<Result<std::shared_ptr<const GraphView>>(const std::string& db, const Share& share)>;
void add_export(CLI::App& program, const OpenShare& open, int& exit);

}  // namespace relata
