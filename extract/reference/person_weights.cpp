#include "extract/reference/person_weights.h"

#include <charconv>

#include "extract/data.h"

namespace relata::reference {
namespace {

constexpr const char* kFile = "../models/antecedents.tsv";  // from data/
constexpr std::array<std::string_view, kPlaces> kPlaceNames = {"subject", "object", "prepositional", "agent", "possessor", "modifier", "other"};
constexpr std::array<std::string_view, kOwnPlaces> kOwnNames = {"subject", "object", "possessor"};
constexpr std::array<std::string_view, kTraits - kPlaceTraits> kTraitNames = {
    "later_conjunct", "bracketed", "root_subject", "apart", "one_before", "two_before", "more_before", "tokens_between", "early",
    "clause_subject", "clause_subject_of_possessive", "same_clause_possessive", "relative_subject", "holds_pronoun", "coordinated",
    "reported", "mentions_so_far", "times_named", "most_named", "named_first", "is_pronoun", "last_taken_up", "definite_nominal",
    "indefinite_nominal", "unnamed_chain", "named", "gender_known", "type_doubtful", "leans_so", "leans_otherwise", "single_word",
    "most_recent", "second_recent", "after", "after_possessive"};

Result<PersonWeights> load() {
  const auto rows = read_rows(kFile, 2);
  if (!rows) return rows.error();
  PersonWeights weights;
  for (const Row& row : *rows) {
    float value = 0;
    const auto [end, fault] = std::from_chars(row[1].data(), row[1].data() + row[1].size(), value);
    if (fault != std::errc() || end != row[1].data() + row[1].size()) return bad_input(std::string(kFile) + ": '" + row[1] + "' of '" + row[0] + "' is no number");
    if (row[0] == "nobody") {
      weights.nobody = value;
      continue;
    }
    std::size_t trait = 0;
    while (trait < kTraits && trait_name(trait) != row[0]) ++trait;
    if (trait == kTraits) return bad_input(std::string(kFile) + ": '" + row[0] + "' is no trait; train anew (tools/antecedents/train.py)");
    weights.of[trait] = value;
  }
  return weights;
}

const Result<PersonWeights>& loaded() {
  static const Result<PersonWeights> weights = load();
  return weights;
}

}  // namespace

std::string trait_name(std::size_t trait) {
  if (trait >= kPlaceTraits) return std::string(kTraitNames[trait - kPlaceTraits]);
  const std::size_t pair = trait / 2;
  return std::string(kPlaceNames[pair / kOwnPlaces]) + (trait % 2 ? " << " : " < ") + std::string(kOwnNames[pair % kOwnPlaces]);
}

const PersonWeights& person_weights() {
  static const PersonWeights none;
  return loaded() ? *loaded() : none;
}

Result<void> check_person_weights() {
  if (!loaded()) return loaded().error();
  return {};
}

}  // namespace relata::reference
