// What follows the transitions: sentences, and words whose true head crosses other arcs.
#pragma once

#include <vector>

#include "extract/document.h"

namespace relata {

// Marks as sentence starts the first tokens of the roots' subtrees. `left_edge` and `right_edge` receive the subtrees' edges.
void find_sentences(std::vector<Token>& tokens, std::vector<TokenIndex>& left_edge, std::vector<TokenIndex>& right_edge);

// Gives a token with below[token] != Dep::none as head the first token of that label found breadth-first under its head (Nivre and
// Nilsson 2005, "Pseudo-Projective Dependency Parsing"). The search looks at a bounded number of tokens. True if any head moved.
bool restore_crossing_arcs(std::vector<Token>& tokens, const std::vector<Dep>& below, const std::vector<TokenIndex>& left_edge,
                           const std::vector<TokenIndex>& right_edge);

}  // namespace relata
