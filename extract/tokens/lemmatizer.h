// Word forms -> dictionary forms.
#pragma once

#include "extract/document.h"

namespace relata {

// To be applied after the AttributeRuler. Reads text, lower, pos, morph; fills the lemmas that are still empty. A lemma is a
// view of the token's text or lower form, of a table that lives as long as the program, or of memory in document.scratch
// (made when missing). No state: any thread.
class Lemmatizer {
 public:
  void apply(Document& document) const;
};

}  // namespace relata
