// The years an office was held, in brackets behind it: "prime minister of Norland (2005-2013)", "(foreign minister of Norland, 1994-98)".
#pragma once

#include <optional>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"

namespace relata::statements {

struct TermOfOffice {
  When when;   // from the first year to the last
  Span words;  // that tell it
};

// Of the office that the noun names; `times` are in text order.
std::optional<TermOfOffice> term_of_office(const Document& document, const std::vector<TimeExpression>& times, TokenIndex noun);

}  // namespace relata::statements
