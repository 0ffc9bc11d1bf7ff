// Name: the names of an article, with the recognizer's types and boundaries repaired over the whole article.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"

namespace relata {

// In text order, not overlapping. Includes names in noise sentences (callers that make entities leave those out).
std::vector<Name> find_names(const Document& document);

}  // namespace relata
