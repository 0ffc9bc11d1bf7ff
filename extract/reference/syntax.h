// What the tree of a sentence says of two of its words. All climbs and searches are bounded, so that a hostile tree costs no more.
#pragma once

#include "extract/reference/collect.h"

namespace relata::reference {

inline constexpr int kClimb = 24;  // steps up a tree

inline bool is_subject(Dep dep) { return dep == Dep::nsubj || dep == Dep::nsubjpass; }

class Syntax {
 public:
  explicit Syntax(const Document& document) : document_(document), tokens_(document.tokens) {}

  bool dominates(TokenIndex above, TokenIndex below) const;
  // The word whose place in the clause an apposition or a later part of a coordination shares.
  TokenIndex anchor(TokenIndex i) const;
  TokenIndex predicate_of(TokenIndex i) const;
  // The subject that a verb without one of its own shares with the verb above: "goes ... and confronts", "by checking".
  TokenIndex shared_subject(TokenIndex verb) const;
  // The object of the verb above that a gerund or infinitive without a subject is about; kNoToken when it is not.
  TokenIndex controlling_object(TokenIndex verb) const;
  // An argument of the predicate itself or through one preposition.
  bool direct(TokenIndex i, TokenIndex predicate) const;
  bool in_relative(TokenIndex above, TokenIndex below) const;
  // "Gordy, who spent most of his time": the clause that holds the pronoun says something of the candidate.
  bool relative_subject(TokenIndex candidate, TokenIndex pronoun) const;
  // Principle B: a plain pronoun is none of its co-arguments. Principle A: a reflexive is one of them.
  bool bound_wrongly(const Phrase& pronoun, const Phrase& candidate) const;

 private:
  const Document& document_;
  const std::vector<Token>& tokens_;
};

}  // namespace relata::reference
