// Verbs the ontology does not know, by the verbs it knows that the model's word vectors hold for alike: a hint for those who add rows.
// It types no statement. The model keeps 20,000 vectors for all words, so that most verbs share theirs with others, and verbs of feeling
// lie beside verbs of blame: where the three nearest verbs agreed, one in seven statements so typed was right, where OTHER is never wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/language/word_vectors.h"
#include "extract/statements/ontology.h"

namespace relata::statements {

struct NearVerb {
  std::string verb;  // of the ontology
  std::string type;  // of its first row that holds for any subject and object
  float cosine = 0;
};

// At most `most` known verbs at least as alike as `cosine`, nearest first, then by the alphabet; the verb itself is left out.
std::vector<NearVerb> nearest_verbs(const Ontology& ontology, const WordVectors& vectors, std::string_view verb, std::size_t most, float cosine);

}  // namespace relata::statements
