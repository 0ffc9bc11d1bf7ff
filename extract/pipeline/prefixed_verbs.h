// Verbs with a hyphenated prefix ("has out-sold", "re-elected"): the parser takes the part behind the hyphen for an adjective.
#pragma once

#include "extract/document.h"

namespace relata {

// Makes the verb the head of its clause again. Whether anything was changed: then the tree's index is to be made anew.
bool mend_prefixed_verbs(Document& document);

}  // namespace relata
