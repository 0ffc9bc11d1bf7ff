// What makes one antecedent of "it" and "they" better than another ("he" and "she": person_weights.h). Set by hand; all are added up, the best sum above the threshold wins.
#pragma once

namespace relata::reference {

struct Weights {
  // Role of the candidate in its clause.
  float subject = 0.7f;
  float object = 0.45f;
  float possessor = 0.25f;
  float modifier = -0.7f;        // "the Boeing deal"
  float apposition = 0.1f;
  float root_subject = 0.25f;    // of the sentence's main clause
  float parallel_subject = 0.65f;
  float parallel_role = 0.3f;
  // Distance.
  float other_sentence = -0.7f;
  float each_sentence = -1.3f;
  float each_token = -0.03f;    // in the same sentence, up to 60
  float early = 0.25f;           // at the very beginning of an earlier sentence
  float clause_subject = 0.35f;  // the subject of a clause that holds the pronoun
  float clause_subject_possessive = 0.5f;
  float same_clause_possessive = 0.5f;
  float relative_subject = 1.2f; // "Ann, who ... her"
  // The actor so far.
  float each_mention = 0.12f;    // up to six
  float same_pronoun = 0.5f;     // taken up by the same kind of pronoun before
  float nominal_definite = -0.25f;
  float nominal = -0.35f;
  float unnamed_pronoun = -0.8f; // a chain of pronouns that no name has explained
  float named = 0.3f;
  float gender_known = 0.5f;
  float gender_unknown = -0.1f;
  float type_doubtful = -0.4f;   // "he" for what the recognizer took for an organisation or place
  // "it".
  float thing_untyped = -0.1f;
  float thing_place = -0.3f;
  float thing_org = 0.15f;
  // "they".
  float plural = 0.6f;
  float plural_people = 0.3f;
  float coordination = -0.1f;
  float plural_org = 0.1f;
  float plural_other = -0.6f;
  // A name after the pronoun: "In his speech, Putin ..."
  float cataphora = 3.2f;
  float cataphora_possessive = 4.0f;
  // Least sums.
  float least_thing = 0.4f;
  float least_plural = 0.3f;
};

inline constexpr Weights kWeights;

}  // namespace relata::reference
