// Parameters of query/parameters.h as options of a command.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "query/parameters.h"

namespace relata {

// `--name VALUE` (or a positional), kept in `given` under the parameter's name; checked later by check_given().
void add_parameter(CLI::App* command, const Parameter& parameter, bool positional, const std::shared_ptr<Given>& given);

}  // namespace relata
