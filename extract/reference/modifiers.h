// What the words around a noun say of who is meant.
#pragma once

#include "extract/reference/discourse.h"

namespace relata::reference {

// "the man who ..." and "the president of France" say themselves who is meant.
bool is_restricted(const Discourse& all, const Phrase& mention);

// No modifier at all: "the company", not "the largest company of its kind".
bool is_plain(const Discourse& all, const Phrase& mention);

// A name before the noun that is not the cluster's: "the Lindqvist administration" is none of another country's.
bool names_another(const Discourse& all, const Phrase& mention, std::uint32_t cluster);

// Whatever modifies the noun of `mention` modifies that of `before` too.
bool modifiers_fit(const Discourse& all, const Phrase& mention, const Phrase& before);

}  // namespace relata::reference
