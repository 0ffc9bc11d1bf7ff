#include "query/identity_routes.h"

#include <algorithm>

#include "query/cursor.h"
#include "query/decisions.h"
#include "query/problem.h"
#include "query/resolve.h"

namespace relata {
namespace {

Response json_text(const Json& json) {
  Response response;
  response.body = dump(json);
  return response;
}

Response refusal(const Error& error, const DecisionWords& words, const GraphView& view, const Request& request) {
  Json more = Json::object();
  const std::string_view name = std::string_view(error.message).substr(0, error.message.find_first_of("=: "));
  for (const std::string_view known : {"entity", "other", "actors", "decision", "time", "author", "note"})
    if (name == known) more["parameter"] = name;
  if (error.fault == Fault::conflict && (name == "entity" || name == "other")) {
    more["candidates"] = Json::array();
    for (const Entity& entity : ambiguous(view, name == "entity" ? words.entity : words.other)) more["candidates"].push_back(to_json(entity));
  }
  return problem(error, request, more);
}

template <DecisionKind kind>
Response decide(const Call& call) {
  if (!call.backend.decide) return problem(403, "this service only reads; start it with writing allowed", call.request);
  const auto before = call.backend.view();
  const Result<DecisionWords> words = parse_decision_words(kind, call.request.body);
  if (!words) return refusal(words.error(), {}, *before, call.request);
  const Result<Decision> decision = decision_of(kind, *words, *before);
  if (!decision) return refusal(decision.error(), *words, *before, call.request);
  const Result<Decision> decided = call.backend.decide(*decision);
  if (!decided) return refusal(decided.error(), *words, *before, call.request);
  return json_text(decision_receipt(*decided, *call.backend.view()));
}

const std::string& given(const Call& call, std::string_view name) {
  static const std::string kNothing;
  const auto found = call.given.find(name);
  return found == call.given.end() || found->second.empty() ? kNothing : found->second.front();
}

Page page_of(const Call& call) {
  Page page;
  if (const std::string& limit = given(call, "limit"); !limit.empty()) page.limit = std::stoul(limit);  // checked to be a number in range
  page.cursor = given(call, "cursor");
  return page;
}

Json next_of(const Place& where, std::size_t end, std::size_t all, std::string_view print) {
  return end < all ? Json(cursor({where.version, end}, print)) : Json(nullptr);
}

Response decisions(const Call& call) {
  if (!call.backend.decisions) return problem(403, "this service keeps no decisions", call.request);
  const Page page = page_of(call);
  const std::string print = fingerprint("decisions", {}, {});
  const Result<Place> where = place(page, print, {}, *call.backend.view());
  if (!where) return problem(where.error(), call.request);
  const std::vector<Decision> all = call.backend.decisions();
  const std::set<DecisionId> taken_back = undone(all);
  const std::size_t begin = std::min(where->offset, all.size()), end = std::min(begin + page.limit, all.size());
  Json rows = Json::array();
  for (std::size_t i = begin; i < end; ++i) rows.push_back(to_json(all[i], taken_back.contains(all[i].id)));
  return json_text({{"decisions", std::move(rows)}, {"next", next_of(*where, end, all.size(), print)}});
}

Response actors(const Call& call) {
  const auto view = call.backend.view();
  const Page page = page_of(call);
  std::optional<Node> only;
  if (const std::string& entity = given(call, "entity"); !entity.empty()) {
    const Result<Node> node = resolve(*view, "entity", entity);
    if (!node) return refusal(node.error(), DecisionWords{entity, {}, {}, {}, {}, {}, {}}, *view, call.request);
    only = *node;
  }
  const std::string print = fingerprint("identity", {only ? to_string(view->entity_id(*only)) : ""}, {});
  const Result<Place> where = place(page, print, {}, *view);
  if (!where) return problem(where.error(), call.request);
  const std::vector<ArticleId> articles = only ? view->articles_of(*only) : view->articles();
  const std::size_t begin = std::min(where->offset, articles.size()), end = std::min(begin + page.limit, articles.size());
  Json rows = Json::array();
  for (std::size_t i = begin; i < end; ++i) {
    const Result<Json> some = actors_of(*view, articles[i], only);
    if (!some) return problem(some.error(), call.request);
    rows.insert(rows.end(), some->begin(), some->end());
  }
  return json_text({{"actors", std::move(rows)}, {"next", next_of(*where, end, articles.size(), print)}});
}

Response reasons(const Call& call) {
  if (!call.backend.reasons) return problem(403, "this service knows no reasons", call.request);
  const auto view = call.backend.view();
  const std::string& text = given(call, "entity");
  const Result<Node> node = resolve(*view, "entity", text);
  if (!node) return refusal(node.error(), DecisionWords{text, {}, {}, {}, {}, {}, {}}, *view, call.request);
  Json links = Json::array();
  for (const Link& link : call.backend.reasons(view->entity_id(*node))) links.push_back(to_json(link));
  return json_text({{"entity", to_json(view->entity(*node))}, {"links", std::move(links)}});
}

Parameter entity_parameter(bool required) {
  Parameter parameter{"entity", "entity id or name", ParameterKind::entity};
  parameter.required = required;
  return parameter;
}

std::vector<Parameter> paged(std::string_view what) {
  return {{"limit", what, ParameterKind::integer, 1, kMaxLimit, "50"}, {"cursor", "the `next` of the answer before"}};
}

}  // namespace

std::vector<Route> identity_routes() {
  std::vector<Parameter> listed = paged("entities of at most so many articles in one answer");
  listed.insert(listed.begin(), entity_parameter(false));
  return {
      {"POST", "/v1/identity/merge", "Two entities are one", {}, "DecisionReceipt", {}, decide<DecisionKind::merge>, false, "PairDecision"},
      {"POST", "/v1/identity/never", "Two entities are not one, whatever their names", {}, "DecisionReceipt", {}, decide<DecisionKind::never>, false, "PairDecision"},
      {"POST", "/v1/identity/split", "Some actors are somebody else of the same name", {}, "DecisionReceipt", {}, decide<DecisionKind::split>, false, "SplitDecision"},
      {"POST", "/v1/identity/undo", "Take a decision back", {}, "DecisionReceipt", {}, decide<DecisionKind::undo>, false, "UndoDecision"},
      {"GET", "/v1/identity/decisions", "Every decision on identity, in the order they were made, also those taken back", paged("at most so many in one answer"), "Decisions", {}, decisions},
      {"GET", "/v1/identity/reasons", "Why the names of an entity are one", {entity_parameter(true)}, "Reasons", {}, reasons},
      {"GET", "/v1/identity", "Which entity each article's entities became", std::move(listed), "Actors", {}, actors},
  };
}

}  // namespace relata
