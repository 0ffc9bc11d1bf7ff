#include "extract/reference/ranking.h"

#include <algorithm>

#include "extract/reference/weights.h"

namespace relata::reference {
namespace {

float by_role(Dep role, Dep own) {
  float score = 0;
  if (is_subject(role)) score += kWeights.subject;
  else if (role == Dep::dobj || role == Dep::dative) score += kWeights.object;
  else if (role == Dep::poss) score += kWeights.possessor;
  else if (role == Dep::compound || role == Dep::amod || role == Dep::nmod) score += kWeights.modifier;
  else if (role == Dep::appos) score += kWeights.apposition;
  if (is_subject(role) && is_subject(own)) score += kWeights.parallel_subject;
  else if (role == own) score += kWeights.parallel_role;
  return score;
}

float by_place(const Discourse& all, const Phrase& pronoun, const Phrase& candidate) {
  if (candidate.sentence != pronoun.sentence) {
    const TokenRange sentence = all.document.sentences[candidate.sentence];
    return kWeights.early * (1 - static_cast<float>(candidate.head - sentence.first) / static_cast<float>(sentence.last - sentence.first));
  }
  const TokenIndex gap = pronoun.head > candidate.head ? pronoun.head - candidate.head : candidate.head - pronoun.head;
  float score = kWeights.each_token * static_cast<float>(std::min<TokenIndex>(gap, 60));
  const TokenIndex at = all.syntax.anchor(candidate.head);
  const TokenIndex controller = all.syntax.controlling_object(all.syntax.predicate_of(pronoun.head));
  const bool clause_subject = is_subject(all.tokens[at].dep) && all.syntax.dominates(all.tokens[at].head, pronoun.head);
  if (controller == kNoToken ? clause_subject : at == controller)
    score += pronoun.possessive ? kWeights.clause_subject_possessive : kWeights.clause_subject;
  if (all.syntax.relative_subject(candidate.head, pronoun.head)) score += kWeights.relative_subject;
  if (pronoun.possessive && all.syntax.predicate_of(candidate.head) == all.syntax.predicate_of(pronoun.head)) score += kWeights.same_clause_possessive;
  return score;
}

float by_type(const Phrase& pronoun, const Phrase& candidate, const Cluster& cluster) {
  if (pronoun.gender == Gender::male || pronoun.gender == Gender::female) {
    float score = cluster.gender == pronoun.gender ? kWeights.gender_known : cluster.maybe_person ? kWeights.type_doubtful : kWeights.gender_unknown;
    if (cluster.named) score += kWeights.named;
    else if (candidate.kind == MentionKind::pronoun) score += kWeights.unnamed_pronoun;
    return score;
  }
  if (pronoun.gender == Gender::thing) {
    if (cluster.types == 0) return kWeights.thing_untyped;
    if (cluster.type == EntityType::gpe && candidate.kind == MentionKind::name) return kWeights.thing_place;
    if (cluster.type == EntityType::org || cluster.type == EntityType::gpe) return kWeights.thing_org;
    return 0;
  }
  if (candidate.number == Number::plural || cluster.number == Number::plural) {
    float score = kWeights.plural;
    if (cluster.animate || (cluster.types & names::type_bit(EntityType::person))) score += kWeights.plural_people;
    if (candidate.coordination) score += kWeights.coordination;
    return score;
  }
  return cluster.type == EntityType::org ? kWeights.plural_org : kWeights.plural_other;
}

bool is_root_subject(const Discourse& all, const Phrase& mention) {
  const TokenIndex at = all.syntax.anchor(mention.head);
  return is_subject(all.tokens[at].dep) && all.tokens[all.tokens[at].head].dep == Dep::ROOT;
}

}  // namespace

float rank(const Discourse& all, const Phrase& pronoun, const Phrase& candidate) {
  const Cluster& cluster = all.clusters[candidate.cluster];
  const Dep role = all.tokens[all.syntax.anchor(candidate.head)].dep;
  const Dep own = all.tokens[pronoun.head].dep;
  float score = 0;
  const auto distance = static_cast<float>(pronoun.sentence - candidate.sentence);
  if (distance > 0) score += kWeights.other_sentence + kWeights.each_sentence * distance;
  score += by_role(role, own);
  if (is_root_subject(all, candidate)) score += kWeights.root_subject;
  score += kWeights.each_mention * static_cast<float>(std::min<std::uint32_t>(cluster.seen, 6));
  if (candidate.kind == MentionKind::pronoun && candidate.gender == pronoun.gender && candidate.number == pronoun.number) score += kWeights.same_pronoun;
  if (candidate.kind == MentionKind::nominal && !candidate.coordination && !cluster.named)
    score += candidate.definite ? kWeights.nominal_definite : kWeights.nominal;
  return score + by_type(pronoun, candidate, cluster) + by_place(all, pronoun, candidate);
}

}  // namespace relata::reference
