#include <algorithm>
#include <set>
#include <tuple>

#include "extract/statements/explain.h"
#include "extract/statements/facts.h"
#include "extract/statements/seats.h"
#include "extract/statements/shared_dates.h"

namespace relata {

using namespace statements;

namespace {

// "the Norland 500", "Port Ann, Sudria": what the build of a name tells of it is told by each of its mentions; once is enough.
void tell_once(std::vector<ExplainedStatement>& all) {
  std::set<std::tuple<ActorIndex, ActorIndex, std::string>> told;
  std::erase_if(all, [&](const ExplainedStatement& found) {
    const std::string& rule = found.explanation.rule;
    if (rule != "maker in the name" && rule != "place after a place") return false;
    return !told.emplace(found.statement.subject, found.statement.object, found.statement.type).second;
  });
}

}  // namespace

std::vector<ExplainedStatement> explain_statements(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times,
                                                   const Speech& speech) {
  const Ontology* ontology = Ontology::shared();
  if (ontology == nullptr) return {};
  const Reach reach(document, actors, *ontology);
  Facts facts(document, times, speech);
  std::unordered_set<TokenIndex> swallowed;
  ToldEvents events;
  const Reading reading{document, *ontology, reach, facts, events, swallowed};
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    if (document.noise[i]) continue;
    swallowed.clear();
    const TokenRange sentence = document.sentences[i];
    const std::vector<Clause> clauses = find_clauses(document, sentence);
    add_clause_facts(reading, clauses);
    add_noun_facts(reading, clauses, sentence);
    add_state_facts(reading, clauses, sentence);
  }
  std::vector<ExplainedStatement> all = facts.take();
  std::stable_sort(all.begin(), all.end(), [](const ExplainedStatement& a, const ExplainedStatement& b) {
    return a.explanation.word.begin < b.explanation.word.begin;
  });
  tell_once(all);
  share_dates(document, actors, times, *ontology, all);
  add_seats(actors, all);
  return all;
}

std::vector<Statement> find_statements(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times,
                                       const Speech& speech) {
  std::vector<Statement> statements;
  for (ExplainedStatement& found : explain_statements(document, actors, times, speech)) statements.push_back(std::move(found.statement));
  return statements;
}

}  // namespace relata
