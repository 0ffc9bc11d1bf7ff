#include "extract/reference/pronouns.h"

#include <algorithm>

#include "extract/reference/ranking.h"
#include "extract/reference/weights.h"

namespace relata::reference {
namespace {

constexpr std::uint32_t kWindow = 60;  // mentions looked back at
constexpr std::uint32_t kSentences = 4;

class PronounResolver {
 public:
  explicit PronounResolver(Discourse& all) : all_(all) {}

  void resolve(std::uint32_t index) {
    const Phrase& pronoun = all_.mentions[index];
    std::uint32_t best = kNone;
    float best_score = pronoun.gender == Gender::thing ? kWeights.least_thing : pronoun.number == Number::plural ? kWeights.least_plural : kWeights.least_person;
    std::uint32_t looked = 0;
    for (std::uint32_t i = index; i-- > 0 && looked < kWindow;) {
      const Phrase& candidate = all_.mentions[i];
      if (candidate.sentence + kSentences < pronoun.sentence) break;
      if (candidate.cluster == kNone) continue;
      ++looked;
      consider(index, i, best, best_score);
    }
    if (all_.tokens[pronoun.head].head != pronoun.head) cataphora(index, best, best_score);
    if (best == kNone) {
      if (pronoun.gender != Gender::thing) all_.open(index);
      return;
    }
    all_.join(index, all_.mentions[best].cluster);
  }

 private:
  void consider(std::uint32_t index, std::uint32_t i, std::uint32_t& best, float& best_score) const {
    const Phrase& pronoun = all_.mentions[index];
    const Phrase& candidate = all_.mentions[i];
    const Cluster& cluster = all_.clusters[candidate.cluster];
    if (candidate.person != Person::third && pronoun.person == Person::third && candidate.kind == MentionKind::pronoun) return;
    if (!pronoun_agrees(pronoun, candidate, cluster) || all_.syntax.bound_wrongly(pronoun, candidate)) return;
    if (bound_cluster(pronoun, candidate.cluster, index)) return;
    const float score = rank(all_, pronoun, candidate);
    if (score > best_score) {
      best_score = score;
      best = i;
    }
  }

  // Another mention of the same cluster may be the pronoun's co-argument.
  bool bound_cluster(const Phrase& pronoun, std::uint32_t cluster, std::uint32_t index) const {
    if (pronoun.reflexive) return false;
    for (std::uint32_t i = index, looked = 0; i-- > 0 && looked < 12; ++looked) {
      if (all_.mentions[i].sentence != pronoun.sentence) break;
      if (all_.mentions[i].cluster == cluster && all_.syntax.bound_wrongly(pronoun, all_.mentions[i])) return true;
    }
    return false;
  }

  // "In his speech, Putin said ...": the subject of the clause that the introductory phrase hangs on.
  void cataphora(std::uint32_t index, std::uint32_t& best, float& best_score) const {
    const Phrase& pronoun = all_.mentions[index];
    const TokenRange sentence = all_.document.sentences[pronoun.sentence];
    TokenIndex at = pronoun.head;
    bool introductory = false;
    for (int step = 0; step < kClimb && all_.tokens[at].head != at; ++step) {
      const TokenIndex up = all_.tokens[at].head;
      if ((all_.tokens[at].dep == Dep::prep || all_.tokens[at].dep == Dep::advcl) && up > at && up > pronoun.head) {
        introductory = true;
        at = up;
        break;
      }
      at = up;
    }
    if (!introductory) return;
    int looked = 0;
    for (const TokenIndex child : all_.document.children_of(at)) {
      if (++looked > 40) break;
      if (!is_subject(all_.tokens[child].dep) || child < pronoun.head) continue;
      const std::uint32_t i = all_.mention_at[child];
      if (i == kNone || i <= index || all_.mentions[i].cluster == kNone || child >= sentence.last) continue;
      const Cluster& cluster = all_.clusters[all_.mentions[i].cluster];
      if (!pronoun_agrees(pronoun, all_.mentions[i], cluster)) continue;
      const float score = (pronoun.possessive ? kWeights.cataphora_possessive : kWeights.cataphora) + kWeights.each_mention * static_cast<float>(std::min<std::uint32_t>(cluster.seen, 4));
      if (score > best_score) {
        best_score = score;
        best = i;
      }
    }
  }

  bool pronoun_agrees(const Phrase& pronoun, const Phrase& candidate, const Cluster& cluster) const {
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
};

}  // namespace

void resolve_pronoun(Discourse& all, std::uint32_t index) { PronounResolver(all).resolve(index); }

}  // namespace relata::reference
