// Lines that are furniture by their own wording, wherever they stand.
#pragma once

#include <string_view>

#include "extract/reading/words.h"

namespace relata {

// "Related stories", "More from Europe": what follows are other articles' headlines.
bool is_list_heading(std::string_view line, const ReadingWords& words);

bool is_noise_line(std::string_view line, const ReadingWords& words);

}  // namespace relata
