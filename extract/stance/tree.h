// Steps through the dependency tree that stance and speech share. Each looks at no more than kMostChildren children, those nearest
// to the token, so that a "sentence" of a million words costs no more a word than any other.
#pragma once

#include <span>
#include <string>

#include "extract/document.h"

namespace relata::stance {

inline constexpr std::size_t kMostChildren = 48;
inline constexpr int kMostSteps = 16;  // towards the root

// Children of the token, the nearest kMostChildren.
std::span<const TokenIndex> near_children(const Document& document, TokenIndex token);

// First near child with the label, or kNoToken.
TokenIndex child_with(const Document& document, TokenIndex token, Dep dep);

inline bool is_root(const Document& document, TokenIndex token) { return document.tokens[token].head == token; }
inline bool is_verbal(const Token& token) {
  return token.pos == Pos::VERB || token.pos == Pos::AUX ||
         (token.tag >= Tag::VB && token.tag <= Tag::VBZ);
}
inline bool is_nominal(const Token& token) {
  return token.pos == Pos::NOUN || token.pos == Pos::PROPN || token.pos == Pos::PRON || token.pos == Pos::NUM;
}
inline bool is_subject(Dep dep) { return dep == Dep::nsubj || dep == Dep::nsubjpass; }

// The grammatical subject of a clause's head, or kNoToken.
TokenIndex subject_of(const Document& document, TokenIndex verb);

// "to" before the verb, of the verb itself.
bool is_infinitive(const Document& document, TokenIndex verb);

// First conjunct of the coordination the token belongs to (kMostSteps at most).
TokenIndex first_conjunct(const Document& document, TokenIndex token);

// Lemma with its particle: "point out".
std::string with_particle(const Document& document, TokenIndex verb);

}  // namespace relata::stance
