// The version an extraction carries.
#pragma once

#include <string>

#include "graph/result.h"

namespace relata {

// "<release>+<8 hex digits of the hash of all tables of home/data and the trained ones of home/models>". io when a file cannot be read.
Result<std::string> extractor_version(const std::string& home);

}  // namespace relata
