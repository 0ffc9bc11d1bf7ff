// What speaks for and against a mention as the one that "he" or "she" takes up.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "extract/reference/discourse.h"

namespace relata::reference {

// The place of a mention in its clause.
enum class Place : std::uint8_t { subject, object, prepositional, agent, possessor, modifier, other };
inline constexpr std::size_t kPlaces = 7;
// The place of a pronoun: subject, object of verb or preposition, possessor.
inline constexpr std::size_t kOwnPlaces = 3;

// Traits below kSingle are places: (candidate's place * kOwnPlaces + pronoun's place) * 2 + (another sentence ? 1 : 0).
inline constexpr std::size_t kPlaceTraits = kPlaces * kOwnPlaces * 2;

enum Trait : std::uint8_t {
  later_conjunct = kPlaceTraits,  // "Ann and Bob": Bob
  bracketed,
  root_subject,     // of the sentence's main clause
  apart,            // in a clause that does not hold the pronoun
  one_before, two_before, more_before,  // sentences
  tokens_between,   // in the same sentence, a tenth of them, up to six
  early,            // how near the beginning of its own, other sentence: 0..1
  clause_subject, clause_subject_of_possessive,  // the subject of a clause that holds the pronoun
  same_clause_possessive,
  relative_subject,  // "Ann, who ... her"
  holds_pronoun,     // the pronoun is inside the candidate's noun phrase
  coordinated,       // "Ann and her husband"
  reported,          // "Ann said she"
  mentions_so_far,   // up to six
  times_named,       // in the whole article, logarithm
  most_named, named_first,  // of the people of the article
  is_pronoun,        // a pronoun of the same kind
  last_taken_up,     // by the latest pronoun of the same kind
  definite_nominal, indefinite_nominal,
  unnamed_chain,     // of pronouns that no name has explained
  named,
  gender_known, type_doubtful,
  leans_so, leans_otherwise,  // a word that is a given name and a surname
  single_word,       // a name of one word
  most_recent, second_recent,  // of the actors that agree
  after, after_possessive,     // a name after an introductory phrase: "In his speech, Putin ..."
  kTraits
};

// A few of kTraits numbers are not zero.
class Traits {
 public:
  void set(std::size_t trait, float value = 1) {
    if (count_ < kMost) entries_[count_++] = {static_cast<std::uint8_t>(trait), value};
  }
  float sum(const std::array<float, kTraits>& weights) const {
    float total = 0;
    for (std::size_t i = 0; i < count_; ++i) total += entries_[i].value * weights[entries_[i].trait];
    return total;
  }
  struct Entry {
    std::uint8_t trait;
    float value;
  };
  const Entry* begin() const { return entries_.data(); }
  const Entry* end() const { return entries_.data() + count_; }

 private:
  static constexpr std::size_t kMost = 32;
  std::array<Entry, kMost> entries_;
  std::size_t count_ = 0;
};

// What is the same for all candidates of one pronoun.
struct PronounView {
  std::uint32_t index = 0;            // of the pronoun's mention
  std::uint32_t last_taken_up = kNone;  // cluster of the latest pronoun of the same kind
  std::uint32_t most_recent = kNone, second_recent = kNone;  // clusters
};

// Of the mention `candidate`, whose cluster is assigned; it may stand after the pronoun.
Traits person_traits(const Discourse& all, const PronounView& view, std::uint32_t candidate);

}  // namespace relata::reference
