// The version an extraction carries.
#pragma once

#include <string>

#include "graph/result.h"

namespace relata {

// "<release>+<8 hex digits of the hash of all files of the data folder>". io when a file cannot be read.
Result<std::string> extractor_version(const std::string& data_folder);

}  // namespace relata
