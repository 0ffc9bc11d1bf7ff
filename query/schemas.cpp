#include "query/schemas.h"

#include <charconv>

#include "graph/kinds.h"

namespace relata {
namespace {

Json number(double value) { return value == static_cast<double>(static_cast<std::int64_t>(value)) ? Json(static_cast<std::int64_t>(value)) : Json(value); }

Json fallback_of(const Parameter& parameter) {
  double value = 0;
  if (parameter.kind != ParameterKind::integer && parameter.kind != ParameterKind::number) return parameter.kind == ParameterKind::boolean ? Json(parameter.fallback == "true") : Json(parameter.fallback);
  std::from_chars(parameter.fallback.data(), parameter.fallback.data() + parameter.fallback.size(), value);
  return number(value);
}

Json type(std::string_view name) { return Json{{"type", name}}; }
Json nullable(std::string_view name) { return Json{{"type", Json::array({name, "null"})}}; }
Json date(bool known = false) {
  Json schema = known ? type("string") : nullable("string");
  schema["format"] = "date";
  return schema;
}
Json reference(std::string_view name) { return Json{{"$ref", "#/components/schemas/" + std::string(name)}}; }
Json list(Json items) { return Json{{"type", "array"}, {"items", std::move(items)}}; }
Json fraction() { return Json{{"type", "number"}, {"minimum", 0}, {"maximum", 1}}; }
Json count() { return Json{{"type", "integer"}, {"minimum", 0}}; }

template <typename Enum>
Json choice(int values) {
  Json names = Json::array();
  for (int i = 0; i < values; ++i) names.push_back(to_string(static_cast<Enum>(i)));
  return Json{{"type", "string"}, {"enum", std::move(names)}};
}

// An object all of whose members are always there, but for those in `sometimes`.
Json object(Json members, const Json& sometimes = Json::object()) {
  Json required = Json::array();
  for (const auto& [name, schema] : members.items()) required.push_back(name);
  members.update(sometimes);
  return Json{{"type", "object"}, {"properties", std::move(members)}, {"required", std::move(required)}};
}

Json next() {
  Json schema = nullable("string");
  schema["description"] = "cursor of the following page; null on the last";
  return schema;
}

Json cut() {
  return Json{{"cut", {{"type", "boolean"}, {"description", "the answer is a part: looking at more was too costly"}}}, {"explain", reference("Visited")}};
}

Json counted_out() {
  Json members = cut();
  members["left_out_types"] = Json{{"type", "object"}, {"additionalProperties", count()}, {"description", "what left_out counts, by relation type"}};
  return members;
}

Json relation_members() {
  return {{"id", type("string")},
          {"source", type("string")},
          {"target", type("string")},
          {"type", type("string")},
          {"predicates", list(type("string"))},
          {"time", {{"oneOf", Json::array({reference("Time"), type("null")})}}},
          {"asserted", count()},
          {"denied", count()},
          {"modalities", {{"type", "object"}, {"additionalProperties", count()}}},
          {"contested", type("boolean")},
          {"publishers", count()},
          {"confidence", fraction()},
          {"evidence", list(reference("Evidence"))}};
}

Json span_members() { return {{"begin", count()}, {"end", count()}, {"text", type("string")}}; }

void add_parts(Json& all) {
  all["Time"] = object({{"value", type("string")}, {"begin", date(true)}, {"end", date(true)}, {"precision", type("string")}}, {{"mod", type("string")}});
  all["Source"] = object({{"source", type("string")}, {"name", type("string")}, {"verb", type("string")}});
  Json evidence{{"statement", type("string")}, {"article", type("string")}, {"uri", type("string")},
                {"title", type("string")},     {"published", date()},       {"publisher", type("string")}};
  evidence.update(span_members());
  evidence.update(Json{{"polarity", choice<Polarity>(2)},
                       {"modality", choice<Modality>(kModalities)},
                       {"confidence", fraction()},
                       {"attribution", list(reference("Source"))}});
  all["Evidence"] = object(evidence);
  all["Entity"] = object({{"id", type("string")},
                          {"name", type("string")},
                          {"type", choice<EntityType>(kEntityTypes)},
                          {"aliases", list(type("string"))},
                          {"external", {{"type", "object"}, {"additionalProperties", type("string")}}},
                          {"articles", count()},
                          {"statements", count()},
                          {"first", date()},
                          {"last", date()}});
}

void add_answers(Json& all) {
  all["Entities"] = object({{"entities", list(reference("Entity"))}, {"next", next()}});
  all["Relation"] = object(relation_members(), {{"entities", list(reference("Entity"))}});
  all["Relations"] =
      object({{"entities", list(reference("Entity"))}, {"relations", list(reference("Relation"))}, {"left_out", count()}, {"next", next()}}, counted_out());
  all["Timeline"] = object({{"entity", reference("Entity")},
                            {"events", list(reference("Relation"))},
                            {"entities", list(reference("Entity"))},
                            {"left_out", count()},
                            {"next", next()}},
                           cut());
  Json quote{{"article", type("string")}, {"uri", type("string")}, {"published", date()}, {"publisher", type("string")}};
  quote.update(span_members());
  quote["cue"] = type("string");
  all["Quotes"] = object({{"entity", reference("Entity")}, {"quotes", list(object(quote))}, {"next", next()}}, cut());
  Json hop = relation_members();
  hop["reversed"] = Json{{"type", "boolean"}, {"description", "walked from the relation's target to its source"}};
  all["Paths"] = object({{"paths", list(object({{"length", count()}, {"departure", date()}, {"arrival", date()}, {"hops", list(object(hop))}}))}, {"entities", list(reference("Entity"))}}, cut());
  Json statement{{"id", type("string")},          {"subject", type("string")},   {"subject_name", type("string")}, {"object", type("string")},
                 {"object_name", type("string")}, {"type", type("string")},      {"predicate", type("string")},    {"time", {{"oneOf", Json::array({reference("Time"), type("null")})}}},
                 {"polarity", choice<Polarity>(2)}, {"modality", choice<Modality>(kModalities)}, {"attribution", list(reference("Source"))}, {"roles", type("object")},
                 {"confidence", fraction()},      {"evidence", object(span_members())}, {"article", type("string")}, {"uri", type("string")},
                 {"publisher", type("string")},   {"published", date()},         {"recorded", count()}};
  all["Statements"] = object({{"statements", list(object(statement))}, {"left_out", count()}, {"next", next()}}, cut());
  all["Connections"] = object({{"connected", type("boolean")},
                               {"parts", {{"type", "array"}, {"items", list(type("string"))}, {"description", "the entities asked about, by the tree they are in"}}},
                               {"relations", list(reference("Relation"))},
                               {"entities", list(reference("Entity"))}},
                              cut());
  all["Voice"] = object({{"publisher", type("string")}, {"attribution", list(reference("Source"))}, {"statements", count()}, {"first", date()}, {"evidence", reference("Evidence")}});
  Json contested = relation_members();
  contested["asserted_by"] = list(reference("Voice"));
  contested["denied_by"] = list(reference("Voice"));
  all["Sides"] = object({{"entities", list(reference("Entity"))}, {"relations", list(object(contested))}, {"left_out", count()}, {"next", next()}}, cut());
  all["Visited"] = object({{"statements", count()}, {"entities", count()}, {"relations", count()}, {"weighed", count()}});
  all["ExtractedArticle"] = object({{"document", type("object")}, {"entities", list(type("object"))}, {"statements", list(type("object"))}, {"quotes", list(type("object"))}});
}

void add_identity(Json& all) {
  const Json signature{{"author", type("string")}, {"note", type("string")}, {"time", {{"type", "string"}, {"description", "ISO 8601; absent: now"}}}};
  all["PairDecision"] = object({{"entity", type("string")}, {"other", type("string")}}, signature);
  all["SplitDecision"] = object({{"entity", type("string")}, {"actors", list(type("string"))}}, signature);
  all["UndoDecision"] = object(Json{{"decision", type("string")}}, signature);
  all["DecisionReceipt"] = object({{"decision", type("string")}, {"version", count()}, {"entities", list(reference("Entity"))}});
  all["Decision"] = object({{"id", type("string")},
                            {"kind", {{"type", "string"}, {"enum", {"merge", "split", "never", "undo"}}}},
                            {"version", count()},
                            {"undone", type("boolean")},
                            {"author", type("string")},
                            {"time", type("string")},
                            {"note", type("string")}},
                           {{"entity", type("string")}, {"other", type("string")}, {"actors", list(type("string"))}, {"of", type("string")}});
  all["Decisions"] = object({{"decisions", list(reference("Decision"))}, {"next", next()}});
  const Json link{{"a", type("string")}, {"b", type("string")}, {"reason", type("string")}, {"score", fraction()}, {"a_id", type("string")}, {"b_id", type("string")}};
  all["Reasons"] = object({{"entity", reference("Entity")}, {"links", list(object(link))}});
  const Json actor{{"uri", type("string")}, {"id", type("string")}, {"name", type("string")}, {"type", choice<EntityType>(kEntityTypes)}, {"entity", type("string")}};
  all["Actors"] = object({{"actors", list(object(actor))}, {"next", next()}});
}

// Answers to questions that may name an entity by an id that was merged away.
void add_redirects(Json& all) {
  const Json redirected{{"type", "object"}, {"additionalProperties", {{"type", "string"}}}, {"description", "ids asked for that are another entity by now, and which"}};
  for (const std::string_view name : {"Entities", "Entity", "Relation", "Relations", "Timeline", "Quotes", "Paths", "Statements"}) all[std::string(name)]["properties"]["redirected_from"] = redirected;
}

void add_history(Json& all) {
  const Json snapshot{{"name", type("string")}, {"note", type("string")}, {"time", type("string")},    {"version", count()}, {"articles", count()},
                      {"entities", count()},    {"relations", count()},   {"statements", count()}, {"hash", type("string")}};
  all["Snapshot"] = object(snapshot);
  all["Snapshots"] = object({{"snapshots", list(reference("Snapshot"))}});
  all["SnapshotOrder"] = object(Json{{"name", type("string")}}, {{"note", type("string")}, {"version", count()}});
  all["Removed"] = object(Json{{"removed", type("string")}});
  all["BackupOrder"] = object(Json{{"name", type("string")}});
  all["Backup"] = object(Json{{"backup", type("string")}});
  const Json moment = object({{"version", count()}, {"hash", type("string")}}, {{"known_at", type("string")}, {"snapshot", type("string")}});
  const Json change = object({{"what", type("string")}, {"cause", {{"type", "string"}, {"enum", {"article_added", "article_retracted", "extractor_changed", "identity_changed"}}}}, {"version", count()}, {"articles", list(type("string"))}},
                             {{"decisions", list(type("object"))}, {"relation", type("string")}, {"source", type("string")}, {"target", type("string")}, {"type", type("string")}, {"evidence", list(reference("Evidence"))}, {"relations_moved", count()}});
  const Json changed = object({{"id", type("string")}, {"name", type("string")}, {"changes", count()}});
  const Json summary = object({{"what", type("object")}, {"causes", type("object")}, {"relation_types", type("object")}, {"entities", list(changed)}});
  all["Diff"] = object({{"before", moment}, {"after", moment}, {"summary", summary}, {"changes", list(change)}, {"left_out", count()}, {"next", next()}});
  const Json version = object({{"version", count()}, {"added", list(type("object"))}, {"retracted", list(type("object"))}, {"moved", list(type("object"))}, {"decisions", list(type("object"))}});
  all["Changes"] = object({{"changes", list(version)}, {"version", count()}, {"last", count()}, {"next", {{"type", {"integer", "null"}}}}});
}

void add_rest(Json& all) {
  all["Receipt"] = type("object");
  all["Job"] = object({{"id", type("string")}, {"state", {{"type", "string"}, {"enum", Json::array({"waiting", "working", "done", "failed"})}}}},
                      {{"receipt", reference("Receipt")}, {"error", object({{"status", count()}, {"detail", type("string")}})}});
  all["Stats"] = object({{"version", count()}, {"articles", count()}, {"entities", count()}, {"relations", count()}, {"statements", count()}, {"relation_types", list(type("string"))}});
  all["Status"] = object(Json{{"status", type("string")}});
  all["JsonRpc"] = Json{{"type", Json::array({"object", "array"})}, {"description", "JSON-RPC 2.0"}};
  all["Description"] = type("object");
  all["Problem"] = object({{"type", type("string")}, {"title", type("string")}, {"status", count()}, {"detail", type("string")}, {"instance", type("string")}, {"request", type("string")}},
                          {{"parameter", type("string")}, {"candidates", list(reference("Entity"))}, {"suggestions", list(reference("Entity"))}});
}

}  // namespace

Json answer_schemas() {
  Json all = Json::object();
  add_parts(all);
  add_answers(all);
  add_rest(all);
  add_identity(all);
  add_history(all);
  add_redirects(all);
  return all;
}

Json schema_of(const Parameter& parameter) {
  Json schema;
  switch (parameter.kind) {
    case ParameterKind::integer:
    case ParameterKind::number:
      schema = {{"type", parameter.kind == ParameterKind::integer ? "integer" : "number"}, {"minimum", number(parameter.low)}, {"maximum", number(parameter.high)}};
      break;
    case ParameterKind::boolean: schema["type"] = "boolean"; break;
    case ParameterKind::date: schema = {{"type", "string"}, {"pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}}; break;
    case ParameterKind::choice: schema = {{"type", "string"}, {"enum", parameter.choices}}; break;
    case ParameterKind::text:
    case ParameterKind::entity: schema = {{"type", "string"}, {"maxLength", 1000}};
  }
  if (!parameter.fallback.empty()) schema["default"] = fallback_of(parameter);
  if (!parameter.list) return schema;
  schema.erase("maxLength");  // commas part the values wherever they come from
  return Json{{"type", "array"}, {"items", std::move(schema)}};
}

}  // namespace relata
