// Pronouns of the third person: which mention they take up.
//
// A mention-ranking resolver in the tradition of Lappin & Leass (1994, "An Algorithm for Pronominal Anaphora Resolution"):
// agreement and binding rule candidates out, weights of salience (role, recency, parallelism, frequency) rank the rest.
#pragma once

#include "extract/reference/discourse.h"

namespace relata::reference {

// Assigns the cluster of a pronoun of the third person, or leaves it without one when it refers to nothing.
void resolve_pronoun(Discourse& all, std::uint32_t index);

}  // namespace relata::reference
