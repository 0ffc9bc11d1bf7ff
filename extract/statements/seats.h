// Capitals and seats that an article names for their government: "Moscow accused", "the White House said".
#pragma once

#include <vector>

#include "extract/mentions.h"
#include "extract/statements/explain.h"

namespace relata::statements {

// Adds SAME_ACTOR_AS once for each capital or seat that acts in a statement, when the article names its state too. The statements
// stay in text order.
void add_seats(const Actors& actors, std::vector<ExplainedStatement>& statements);

}  // namespace relata::statements
