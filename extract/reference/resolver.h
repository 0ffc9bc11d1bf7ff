// Which earlier (or, in an introductory phrase, later) mention every pronoun and noun phrase of an article means.
#pragma once

#include <vector>

#include "extract/reference/discourse.h"

namespace relata::reference {

// Assigns Phrase::cluster of every pronoun and nominal that is kept, adding clusters without a name. Mentions that refer to nothing
// keep kNone.
void resolve_mentions(const Document& document, const names::Lexicon& lexicon, std::vector<Phrase>& mentions, std::vector<Cluster>& clusters,
                      Watcher* watcher = nullptr);

}  // namespace relata::reference
