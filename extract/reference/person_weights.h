// How much each trait of a candidate weighs for "he" and "she": models/antecedents.tsv, made by tools/antecedents/train.py.
#pragma once

#include "extract/reference/person_traits.h"
#include "graph/result.h"

namespace relata::reference {

struct PersonWeights {
  std::array<float, kTraits> of{};
  float nobody = 0;  // the sum a candidate must exceed, else the pronoun means none of them
};

// The name of a trait in the file: "subject < possessor" for a subject and a possessive pronoun of one sentence, "subject << possessor"
// when the pronoun stands in a later one; else the trait's name in `Trait`.
std::string trait_name(std::size_t trait);

// Read at the first call; safe from any thread. All zero when the file cannot be read: check_person_weights() tells why.
const PersonWeights& person_weights();
Result<void> check_person_weights();

}  // namespace relata::reference
