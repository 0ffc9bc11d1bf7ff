#include "extract/reference/pronouns.h"

#include <algorithm>

#include "extract/reference/person_traits.h"
#include "extract/reference/person_weights.h"
#include "extract/reference/ranking.h"
#include "extract/reference/weights.h"

namespace relata::reference {
namespace {

constexpr std::uint32_t kWindow = 60;  // mentions looked back at
constexpr std::uint32_t kSentences = 4;

class PronounResolver {
 public:
  PronounResolver(Discourse& all, std::uint32_t index) : all_(all), index_(index), pronoun_(all.mentions[index]) {}

  void resolve() {
    gather();
    const std::uint32_t best = is_person() ? best_person() : best_other();
    if (best != kNone) all_.join(index_, all_.mentions[best].cluster);
    else if (pronoun_.gender != Gender::thing) all_.open(index_);
  }

 private:
  bool is_person() const { return pronoun_.gender == Gender::male || pronoun_.gender == Gender::female; }

  // The mentions that agree, the nearest first.
  void gather() {
    std::uint32_t looked = 0;
    for (std::uint32_t i = index_; i-- > 0 && looked < kWindow;) {
      const Phrase& candidate = all_.mentions[i];
      if (candidate.sentence + kSentences < pronoun_.sentence) break;
      if (candidate.cluster == kNone) continue;
      ++looked;
      if (may_be(candidate)) before_.push_back(i);
    }
    if (all_.tokens[pronoun_.head].head != pronoun_.head) look_after();
  }

  bool may_be(const Phrase& candidate) const {
    if (candidate.kind == MentionKind::pronoun && candidate.person != Person::third) return false;
    return pronoun_agrees(pronoun_, candidate, all_.clusters[candidate.cluster]) && !all_.syntax.bound_wrongly(pronoun_, candidate) &&
           !is_bound(candidate.cluster);
  }

  std::uint32_t best_person() const {
    PronounView view{index_, kNone, kNone, kNone};
    for (const std::uint32_t i : before_) {
      const std::uint32_t cluster = all_.mentions[i].cluster;
      if (view.last_taken_up == kNone && all_.mentions[i].kind == MentionKind::pronoun && all_.mentions[i].gender == pronoun_.gender) view.last_taken_up = cluster;
      if (view.most_recent == kNone) view.most_recent = cluster;
      else if (view.second_recent == kNone && cluster != view.most_recent) view.second_recent = cluster;
    }
    std::vector<std::uint32_t> candidates = before_;
    candidates.insert(candidates.end(), after_.begin(), after_.end());
    if (all_.watcher != nullptr) all_.watcher->candidates(all_, view, candidates);
    const PersonWeights& weights = person_weights();
    std::uint32_t best = kNone;
    float best_score = weights.nobody;
    for (const std::uint32_t i : candidates)
      if (const float score = person_traits(all_, view, i).sum(weights.of); score > best_score) {
        best_score = score;
        best = i;
      }
    return best;
  }

  std::uint32_t best_other() const {
    std::uint32_t best = kNone;
    float best_score = pronoun_.gender == Gender::thing ? kWeights.least_thing : kWeights.least_plural;
    auto consider = [&](std::uint32_t i, float score) {
      if (score <= best_score) return;
      best_score = score;
      best = i;
    };
    for (const std::uint32_t i : before_) consider(i, rank(all_, pronoun_, all_.mentions[i]));
    for (const std::uint32_t i : after_)
      consider(i, (pronoun_.possessive ? kWeights.cataphora_possessive : kWeights.cataphora) +
                      kWeights.each_mention * static_cast<float>(std::min<std::uint32_t>(all_.clusters[all_.mentions[i].cluster].seen, 4)));
    return best;
  }

  // Another mention of the same cluster may be the pronoun's co-argument.
  bool is_bound(std::uint32_t cluster) const {
    if (pronoun_.reflexive) return false;
    for (std::uint32_t i = index_, looked = 0; i-- > 0 && looked < 12; ++looked) {
      if (all_.mentions[i].sentence != pronoun_.sentence) break;
      if (all_.mentions[i].cluster == cluster && all_.syntax.bound_wrongly(pronoun_, all_.mentions[i])) return true;
    }
    return false;
  }

  // "In his speech, Putin said ...": the subject of the clause that the introductory phrase hangs on.
  void look_after() {
    const TokenRange sentence = all_.document.sentences[pronoun_.sentence];
    const TokenIndex clause = introduced_clause();
    if (clause == kNoToken) return;
    int looked = 0;
    for (const TokenIndex child : all_.document.children_of(clause)) {
      if (++looked > 40) break;
      if (!is_subject(all_.tokens[child].dep) || child < pronoun_.head || child >= sentence.last) continue;
      const std::uint32_t i = all_.mention_at[child];
      if (i == kNone || i <= index_ || all_.mentions[i].cluster == kNone) continue;
      if (pronoun_agrees(pronoun_, all_.mentions[i], all_.clusters[all_.mentions[i].cluster])) after_.push_back(i);
    }
  }

  TokenIndex introduced_clause() const {
    TokenIndex at = pronoun_.head;
    for (int step = 0; step < kClimb && all_.tokens[at].head != at; ++step) {
      const TokenIndex up = all_.tokens[at].head;
      if ((all_.tokens[at].dep == Dep::prep || all_.tokens[at].dep == Dep::advcl) && up > at && up > pronoun_.head) return up;
      at = up;
    }
    return kNoToken;
  }

  static bool pronoun_agrees(const Phrase& pronoun, const Phrase& candidate, const Cluster& cluster) {
    if (pronoun.gender == Gender::male || pronoun.gender == Gender::female) {
      if (cluster.maybe_person) return true;
      if (cluster.gender == Gender::thing) return false;
      if (!gender_agrees(pronoun.gender, cluster.gender)) return false;
      if (cluster.types != 0 && !(cluster.types & names::type_bit(EntityType::person))) return false;
      if (cluster.types == 0) return false;
      return cluster.number != Number::plural && candidate.number != Number::plural;
    }
    if (pronoun.gender == Gender::thing) {
      if (cluster.gender == Gender::male || cluster.gender == Gender::female) return false;
      if (cluster.types == names::type_bit(EntityType::person)) return false;
      return cluster.number != Number::plural && candidate.number != Number::plural;
    }
    // they
    return cluster.number == Number::plural || cluster.number == Number::group || candidate.number == Number::plural;
  }

  Discourse& all_;
  const std::uint32_t index_;
  const Phrase& pronoun_;
  std::vector<std::uint32_t> before_, after_;  // mentions
};

}  // namespace

void resolve_pronoun(Discourse& all, std::uint32_t index) { PronounResolver(all, index).resolve(); }

}  // namespace relata::reference
