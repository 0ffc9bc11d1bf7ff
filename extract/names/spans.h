// Where the names of an article stand: the recognizer's spans with their boundaries mended, names known beforehand,
// and runs of capitalized words that only the rest of the article can tell the sense of.
#pragma once

#include <optional>
#include <vector>

#include "extract/document.h"
#include "extract/names/lexicon.h"

namespace relata::names {

struct Candidate {
  TokenRange tokens;
  std::optional<EntityType> recognized;  // the recognizer's type
  const Known* known = nullptr;          // of the lexicon, for the whole span
  std::optional<EntityType> by_head;     // "Ministry", "River", "Inc."
  bool titled = false;                   // a title or honorific stands before it
};

// In text order, not overlapping.
std::vector<Candidate> find_spans(const Document& document, const Lexicon& lexicon);

bool is_capitalized(const Token& token);
// Proper noun by its tag.
bool is_proper(const Token& token);
// The words of a range without white space between them: the key of Lexicon::known. Empty for more than 160 bytes.
std::string name_key(const Document& document, TokenRange range);

}  // namespace relata::names
