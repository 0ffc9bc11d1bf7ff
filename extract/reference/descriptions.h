// What titles and appositions call a named actor: "Kremlin spokesman Dmitry Peskov", "Peskov, the spokesman".
#pragma once

#include "extract/reference/discourse.h"

namespace relata::reference {

// Gives the cluster of a name mention the nouns that later noun phrases may call it by, and the lands its titles name.
void describe(Discourse& all, std::uint32_t index);

// The place named right before a title, as a group of the lexicon: "French" of "French foreign minister"; 0 when there is none.
std::uint32_t land_before(const Discourse& all, TokenIndex word);

}  // namespace relata::reference
