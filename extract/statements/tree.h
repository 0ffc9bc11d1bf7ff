// Small steps through a document's dependency tree. All are bounded: they look at children of one token, or walk a limited way up.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "extract/document.h"

namespace relata::statements {

inline constexpr int kMaxClimb = 16;              // steps towards the root
inline constexpr std::size_t kMaxConjuncts = 24;  // of one coordination

inline constexpr std::size_t kMaxChildren = 64;  // looked at of one token; a sentence of a language has fewer

// The children of the token, at most kMaxChildren, in text order: keeps hostile trees from costing the square of their width.
inline std::span<const TokenIndex> near_children(const Document& document, TokenIndex token) {
  const std::span<const TokenIndex> all = document.children_of(token);
  return all.first(std::min(all.size(), kMaxChildren));
}

// The first child with the label, or kNoToken.
TokenIndex child_with(const Document& document, TokenIndex token, Dep dep);

// The phrase and what is coordinated with it, in text order, at most kMaxConjuncts.
std::vector<TokenIndex> conjuncts(const Document& document, TokenIndex first);

// The first of the coordination that `token` is a later part of, or itself.
TokenIndex coordination_head(const Document& document, TokenIndex token);

// A verb, or an auxiliary that is the head of its clause.
bool is_clause_head(const Token& token);

inline bool is_noun(const Token& token) { return token.pos == Pos::NOUN || token.pos == Pos::PROPN || token.pos == Pos::PRON; }
inline bool is_root(const Document& document, TokenIndex token) { return document.tokens[token].head == token; }

// "who", "which", "that" as the pronoun of a relative clause.
bool is_relative_pronoun(const Token& token);

}  // namespace relata::statements
