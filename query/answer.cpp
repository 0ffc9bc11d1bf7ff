#include "query/answer.h"

#include <type_traits>
#include <utility>

#include "query/resolve.h"

namespace relata {
namespace {

template <typename T>
Result<Answer> any(Result<T> result) {
  if (!result) return result.error();
  return Answer(*std::move(result));
}

struct Asker {
  const GraphView& view;
  const Budget& budget;
  Result<Answer> operator()(const FindQuestion& q) const { return any(find(q, view, budget)); }
  Result<Answer> operator()(const ShowQuestion& q) const { return any(show(q, view)); }
  Result<Answer> operator()(const NeighbourhoodQuestion& q) const { return any(neighbourhood(q, view, budget)); }
  Result<Answer> operator()(const TimelineQuestion& q) const { return any(timeline(q, view, budget)); }
  Result<Answer> operator()(const QuotesQuestion& q) const { return any(quotes(q, view, budget)); }
  Result<Answer> operator()(const RelationsQuestion& q) const { return any(relations(q, view, budget)); }
  Result<Answer> operator()(const RelationQuestion& q) const { return any(relation_by_id(q, view)); }
  Result<Answer> operator()(const StatementsQuestion& q) const { return any(statements(q, view, budget)); }
  Result<Answer> operator()(const ArticleQuestion& q) const { return any(article(q, view)); }
  Result<Answer> operator()(const StatsQuestion& q) const { return any(stats(q, view)); }
  Result<Answer> operator()(const PathQuestion& q) const { return any(paths(q, view, budget)); }
  Result<Answer> operator()(const ConnectionsQuestion& q) const { return any(connections(q, view, budget)); }
  Result<Answer> operator()(const SidesQuestion& q) const { return any(sides(q, view, budget)); }
};

// The references of a question, as typed.
template <typename Q>
std::vector<std::string_view> references(const Q& question) {
  std::vector<std::string_view> texts;
  if constexpr (requires { question.entity; }) texts.push_back(question.entity);
  if constexpr (requires { question.source; }) texts.push_back(question.source);
  if constexpr (requires { question.target; }) texts.push_back(question.target);
  if constexpr (requires { question.entities; }) texts.insert(texts.end(), question.entities.begin(), question.entities.end());
  if constexpr (requires { question.through; }) {
    texts.insert(texts.end(), question.through.begin(), question.through.end());
    texts.insert(texts.end(), question.avoid.begin(), question.avoid.end());
  }
  return texts;
}

}  // namespace

Result<Answer> answer(const Question& question, const GraphView& view, const Budget& budget) {
  if (!view.whole() && about_all(question)) return bad_input("this needs the whole graph in memory, of which only what a question touches is fetched here: name an entity");
  Result<Answer> answered = std::visit(Asker{view, budget}, question);
  if (auto fetched = view.fetched(); !fetched) return fetched.error();
  return answered;
}

bool about_all(const Question& question) {
  if (const auto* found = std::get_if<FindQuestion>(&question)) return found->q.empty();
  const auto open = [](const auto& q) { return q.entity.empty() && q.source.empty() && q.target.empty(); };
  if (const auto* relations = std::get_if<RelationsQuestion>(&question)) return open(*relations);
  if (const auto* statements = std::get_if<StatementsQuestion>(&question)) return open(*statements);
  return false;
}

std::vector<Entity> candidates(const Question& question, const GraphView& view) {
  const auto texts = std::visit([](const auto& q) { return references(q); }, question);
  for (const std::string_view text : texts)
    if (std::vector<Entity> fits = ambiguous(view, text); !fits.empty()) return fits;
  return {};
}

std::vector<Entity> suggested(const Question& question, const GraphView& view) {
  const auto texts = std::visit([](const auto& q) { return references(q); }, question);
  for (const std::string_view text : texts)
    if (std::vector<Entity> fits = suggestions(view, text); !fits.empty()) return fits;
  return {};
}

}  // namespace relata
