// State: who did what to whom. From clauses of the dependency tree to typed statements between actors.
#pragma once

#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/stance/stance.h"
#include "graph/extraction.h"

namespace relata {

// An open triple of one sentence: words, not entities ("Putin", "discussed", ["Ukraine", "with Scholz"]).
struct Triple {
  std::string subject;
  std::string predicate;
  std::vector<std::string> objects;
  double confidence = 0;
};

// All triples of one sentence, most confident first.
std::vector<Triple> open_triples(const Document& document, std::size_t sentence);

// Typed statements between actors, in text order; noise sentences give none. Uses stance_of, Speech and time_of for each.
std::vector<Statement> find_statements(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times,
                                       const Speech& speech);

}  // namespace relata
