// Which earlier (or, in an introductory phrase, later) mention a pronoun or noun phrase means.
//
// A mention-ranking resolver in the tradition of Lappin & Leass (1994, "An Algorithm for Pronominal Anaphora Resolution"):
// agreement and binding rule candidates out, hand-set weights of salience (role, recency, parallelism, frequency) rank the rest.
#pragma once

#include <vector>

#include "extract/reference/clusters.h"

namespace relata::reference {

// Assigns Phrase::cluster of every pronoun and nominal that is kept, adding clusters without a name. Mentions that refer to nothing
// keep kNone.
void resolve_mentions(const Document& document, const names::Lexicon& lexicon, std::vector<Phrase>& mentions, std::vector<Cluster>& clusters);

}  // namespace relata::reference
