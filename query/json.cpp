#include "query/json.h"

#include "query/json_values.h"

namespace relata {

// Found by their arguments' namespace, so they stand in it.
static void write(JsonOut& out, const QuotedWords& words) {
  const auto object = out.object();
  out.field("article", words.article);
  out.field("uri", words.uri);
  out.field("published", words.published);
  out.field("publisher", words.publisher);
  out.field("begin", words.quote.span.begin);
  out.field("end", words.quote.span.end);
  out.field("text", words.text);
  out.field("cue", words.quote.cue);
}

static void write(JsonOut& out, const Hop& hop) {
  if (!hop.written.empty()) {
    const auto object = out.object(hop.written);
    out.field("reversed", hop.reversed);
    return;
  }
  const auto object = out.object();
  write_fields(out, hop.relation);
  out.field("reversed", hop.reversed);
}

static void write(JsonOut& out, const Path& path) {
  const auto object = out.object();
  out.field("length", path.hops.size());
  out.field("departure", path.departure);
  out.field("arrival", path.arrival);
  out.field("hops", path.hops);
}

static void write(JsonOut& out, const Voice& voice) {
  const auto object = out.object();
  out.field("publisher", voice.publisher);
  out.field("attribution", voice.attribution);
  out.field("statements", voice.statements);
  out.field("first", voice.first);
  out.field("evidence", voice.evidence);
}

static void write(JsonOut& out, const ContestedRelation& one) {
  const auto object = out.object();
  write_fields(out, one.relation);
  out.field("asserted_by", one.asserted_by);
  out.field("denied_by", one.denied_by);
}

namespace {

// How a list ends. `cut` is given only when it tells something.
template <typename List>
void write_rest(JsonOut& out, const List& answer) {
  if constexpr (requires { answer.left_out; }) out.field("left_out", answer.left_out);
  if constexpr (requires { answer.next; }) out.field("next", answer.next);
  if constexpr (requires { answer.left_out_types; })
    if (!answer.left_out_types.empty()) {
      out.key("left_out_types");
      const auto types = out.object();
      for (const auto& [type, count] : answer.left_out_types) out.field(type, count);
    }
  if constexpr (requires { answer.cut; })
    if (answer.cut) out.field("cut", true);
}

// The values, or what was written of them before.
template <typename T>
void write_list(JsonOut& out, std::string_view name, const std::vector<T>& values, const Written& written) {
  if (written.empty()) return out.field(name, values);
  out.key(name);
  const auto list = out.array();
  for (const std::string_view one : written) out.json(one);
}

void write_fields(JsonOut& out, const FindAnswer& a) { write_list(out, "entities", a.entities, a.written_entities); }

void write_fields(JsonOut& out, const RelationsAnswer& a) {
  write_list(out, "entities", a.entities, a.written_entities);
  write_list(out, "relations", a.relations, a.written_relations);
}

void write_fields(JsonOut& out, const TimelineAnswer& a) {
  out.field("entity", a.entity);
  write_list(out, "events", a.events, a.written_events);
  write_list(out, "entities", a.entities, a.written_entities);
}

void write_fields(JsonOut& out, const QuotesAnswer& a) {
  out.field("entity", a.entity);
  out.field("quotes", a.quotes);
}

void write_fields(JsonOut& out, const RelationAnswer& a) {
  write_fields(out, a.relation);
  out.field("entities", a.entities);
}

void write_fields(JsonOut& out, const StatementsAnswer& a) { out.field("statements", a.statements); }

void write_fields(JsonOut& out, const StatsAnswer& a) {
  out.field("version", a.version);
  out.field("articles", a.counts.articles);
  out.field("entities", a.counts.entities);
  out.field("relations", a.counts.relations);
  out.field("statements", a.counts.statements);
  out.field("relation_types", a.relation_types);
}

void write_fields(JsonOut& out, const ConnectionsAnswer& a) {
  out.field("connected", a.parts.size() == 1);
  out.field("parts", a.parts);
  out.field("relations", a.relations);
  out.field("entities", a.entities);
}

void write_fields(JsonOut& out, const SidesAnswer& a) {
  out.field("entities", a.entities);
  out.field("relations", a.relations);
}

void write_fields(JsonOut& out, const PathAnswer& a) {
  out.field("paths", a.paths);
  write_list(out, "entities", a.entities, a.written_entities);
}

// Bytes of what was written before.
template <typename A>
std::size_t written_size(const A& a) {
  std::size_t size = 0;
  const auto add = [&](const Written& all) {
    for (const std::string_view one : all) size += one.size() + 1;
  };
  if constexpr (requires { a.written_entities; }) add(a.written_entities);
  if constexpr (requires { a.written_relations; }) add(a.written_relations);
  if constexpr (requires { a.written_events; }) add(a.written_events);
  return size;
}

struct Writer {
  JsonOut& out;
  void operator()(const ShowAnswer& a) const { write(out, a.entity); }
  void operator()(const ArticleAnswer& a) const { write(out, a); }
  template <typename A>
  void operator()(const A& a) const {
    out.expect(written_size(a));
    const auto object = out.object();
    write_fields(out, a);
    write_rest(out, a);
  }
};

}  // namespace

static void write(JsonOut& out, const Answer& answer) { std::visit(Writer{out}, answer); }

static void write(JsonOut& out, const Visited& visited) {
  const auto object = out.object();
  out.field("statements", visited.edges);
  out.field("entities", visited.nodes);
  out.field("relations", visited.relations);
  out.field("weighed", visited.weighed);
}

static Json parsed(const std::string& text) { return Json::parse(text); }

std::string to_json_text(const Entity& entity) { return written(entity); }
std::string to_json_text(const Relation& relation) { return written(relation); }
std::string to_json_text(const Answer& answer) { return written(answer); }

Json to_json(const When& when) { return parsed(written(when)); }
Json to_json(const Entity& entity) { return parsed(written(entity)); }
Json to_json(const Relation& relation) { return parsed(written(relation)); }
Json to_json(const StatementRow& row) { return parsed(written(row)); }
Json to_json(const ArticleAnswer& answer) { return parsed(written(answer)); }
Json to_json(const Visited& visited) { return parsed(written(visited)); }
Json to_json(const Answer& answer) { return parsed(written(answer)); }

void add_member(std::string& object, std::string_view name, const Json& value) {
  object.back() = ',';
  object += dump(Json(name)) + ":" + dump(value) + "}";
}

std::string dump(const Json& json, int indent) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); }

}  // namespace relata
