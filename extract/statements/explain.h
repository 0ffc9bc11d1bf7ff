// Why a statement was made: for `extract --explain`, and for those who extend the ontology.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/stance/stance.h"
#include "extract/statements/statements.h"

namespace relata {

struct Explanation {
  std::string rule;          // "clause", "nominal event", "title before a name", ...
  std::string entry;         // "statements/verbs.tsv: meet", or empty
  Span word;                 // the word that says it
  TokenIndex token = 0;      // the same
  bool presupposed = false;  // told by the build of a name or phrase, not by a clause
  std::optional<Span> date;  // the time expression that dates it
};

struct ExplainedStatement {
  Statement statement;
  Explanation explanation;
};

// Like find_statements, with the reason of each.
std::vector<ExplainedStatement> explain_statements(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times,
                                                   const Speech& speech);

}  // namespace relata
