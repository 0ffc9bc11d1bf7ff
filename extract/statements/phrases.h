// The words of a phrase of the tree, and their text.
#pragma once

#include <string>
#include <vector>

#include "extract/document.h"

namespace relata::statements {

using Words = std::vector<TokenIndex>;  // ascending

inline constexpr std::size_t kMaxPhrase = 80;  // tokens of one phrase; the rest of a longer one is left out

// What of a phrase to leave out.
struct Trim {
  bool conjuncts = false;    // coordinated parts of the head, when each gets a phrase of its own
  bool relatives = false;    // relative and participial clauses on the head
  bool appositions = false;  // of the head
  bool complements = false;  // infinitives on the head
};

// The subtree of `head`, without punctuation at its edges.
Words phrase(const Document& document, TokenIndex head, Trim trim);

// Joined as written: a blank where the text has one, or where words between were left out.
std::string text_of(const Document& document, const Words& words);

}  // namespace relata::statements
