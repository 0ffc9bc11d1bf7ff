// Names before the noun that tells who they are: "Ann Lee and Bo Ek, teachers at Norland School, were freed."
#pragma once

#include "extract/document.h"

namespace relata {

// The parser may take the noun for the subject and hang the names loosely on the verb. Makes the names the subject and the noun their
// apposition. True if any head moved: index_tree() is wanted then.
bool mend_appositions(Document& document);

}  // namespace relata
