// Ranges of reported words.
#pragma once

#include <vector>

#include "extract/document.h"

namespace relata::stance {

inline TokenRange subtree(const Document& document, TokenIndex head) { return {document.left_edge[head], document.right_edge[head] + 1}; }

// The range without marks, commas, white space and a leading "that" at its ends; may be empty.
TokenRange trimmed(const Document& document, TokenRange range);

// With the quotation mark or bracket that a cut left outside: `lead to “ruin` takes in the closing mark.
TokenRange balanced(const Document& document, TokenRange range);

// Adds `whole` without `hole` (the words that report, in the midst of what they report).
void add_around(const Document& document, TokenRange whole, TokenRange hole, std::vector<TokenRange>& content);

// The words of a reporting clause that are not content: the verb, its subject, addressee and adverbs, within `whole`.
TokenRange reporting_words(const Document& document, TokenIndex verb, TokenIndex content);

}  // namespace relata::stance
