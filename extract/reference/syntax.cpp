#include "extract/reference/syntax.h"

namespace relata::reference {

bool Syntax::dominates(TokenIndex above, TokenIndex below) const {
  for (int step = 0; step < kClimb; ++step) {
    if (below == above) return true;
    if (tokens_[below].head == below) return false;
    below = tokens_[below].head;
  }
  return false;
}

TokenIndex Syntax::anchor(TokenIndex i) const {
  for (int step = 0; step < 6 && (tokens_[i].dep == Dep::appos || (tokens_[i].dep == Dep::conj && tokens_[i].pos != Pos::VERB)) && tokens_[i].head != i; ++step)
    i = tokens_[i].head;
  return i;
}

TokenIndex Syntax::predicate_of(TokenIndex i) const {
  for (int step = 0; step < kClimb && tokens_[i].head != i; ++step) {
    i = tokens_[i].head;
    if (tokens_[i].pos == Pos::VERB || tokens_[i].pos == Pos::AUX) return i;
  }
  return i;
}

// "accused Peru of spying", "barred it from entering", "asked Peru to send": the object of the verb above is the subject of this one.
TokenIndex Syntax::controlling_object(TokenIndex verb) const {
  const Token& word = tokens_[verb];
  TokenIndex governor = word.head, link = verb;
  if (word.dep == Dep::pcomp && word.tag == Tag::VBG) {
    link = word.head;
    const std::string_view preposition = tokens_[link].lower;
    if (preposition != "of" && preposition != "for" && preposition != "from" && preposition != "into" && preposition != "against") return kNoToken;
    governor = tokens_[link].head;
  } else if (word.dep != Dep::xcomp || word.tag != Tag::VB) {
    return kNoToken;
  }
  if (governor == link || tokens_[governor].pos != Pos::VERB) return kNoToken;
  int looked = 0;
  for (const TokenIndex child : document_.children_of(governor)) {
    if (++looked > 24 || child >= link) break;
    if (child > governor && (tokens_[child].dep == Dep::dobj || tokens_[child].dep == Dep::dative)) return child;
  }
  return kNoToken;
}

TokenIndex Syntax::shared_subject(TokenIndex verb) const {
  if (const TokenIndex object = controlling_object(verb); object != kNoToken) return object;
  for (int step = 0; step < 6; ++step) {
    int looked = 0;
    for (const TokenIndex child : document_.children_of(verb)) {
      if (++looked > 24) break;
      if (is_subject(tokens_[child].dep)) return step == 0 ? kNoToken : child;
    }
    const Dep dep = tokens_[verb].dep;
    if (dep != Dep::conj && dep != Dep::xcomp && dep != Dep::advcl && dep != Dep::pcomp && dep != Dep::prep) return kNoToken;
    if (tokens_[verb].head == verb) return kNoToken;
    verb = tokens_[verb].head;
  }
  return kNoToken;
}

bool Syntax::direct(TokenIndex i, TokenIndex predicate) const {
  if (tokens_[i].head == predicate) return true;
  const TokenIndex up = tokens_[i].head;
  return tokens_[up].head == predicate && (tokens_[up].dep == Dep::prep || tokens_[up].dep == Dep::agent || tokens_[up].dep == Dep::dative);
}

bool Syntax::in_relative(TokenIndex above, TokenIndex below) const {
  for (int step = 0; step < kClimb && below != above; ++step) {
    if (tokens_[below].dep == Dep::relcl || tokens_[below].dep == Dep::acl) return true;
    if (tokens_[below].head == below) return false;
    below = tokens_[below].head;
  }
  return false;
}

bool Syntax::relative_subject(TokenIndex candidate, TokenIndex pronoun) const {
  TokenIndex at = pronoun;
  for (int step = 0; step < kClimb; ++step) {
    const TokenIndex up = tokens_[at].head;
    if (up == at) return false;
    if (up == candidate) break;
    at = up;
  }
  if (tokens_[at].head != candidate) return false;
  if (tokens_[at].dep == Dep::acl) return true;
  if (tokens_[at].dep != Dep::relcl) return false;
  for (const TokenIndex child : document_.children_of(at)) {
    if (child > pronoun) break;
    if (is_subject(tokens_[child].dep)) return tokens_[child].tag == Tag::WP || tokens_[child].tag == Tag::WDT;
  }
  return false;
}

bool Syntax::bound_wrongly(const Phrase& pronoun, const Phrase& candidate) const {
  if (pronoun.sentence != candidate.sentence) return pronoun.reflexive;
  // i-within-i: a phrase does not mean what is inside it.
  if (candidate.phrase.contains(pronoun.head) && candidate.head != pronoun.head && (candidate.kind == MentionKind::nominal ? !candidate.coordination : !candidate.tokens.contains(pronoun.head))) {
    if (dominates(candidate.head, pronoun.head)) return !in_relative(candidate.head, pronoun.head);
  }
  if (pronoun.possessive) {
    // "his brother John": not his own brother. "John's his ..." does not occur.
    return tokens_[pronoun.head].head == candidate.head;
  }
  const TokenIndex predicate = predicate_of(pronoun.head);
  const TokenIndex other = anchor(candidate.head);
  const bool co_arguments = predicate == predicate_of(other) && direct(other, predicate) && direct(pronoun.head, predicate);
  if (pronoun.reflexive) return !(predicate == predicate_of(candidate.head)) && candidate.head != shared_subject(predicate);
  return co_arguments || (direct(pronoun.head, predicate) && candidate.head == shared_subject(predicate));
}

}  // namespace relata::reference
