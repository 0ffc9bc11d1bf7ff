// Answers for a terminal: one fact a line, each with the words that say it.
#pragma once

#include <string>

#include "query/answers.h"

namespace relata {

// Ends with a newline. Control characters of names and articles are shown as spaces: text of strangers must not drive the terminal.
std::string to_text(const Answer& answer);

}  // namespace relata
