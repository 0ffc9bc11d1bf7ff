// Which graph a command works with, and how much of it: options of serve and export.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "graph/result.h"
#include "storage/store.h"

namespace relata {

// As typed.
struct ShareOptions {
  std::string window;  // FROM..UNTIL, either may be missing
  std::string part;    // 2/8: the second of eight
};
void add_share_options(CLI::App* command, ShareOptions& options);
// bad_input names the option that is wrong.
Result<Share> parse_share(const ShareOptions& options);

}  // namespace relata
