// Descriptions that stand for a person nobody names: "the Russian president". Who it was on the day of the article, or that nobody knows and it
// stays the country's, is for identity to tell (graph/offices.h).
#pragma once

#include <string>

#include "extract/reference/discourse.h"
#include "graph/result.h"

namespace relata::reference {

// "Russian president", "president of Norway": the words of a noun phrase without its article when they are an office of
// data/identity/offices.tsv and a state, or a body that has a row there, and nothing else; else empty.
std::string office_of(const Document& document, const names::Lexicon& lexicon, TokenRange phrase);

// io or bad_input when the offices cannot be read; office_of() then finds none.
Result<void> check_offices();

}  // namespace relata::reference
