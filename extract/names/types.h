// What kind of thing each name of an article is, by all its occurrences and the company they keep.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/names/lexicon.h"
#include "extract/names/spans.h"

namespace relata::names {

// The candidates that are names, each with one type for the whole article. Evidence is summed over the occurrences of a
// spelling: the recognizer's votes, the lexicon, the name's own words, titles, appositions, prepositions. A surname shares the
// evidence of the full names that end with it.
std::vector<Name> choose_types(const Document& document, const Lexicon& lexicon, const std::vector<Candidate>& candidates);

}  // namespace relata::names
