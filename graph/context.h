// What the words around a person's name tell of his walk of life: a vector of how many different words of each field of data/identity/fields.tsv
// stand near it. Two people of one name are told apart by where theirs point when articles say nothing of what they are (graph/senses.h).
// Firth (1957), "a word is characterized by the company it keeps"; the fields are given, not learnt, so that a reason can be read.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/extraction.h"
#include "graph/name_forms.h"

namespace relata {

// By field, in the order of NameForms::fields(). Depends on the article and the lore alone.
using Context = std::vector<std::uint16_t>;

// Of the title and of the words within kContextReach of each mention of the actor; of the whole text for an actor without mentions.
// Linear in the text, of which the first kMostContextText bytes are looked at.
Context context_of(const Extraction& extraction, ActorIndex actor, const NameForms& forms);
inline constexpr std::size_t kContextReach = 40;  // words
inline constexpr std::size_t kMostContextText = 1 << 20;

// The one field that a context plainly points to: of it stand there two words at least, and three times as many as of any other.
inline constexpr FieldIndex kNoField = 255;
FieldIndex plain_field(const Context& context);

}  // namespace relata
