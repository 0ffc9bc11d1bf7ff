// Lines that are furniture by their own wording, wherever they stand.
#pragma once

#include <string_view>

#include "extract/reading/words.h"

namespace relata {

bool is_noise_line(std::string_view line, const ReadingWords& words);

}  // namespace relata
