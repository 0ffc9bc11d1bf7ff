// Answers for a terminal: one fact a line, each with the words that say it.
#pragma once

#include <string>
#include <string_view>

#include "query/answers.h"

namespace relata {

// Ends with a newline. Control characters of names and articles are shown as spaces: text of strangers must not drive the terminal.
std::string to_text(const Answer& answer);

// One line of harmless text: control characters of C0 and C1, line breaks and those that turn the direction of writing are spaces.
std::string plain_line(std::string_view text);

}  // namespace relata
