#include "extract/statements/tree.h"

namespace relata::statements {

TokenIndex child_with(const Document& document, TokenIndex token, Dep dep) {
  for (const TokenIndex child : near_children(document, token))
    if (document.tokens[child].dep == dep) return child;
  return kNoToken;
}

std::vector<TokenIndex> conjuncts(const Document& document, TokenIndex first) {
  std::vector<TokenIndex> all{first};
  // The parser hangs each part on the one before it.
  for (std::size_t i = 0; i < all.size() && all.size() < kMaxConjuncts; ++i)
    for (const TokenIndex child : near_children(document, all[i]))
      if (document.tokens[child].dep == Dep::conj && all.size() < kMaxConjuncts) all.push_back(child);
  return all;
}

TokenIndex coordination_head(const Document& document, TokenIndex token) {
  for (int step = 0; step < kMaxClimb && document.tokens[token].dep == Dep::conj; ++step) token = document.tokens[token].head;
  return token;
}

bool is_clause_head(const Token& token) {
  if (token.pos != Pos::VERB && token.pos != Pos::AUX) return false;
  switch (token.dep) {
    case Dep::aux:
    case Dep::auxpass:
    case Dep::amod:
    case Dep::compound:
    case Dep::prep:  // "according to", "including": prepositions tagged as verbs
    case Dep::case_:
    case Dep::cc:
    case Dep::mark:
    case Dep::punct:
    case Dep::intj:
      return false;
    default:
      return true;
  }
}

bool is_relative_pronoun(const Token& token) {
  return token.tag == Tag::WDT || token.tag == Tag::WP || (token.lower == "that" && token.pos != Pos::SCONJ && token.tag != Tag::DT);
}

}  // namespace relata::statements
