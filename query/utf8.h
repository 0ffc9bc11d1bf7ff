// Well-formed UTF-8, one sequence at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace relata {

// Length of the well-formed sequence at the start of text (Unicode 15, table 3-7), or 0; 0 for empty text.
std::size_t utf8_sequence(std::string_view text);

}  // namespace relata
