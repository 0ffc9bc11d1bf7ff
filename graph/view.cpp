#include "graph/view.h"

#include <algorithm>
#include <tuple>

#include "graph/identity.h"

namespace relata {

std::span<const Edge> touching(std::span<const Edge> run, Day from, Day until, std::int32_t longest) {
  const auto earliest = std::lower_bound(run.begin(), run.end(), Day{from.number - longest}, [](const Edge& edge, Day day) { return edge.begin < day; });
  const auto end = std::upper_bound(earliest, run.end(), until, [](Day day, const Edge& edge) { return day < edge.begin; });
  return {earliest, end};
}

Result<void> GraphView::tell(std::span<const StatementIndex> statements, const TellTo& told) const {
  std::vector<std::string_view> verbs;
  expect_statements(statements);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Result<Statement> statement = statement_value(statements[i]);
    if (!statement) return statement.error();
    const Result<Evidence> proof = evidence(statements[i]);
    if (!proof) return proof.error();
    verbs.clear();
    for (const Attribution& attribution : statement->attribution) verbs.push_back(attribution.verb);
    Telling telling;
    telling.predicate = statement->predicate;
    telling.polarity = statement->polarity;
    telling.modality = statement->modality;
    telling.confidence = statement->confidence;
    telling.span = proof->span;
    telling.sentence = proof->text;
    telling.verbs = verbs;
    telling.uri = proof->uri;
    telling.title = proof->title;
    telling.publisher = proof->publisher;
    telling.published = proof->published;
    if (statement->time) {
      telling.timed = true;
      telling.time = statement->time->value;
      telling.mod = statement->time->mod;
    }
    told(i, telling);
  }
  return {};
}

std::vector<EntityMatch> GraphView::listed(std::string_view prefix, std::size_t limit) const {
  struct Listed {
    std::string name;
    EntityId id;
    EntityMatch match;
  };
  const std::string folded = fold_name(prefix);
  std::vector<Listed> all;
  for (const EntityMatch& match : named(prefix, nodes())) {
    const Entity found = entity(match.node);
    if (found.articles == 0) continue;
    std::string first;
    for (const std::string& alias : found.aliases) {
      std::string name = fold_name(alias);
      if (name.starts_with(folded) && (first.empty() || name < first)) first = std::move(name);
    }
    all.push_back({std::move(first), found.id, match});
  }
  std::sort(all.begin(), all.end(), [](const Listed& a, const Listed& b) { return std::tie(a.name, a.id) < std::tie(b.name, b.id); });
  std::vector<EntityMatch> matches;
  for (std::size_t i = 0; i < std::min(limit, all.size()); ++i) matches.push_back(all[i].match);
  return matches;
}

}  // namespace relata
