// The phrase behind the dash that ends a headline, which tells who says it: "No deal in sight — Norlandic minister".
#pragma once

#include "extract/document.h"

namespace relata {

// The parser was trained on few such lines and hangs the phrase into what stands before the dash, or that into the phrase. Takes
// them apart: what stands before is a clause of its own, the phrase hangs on its root as parataxis. True if any head moved: index_tree() is wanted then.
bool part_credits(Document& document);

}  // namespace relata
