#include "extract/reference/person_traits.h"

#include <algorithm>
#include <cmath>

namespace relata::reference {
namespace {

bool is_noun_dep(Dep dep) { return dep == Dep::dobj || dep == Dep::dative || dep == Dep::attr || dep == Dep::oprd; }

Place place_of(const Discourse& all, TokenIndex at) {
  const Token& token = all.tokens[at];
  if (is_subject(token.dep)) return Place::subject;
  if (is_noun_dep(token.dep)) return Place::object;
  if (token.dep == Dep::pobj) return all.tokens[token.head].dep == Dep::agent ? Place::agent : Place::prepositional;
  if (token.dep == Dep::poss) return Place::possessor;
  if (token.dep == Dep::compound || token.dep == Dep::amod || token.dep == Dep::nmod) return Place::modifier;
  return Place::other;
}

std::size_t own_place(const Token& pronoun, bool possessive) {
  if (possessive) return 2;
  return is_subject(pronoun.dep) ? 0 : 1;
}

bool is_clause(Dep dep) {
  return dep == Dep::relcl || dep == Dep::acl || dep == Dep::advcl || dep == Dep::ccomp || dep == Dep::pcomp || dep == Dep::csubj;
}

// The candidate's own clause hangs below the one that holds both.
bool is_apart(const Discourse& all, TokenIndex candidate, TokenIndex pronoun) {
  TokenIndex at = candidate;
  for (int step = 0; step < kClimb && all.tokens[at].head != at; ++step) {
    if (is_clause(all.tokens[at].dep)) return !all.syntax.dominates(at, pronoun);
    at = all.tokens[at].head;
  }
  return false;
}

// "Ann and her husband": the pronoun's noun is coordinated with the candidate.
bool is_coordinated(const Discourse& all, TokenIndex candidate, TokenIndex pronoun) {
  const TokenIndex noun = all.tokens[pronoun].head;
  return all.tokens[noun].dep == Dep::conj && all.tokens[noun].head == candidate;
}

// "Ann said she ...": the pronoun's clause is what the candidate says or thinks.
bool is_reported(const Discourse& all, TokenIndex candidate, TokenIndex pronoun) {
  TokenIndex at = pronoun;
  for (int step = 0; step < kClimb && all.tokens[at].head != at; ++step) {
    const TokenIndex up = all.tokens[at].head;
    if (all.tokens[at].dep == Dep::ccomp) return is_subject(all.tokens[candidate].dep) && all.tokens[candidate].head == up;
    at = up;
  }
  return false;
}

void add_places(const Discourse& all, Traits& traits, const Phrase& pronoun, const Phrase& candidate, TokenIndex at) {
  const bool elsewhere = candidate.sentence != pronoun.sentence;
  const auto place = static_cast<std::size_t>(place_of(all, at));
  traits.set((place * kOwnPlaces + own_place(all.tokens[pronoun.head], pronoun.possessive)) * 2 + elsewhere);
  if (at != candidate.head && all.tokens[candidate.head].dep == Dep::conj) traits.set(later_conjunct);
  if (candidate.phrase.first > 0 && all.tokens[candidate.phrase.first - 1].tag == Tag::LRB) traits.set(bracketed);
  if (is_subject(all.tokens[at].dep) && all.tokens[all.tokens[at].head].dep == Dep::ROOT) traits.set(root_subject);
  if (is_apart(all, candidate.head, pronoun.head)) traits.set(apart);
}

void add_distance(const Discourse& all, Traits& traits, const Phrase& pronoun, const Phrase& candidate, TokenIndex at) {
  if (candidate.sentence != pronoun.sentence) {
    const std::uint32_t distance = pronoun.sentence - candidate.sentence;
    traits.set(distance == 1 ? one_before : distance == 2 ? two_before : more_before);
    const TokenRange sentence = all.document.sentences[candidate.sentence];
    traits.set(early, 1 - static_cast<float>(candidate.head - sentence.first) / static_cast<float>(sentence.last - sentence.first));
    return;
  }
  const TokenIndex gap = pronoun.head > candidate.head ? pronoun.head - candidate.head : candidate.head - pronoun.head;
  traits.set(tokens_between, static_cast<float>(std::min<TokenIndex>(gap, 60)) / 10);
  if (is_subject(all.tokens[at].dep) && all.syntax.dominates(all.tokens[at].head, pronoun.head))
    traits.set(pronoun.possessive ? clause_subject_of_possessive : clause_subject);
  if (all.syntax.relative_subject(candidate.head, pronoun.head)) traits.set(relative_subject);
  else if (all.syntax.dominates(candidate.head, pronoun.head)) traits.set(holds_pronoun);
  if (pronoun.possessive && all.syntax.predicate_of(candidate.head) == all.syntax.predicate_of(pronoun.head)) traits.set(same_clause_possessive);
  if (is_coordinated(all, candidate.head, pronoun.head)) traits.set(coordinated);
  if (is_reported(all, at, pronoun.head)) traits.set(reported);
}

void add_actor(const Discourse& all, Traits& traits, const PronounView& view, const Phrase& pronoun, const Phrase& candidate) {
  const Cluster& cluster = all.clusters[candidate.cluster];
  traits.set(mentions_so_far, static_cast<float>(std::min<std::uint32_t>(cluster.seen, 6)));
  if (cluster.times_named > 0) traits.set(times_named, std::log2(1 + static_cast<float>(cluster.times_named)));
  if (candidate.cluster == all.most_named) traits.set(most_named);
  if (candidate.cluster == all.named_first) traits.set(named_first);
  if (candidate.cluster == view.last_taken_up) traits.set(last_taken_up);
  if (candidate.cluster == view.most_recent) traits.set(most_recent);
  if (candidate.cluster == view.second_recent) traits.set(second_recent);
  if (cluster.named) traits.set(named);
  else if (candidate.kind == MentionKind::pronoun) traits.set(unnamed_chain);
  if (cluster.gender == pronoun.gender) traits.set(gender_known);
  else if (cluster.maybe_person) traits.set(type_doubtful);
  else if (cluster.leaning == pronoun.gender) traits.set(leans_so);
  else if (cluster.leaning != Gender::unknown) traits.set(leans_otherwise);
}

}  // namespace

Traits person_traits(const Discourse& all, const PronounView& view, std::uint32_t index) {
  const Phrase& pronoun = all.mentions[view.index];
  const Phrase& candidate = all.mentions[index];
  const TokenIndex at = all.syntax.anchor(candidate.head);
  Traits traits;
  add_places(all, traits, pronoun, candidate, at);
  add_distance(all, traits, pronoun, candidate, at);
  add_actor(all, traits, view, pronoun, candidate);
  if (candidate.kind == MentionKind::pronoun && candidate.gender == pronoun.gender) traits.set(is_pronoun);
  if (candidate.kind == MentionKind::nominal && !all.clusters[candidate.cluster].named) traits.set(candidate.definite ? definite_nominal : indefinite_nominal);
  if (candidate.kind == MentionKind::name && candidate.tokens.last - candidate.tokens.first == 1) traits.set(single_word);
  if (index > view.index) traits.set(pronoun.possessive ? after_possessive : after);
  return traits;
}

}  // namespace relata::reference
