// The extracted article as one line of JSON: output of `relata extract`, input of `relata load` (docs/extraction.schema.json).
#pragma once

#include <string>
#include <string_view>

#include "graph/extraction.h"
#include "graph/result.h"

namespace relata {

// Without the line feed. Actors and statements are printed with ids unique over all articles.
std::string to_line(const Extraction& extraction);

// Inverse of to_line. bad_input names the member that is missing or wrong. What comes back is validated (graph/extraction.h).
// `readable`: bytes behind the line that may be read, whatever they are; with 64 of them it is not copied.
Result<Extraction> from_line(std::string_view line, std::size_t readable = 0);

}  // namespace relata
