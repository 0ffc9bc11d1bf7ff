// The one door: a question over a view gives an answer. Pure: no clock, no store, no network; same view and question, same
// answer. Any number of threads may ask the same view.
//
//   Result<Answer> a = answer(PathQuestion{.source = "Vladimir Putin", .target = "Joe Biden"}, view);
//
// bad_input: a parameter out of range, or a cursor of another question; not_found: no such entity, relation or article;
// conflict: a name that fits several entities equally (candidates() lists them); corrupt, io: from the store.
#pragma once

#include <string_view>
#include <vector>

#include "graph/result.h"
#include "graph/view.h"
#include "query/answers.h"
#include "query/questions.h"

namespace relata {

Result<Answer> answer(const Question& question, const GraphView& view, const Budget& budget = {});

Result<FindAnswer> find(const FindQuestion& question, const GraphView& view, const Budget& budget = {});
Result<ShowAnswer> show(const ShowQuestion& question, const GraphView& view);
Result<RelationsAnswer> neighbourhood(const NeighbourhoodQuestion& question, const GraphView& view, const Budget& budget = {});
Result<TimelineAnswer> timeline(const TimelineQuestion& question, const GraphView& view, const Budget& budget = {});
Result<QuotesAnswer> quotes(const QuotesQuestion& question, const GraphView& view, const Budget& budget = {});
Result<RelationsAnswer> relations(const RelationsQuestion& question, const GraphView& view, const Budget& budget = {});
Result<RelationAnswer> relation_by_id(const RelationQuestion& question, const GraphView& view);
Result<StatementsAnswer> statements(const StatementsQuestion& question, const GraphView& view, const Budget& budget = {});
Result<ArticleAnswer> article(const ArticleQuestion& question, const GraphView& view);
Result<StatsAnswer> stats(const StatsQuestion& question, const GraphView& view);
Result<PathAnswer> paths(const PathQuestion& question, const GraphView& view, const Budget& budget = {});

Result<ConnectionsAnswer> connections(const ConnectionsQuestion& question, const GraphView& view, const Budget& budget = {});
Result<SidesAnswer> sides(const SidesQuestion& question, const GraphView& view, const Budget& budget = {});

// Whether it can only be answered by going through the whole graph: a view that fetches (GraphView::whole) refuses it.
bool about_all(const Question& question);

// The entities among which an ambiguous reference of the question cannot choose; empty if none is ambiguous.
std::vector<Entity> candidates(const Question& question, const GraphView& view);
// What the first reference of the question that finds nothing may mean (see suggestions() of query/resolve.h).
std::vector<Entity> suggested(const Question& question, const GraphView& view);

// Evidence given with each relation of a list, and with one relation alone.
inline constexpr std::size_t kEvidenceInLists = 5;
inline constexpr std::size_t kEvidenceOfOne = 500;

}  // namespace relata
