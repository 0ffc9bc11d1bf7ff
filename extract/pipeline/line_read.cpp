#include <nlohmann/json.hpp>
#include <unordered_map>

#include "extract/pipeline/line.h"
#include "graph/ids.h"

namespace relata {
namespace {

using nlohmann::json;

// Reads members of one line; the first fault is kept and everything after it is ignored, so that reading code stays plain.
class Reader {
 public:
  const std::optional<Error>& error() const { return error_; }

  void fail(const std::string& where, const std::string& what) {
    if (!error_) error_ = bad_input(where + ": " + what);
  }

  const json& member(const json& object, const char* name, const std::string& where) {
    static const json kNothing;
    if (!object.is_object()) return fail(where, "is not an object"), kNothing;
    const auto found = object.find(name);
    if (found == object.end()) return fail(where + "." + name, "is missing"), kNothing;
    return *found;
  }

  std::string text(const json& object, const char* name, const std::string& where) {
    const json& value = member(object, name, where);
    if (!value.is_string()) return fail(where + "." + name, "is not text"), std::string();
    return value.get<std::string>();
  }

  std::uint32_t offset(const json& object, const char* name, const std::string& where) {
    const json& value = member(object, name, where);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 0xfffffffeu) return fail(where + "." + name, "is not an offset"), 0;
    return value.get<std::uint32_t>();
  }

  const json& list(const json& object, const char* name, const std::string& where) {
    static const json kNone = json::array();
    const json& value = member(object, name, where);
    if (!value.is_array()) return fail(where + "." + name, "is not a list"), kNone;
    return value;
  }

  template <typename Parse>
  auto one_of(const json& object, const char* name, const std::string& where, Parse parse) {
    const std::string value = text(object, name, where);
    const auto parsed = parse(value);
    if (!parsed) fail(where + "." + name, "'" + value + "' is not one of the known values");
    return parsed.value_or(typename std::remove_cvref_t<decltype(parsed)>::value_type{});
  }

  Span span(const json& object, const std::string& where) { return {offset(object, "begin", where), offset(object, "end", where)}; }

 private:
  std::optional<Error> error_;
};

class LineReader : public Reader {
 public:
  Extraction read(const json& line) {
    document(member(line, "document", "line"));
    const json& entities = list(line, "entities", "line");
    for (std::size_t i = 0; i < entities.size() && !error(); ++i) entity(entities[i], "entities[" + std::to_string(i) + "]");
    const json& statements = list(line, "statements", "line");
    for (std::size_t i = 0; i < statements.size() && !error(); ++i) statement(statements[i], "statements[" + std::to_string(i) + "]");
    if (!line.contains("quotes")) return std::move(made_);
    const json& quotes = list(line, "quotes", "line");
    for (std::size_t i = 0; i < quotes.size() && !error(); ++i) quote(quotes[i], "quotes[" + std::to_string(i) + "]");
    return std::move(made_);
  }

 private:
  void document(const json& from) {
    Article& article = made_.article;
    article.uri = text(from, "uri", "document");
    article.title = text(from, "title", "document");
    article.publisher = text(from, "publisher", "document");
    article.text = text(from, "text", "document");
    article.language = text(from, "language", "document");
    article.published_from = one_of(from, "published_from", "document", parse_published_from);
    const json& published = member(from, "published", "document");
    if (published.is_string()) article.published = parse_day(published.get<std::string>());
    if (!published.is_null() && !article.published) fail("document.published", "is neither a date (YYYY-MM-DD) nor null");
    made_.extractor = text(from, "extractor", "document");
    const auto id = parse_article_id(text(from, "id", "document"));
    if (!id) return fail("document.id", "is not 16 hex digits");
    article.id = *id;
  }

  ActorIndex actor(const std::string& id, const std::string& where) {
    const auto found = actors_.find(id);
    if (found == actors_.end()) return fail(where, "'" + id + "' is no entity of the line"), 0;
    return found->second;
  }

  void entity(const json& from, const std::string& where) {
    Actor made;
    made.name = text(from, "name", where);
    made.type = one_of(from, "type", where, parse_entity_type);
    for (const json& alias : list(from, "aliases", where)) {
      if (!alias.is_string()) return fail(where + ".aliases", "holds something that is not text");
      made.aliases.push_back(alias.get<std::string>());
    }
    for (const json& mention : list(from, "mentions", where))
      made.mentions.push_back({span(mention, where + ".mentions"), one_of(mention, "kind", where + ".mentions", parse_mention_kind)});
    if (!actors_.emplace(text(from, "id", where), static_cast<ActorIndex>(made_.actors.size())).second)
      return fail(where + ".id", "stands twice in the line");
    made_.actors.push_back(std::move(made));
  }

  std::optional<When> time(const json& from, const std::string& where) {
    if (from.is_null()) return std::nullopt;
    When when{text(from, "value", where), from.is_object() ? from.value("mod", std::string()) : std::string(), {}, {}, Precision::day};
    when.precision = one_of(from, "precision", where, parse_precision);
    const auto begin = parse_day(text(from, "begin", where)), end = parse_day(text(from, "end", where));
    if (!begin || !end || *begin > *end) return fail(where, "begin and end are not dates in order"), std::nullopt;
    when.begin = *begin;
    when.end = *end;
    return when;
  }

  void statement(const json& from, const std::string& where) {
    Statement made;
    made.subject = actor(text(from, "subject", where), where + ".subject");
    made.object = actor(text(from, "object", where), where + ".object");
    made.type = text(from, "type", where);
    made.predicate = text(from, "predicate", where);
    made.time = time(member(from, "time", where), where + ".time");
    made.polarity = one_of(from, "polarity", where, parse_polarity);
    made.modality = one_of(from, "modality", where, parse_modality);
    for (const json& by : list(from, "attribution", where))
      made.attribution.push_back({actor(text(by, "source", where + ".attribution"), where + ".attribution"), text(by, "verb", where + ".attribution")});
    if (const auto roles = from.find("roles"); roles != from.end()) read_roles(*roles, made, where + ".roles");
    const json& confidence = member(from, "confidence", where);
    if (!confidence.is_number()) return fail(where + ".confidence", "is not a number");
    made.confidence = confidence.get<float>();
    made.evidence = span(member(from, "evidence", where), where + ".evidence");
    made_.statements.push_back(std::move(made));
  }

  void read_roles(const json& from, Statement& made, const std::string& where) {
    if (!from.is_object()) return fail(where, "is not an object");
    for (const auto& [name, value] : from.items()) {
      if (!value.is_string()) return fail(where + "." + name, "is not text");
      const auto known = actors_.find(value.get<std::string>());
      if (known != actors_.end()) made.roles.push_back({name, known->second});
      else made.roles.push_back({name, value.get<std::string>()});
    }
  }

  void quote(const json& from, const std::string& where) {
    Quote made;
    made.span = span(from, where);
    const json& source = member(from, "source", where);
    if (source.is_string()) made.source = actor(source.get<std::string>(), where + ".source");
    else if (source.is_object()) made.speaker = span(source, where + ".source");
    else if (!source.is_null()) fail(where + ".source", "is neither an entity's id, nor words, nor null");
    made.cue = text(from, "cue", where);
    made_.quotes.push_back(std::move(made));
  }

  Extraction made_;
  std::unordered_map<std::string, ActorIndex> actors_;
};

}  // namespace

Result<Extraction> from_line(std::string_view line) {
  // The callback bounds the depth: a line nests three levels, a stranger's might nest a million.
  constexpr int kDepth = 16;
  bool deep = false;
  const json parsed = json::parse(
      line,
      [&](int depth, json::parse_event_t, json&) {
        deep |= depth > kDepth;
        return depth <= kDepth;
      },
      false);
  if (parsed.is_discarded() || deep) return bad_input("not a line of `relata extract`: malformed JSON");
  LineReader reader;
  Extraction extraction = reader.read(parsed);
  if (reader.error()) return *reader.error();
  if (auto valid = validate(extraction); !valid) return valid.error();
  return extraction;
}

}  // namespace relata
