// How good an antecedent a mention is for a pronoun that agrees with it.
#pragma once

#include "extract/reference/discourse.h"

namespace relata::reference {

// The sum of the weights (weights.h) of what speaks for and against the candidate. Its cluster is assigned.
float rank(const Discourse& all, const Phrase& pronoun, const Phrase& candidate);

}  // namespace relata::reference
