// Refer: which mentions of an article mean the same thing.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"

namespace relata {

// Groups names, nominals and pronouns into actors, in order of first mention. Every name outside noise is in exactly one actor.
Actors resolve_references(const Document& document, const std::vector<Name>& names);

}  // namespace relata
