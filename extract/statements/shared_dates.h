// Dates that a statement has from elsewhere in its article.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/statements/explain.h"
#include "extract/statements/ontology.h"

namespace relata::statements {

// Gives dates to undated, actual statements that tell of what the article dated elsewhere:
// - the same two actors, the same type and predicate, and a single date for them in the article: "called X on Friday ... the call";
// - what a meeting or call that the article dated led two actors to agree on: the same pair, later in the text;
// - what somebody said, after the article told when he, or whom he speaks for, spoke: "said on Tuesday ... He accused ...", until it tells
//   of another time; before that too (headlines, leads), when all he says in the article is of one date;
// - what the article tells as the news of its day (news_day.h).
// A date is taken over as it stands, never made more precise. `statements` are in text order.
void share_dates(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times, const Ontology& ontology,
                 std::vector<ExplainedStatement>& statements);

}  // namespace relata::statements
