// Decisions on identity as people write them.
#include <doctest/doctest.h>

#include "query/decisions.h"
#include "query/redirects.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;

namespace {

std::string refused(DecisionKind kind, std::string_view body) {
  const auto words = parse_decision_words(kind, body);
  return words ? "" : words.error().message;
}

}  // namespace

TEST_CASE("decisions: a body that is wrong is refused with the name of what is wrong") {
  CHECK(refused(DecisionKind::merge, "[1]") == "body: a JSON object is expected");
  CHECK(refused(DecisionKind::merge, "{\"entity\":\"Anna\"") == "body: a JSON object is expected");
  CHECK(refused(DecisionKind::merge, R"({"entity":"Anna"})") == "other: is missing in the body");
  CHECK(refused(DecisionKind::never, R"({"entity":"Anna","other":7})") == "other: a text is expected");
  CHECK(refused(DecisionKind::undo, R"({"decision":"d1","entity":"Anna"})") == "entity: unknown member of the body; known are decision, author, note, time");
  CHECK(refused(DecisionKind::split, R"({"entity":"Anna","actors":"x"})").starts_with("actors: an array"));
  CHECK(refused(DecisionKind::split, R"({"entity":"Anna","actors":[1]})").starts_with("actors: holds"));
  CHECK(refused(DecisionKind::merge, R"({"entity":"Anna","other":"Eva","note":")" + std::string(20'000, 'x') + "\"}").starts_with("note: at most"));
  CHECK(refused(DecisionKind::merge, R"({"entity":"Anna","other":"Eva","author":"ana","time":"2024-01-02"})").empty());
}

TEST_CASE("decisions: words become a decision, ids as they are and names looked up") {
  const auto view = graph_of({{"Anna Berg", "CONSULT", "Carl Dahl", "2024-03-01"}});
  const auto decided = decision_of(DecisionKind::merge, {"anna berg", "e0123456789abcdef", {}, {}, "ana", "same face", "2024-05-06T07:08:09Z"}, *view);
  REQUIRE(decided.ok());
  CHECK(view->entity(*view->node(decided->a)).name == "Anna Berg");
  CHECK(to_string(decided->b) == "e0123456789abcdef");
  CHECK(decided->time == "2024-05-06T07:08:09Z");
  CHECK(decision_of(DecisionKind::merge, {"Nobody", "Anna Berg", {}, {}, {}, {}, {}}, *view).error().fault == Fault::not_found);
  CHECK(decision_of(DecisionKind::merge, {"Carl Dahl", "Anna Berg", {}, {}, {}, {}, "yesterday"}, *view).error().message.starts_with("time='yesterday'"));
  CHECK(decision_of(DecisionKind::undo, {{}, {}, {}, "12", {}, {}, {}}, *view).error().message.starts_with("decision='12'"));
  CHECK(decision_of(DecisionKind::undo, {{}, {}, {}, "d99999999999", {}, {}, {}}, *view).error().message.starts_with("decision="));
  CHECK(decision_of(DecisionKind::split, {"Anna Berg", {}, {"0123456789abcdef.s3"}, {}, {}, {}, {}}, *view).error().message.starts_with("actors:"));
  const auto split = decision_of(DecisionKind::split, {"Anna Berg", {}, {"0123456789abcdef.e3", "0123456789abcdef.e1", "0123456789abcdef.e3"}, {}, {}, {}, {}}, *view);
  REQUIRE(split.ok());
  REQUIRE(split->actors.size() == 2);  // ascending, each once
  CHECK(split->actors.front().actor == 1);
}

TEST_CASE("decisions: what is printed has only what its kind has") {
  Decision decision;
  decision.id = 3;
  decision.kind = DecisionKind::undo;
  decision.undone = 2;
  decision.version = 9;
  CHECK(dump(to_json(decision, false)) == R"({"id":"d3","kind":"undo","version":9,"undone":false,"author":"","time":"","note":"","of":"d2"})");
}

TEST_CASE("redirects: nothing is reported for ids that are what they were, or are no ids") {
  const auto view = graph_of({{"Anna Berg", "CONSULT", "Carl Dahl", "2024-03-01"}});
  const std::string anna = to_string(view->entity_id(view->named("anna berg", 1).front().node));
  CHECK(redirects({{"id", {anna}}, {"source", {"Anna Berg"}}, {"target", {"e0123456789abcdef"}}}, *view).empty());
}
