// The expected analyses: texts of our own, analysed by the original pipeline.
#pragma once

#include <string>
#include <vector>

namespace relata {

// Lines of a zstd-compressed file of tests/language/goldens/. Throws std::runtime_error when it cannot be read.
std::vector<std::string> golden_lines(const std::string& file);

}  // namespace relata
