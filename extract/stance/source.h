// From the words that name a speaker to an actor of the article.
#pragma once

#include <optional>

#include "extract/document.h"
#include "extract/mentions.h"

namespace relata::stance {

// The actor of a phrase by its head: its own actor; else the name beside it ("the spokesman, Ana Lima"); else, for an unnamed source,
// its stated affiliation ("a Peruvian official" -> Peru, "an official of the bank" -> the bank); else the unnamed actor, if any.
std::optional<ActorIndex> speaking_actor(const Document& document, const Actors& actors, TokenIndex head);

}  // namespace relata::stance
