// Tags -> parts of speech, morphology and the lemmas that a table knows.
#pragma once

#include "extract/document.h"

namespace relata {

// To be applied after tagger and parser. Reads tag, dep, lower, is_space; writes pos, morph, some lemmas (the others are made
// empty), and for white space tag and dep. All rules look at the values before any is written. The views written live as
// long as the program. No state: any thread.
class AttributeRuler {
 public:
  void apply(Document& document) const;
};

}  // namespace relata
