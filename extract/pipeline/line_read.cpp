#include <simdjson.h>

#include <unordered_map>

#include "extract/pipeline/line.h"
#include "graph/ids.h"

namespace relata {
namespace {

using simdjson::dom::element;

// Where in a line something stands; spelled out only when something is wrong there.
struct Place {
  const char* list;               // "statements"
  std::size_t index = kNoIndex;   // of an item of the list
  const char* part = "";          // ".time"

  static constexpr std::size_t kNoIndex = ~std::size_t{0};
  Place at(const char* deeper) const { return {list, index, deeper}; }
  std::string text() const { return list + (index == kNoIndex ? "" : "[" + std::to_string(index) + "]") + part; }
};

// Reads members of one line; the first fault is kept and everything after it is ignored, so that reading code stays plain.
class Reader {
 public:
  const std::optional<Error>& error() const { return error_; }

  void fail(const std::string& where, const std::string& what) {
    if (!error_) error_ = bad_input(where + ": " + what);
  }
  void fail(const Place& where, const char* member, const std::string& what) { fail(where.text() + (*member != 0 ? "." : "") + member, what); }

  std::optional<element> find(element from, const char* name) const {
    element found;
    return from[name].get(found) == simdjson::SUCCESS ? std::optional(found) : std::nullopt;
  }

  std::optional<element> member(element from, const char* name, const Place& where) {
    if (!from.is_object()) return fail(where, "", "is not an object"), std::nullopt;
    const auto found = find(from, name);
    if (!found) fail(where, name, "is missing");
    return found;
  }

  std::string_view text(element from, const char* name, const Place& where) {
    const auto value = member(from, name, where);
    std::string_view text;
    if (value && value->get(text) != simdjson::SUCCESS) fail(where, name, "is not text");
    return text;
  }

  std::uint32_t offset(element from, const char* name, const Place& where) {
    const auto value = member(from, name, where);
    std::uint64_t number = 0;
    if (value && (value->get(number) != simdjson::SUCCESS || number > 0xfffffffeu)) return fail(where, name, "is not an offset"), 0;
    return static_cast<std::uint32_t>(number);
  }

  simdjson::dom::array list(element from, const char* name, const Place& where) {
    const auto value = member(from, name, where);
    simdjson::dom::array list = none_;
    if (value && value->get(list) != simdjson::SUCCESS) fail(where, name, "is not a list");
    return list;
  }

  template <typename Parse>
  auto one_of(element from, const char* name, const Place& where, Parse parse) {
    const std::string_view value = text(from, name, where);
    const auto parsed = parse(value);
    if (!parsed) fail(where, name, "'" + std::string(value) + "' is not one of the known values");
    return parsed.value_or(typename std::remove_cvref_t<decltype(parsed)>::value_type{});
  }

  Span span(element from, const Place& where) { return {offset(from, "begin", where), offset(from, "end", where)}; }

 protected:
  simdjson::dom::array none_;  // an empty list

 private:
  std::optional<Error> error_;
};

class LineReader : public Reader {
 public:
  explicit LineReader(simdjson::dom::array none) { none_ = none; }

  Extraction read(element line) {
    if (const auto from = member(line, "document", {"line"})) document(*from);
    each(line, "entities", [this](element from, const Place& where) { entity(from, where); });
    each(line, "statements", [this](element from, const Place& where) { statement(from, where); });
    if (line.is_object() && find(line, "quotes")) each(line, "quotes", [this](element from, const Place& where) { quote(from, where); });
    return std::move(made_);
  }

 private:
  template <typename Item>
  void each(element line, const char* name, const Item& item) {
    std::size_t index = 0;
    for (const element from : list(line, name, {"line"})) {
      if (error()) return;
      item(from, {name, index++});
    }
  }

  void document(element from) {
    const Place where{"document"};
    Article& article = made_.article;
    article.uri = text(from, "uri", where);
    article.title = text(from, "title", where);
    article.publisher = text(from, "publisher", where);
    article.text = text(from, "text", where);
    article.language = text(from, "language", where);
    article.published_from = one_of(from, "published_from", where, parse_published_from);
    if (const auto published = member(from, "published", where); published && !published->is_null()) {
      std::string_view day;
      if (published->get(day) == simdjson::SUCCESS) article.published = parse_day(day);
      if (!article.published) fail("document.published", "is neither a date (YYYY-MM-DD) nor null");
    }
    made_.extractor = text(from, "extractor", where);
    const auto id = parse_article_id(text(from, "id", where));
    if (!id) return fail("document.id", "is not 16 hex digits");
    article.id = *id;
  }

  ActorIndex actor(std::string_view id, const Place& where, const char* member) {
    const auto found = actors_.find(id);
    if (found == actors_.end()) return fail(where, member, "'" + std::string(id) + "' is no entity of the line"), 0;
    return found->second;
  }

  void entity(element from, const Place& where) {
    Actor made;
    made.name = text(from, "name", where);
    made.type = one_of(from, "type", where, parse_entity_type);
    for (const element alias : list(from, "aliases", where)) {
      std::string_view name;
      if (alias.get(name) != simdjson::SUCCESS) return fail(where, "aliases", "holds something that is not text");
      made.aliases.emplace_back(name);
    }
    const Place mentions = where.at(".mentions");
    for (const element mention : list(from, "mentions", where))
      made.mentions.push_back({span(mention, mentions), one_of(mention, "kind", mentions, parse_mention_kind)});
    if (!actors_.emplace(text(from, "id", where), static_cast<ActorIndex>(made_.actors.size())).second) return fail(where, "id", "stands twice in the line");
    made_.actors.push_back(std::move(made));
  }

  std::optional<When> time(element from, const Place& where) {
    if (from.is_null()) return std::nullopt;
    When when;
    when.value = text(from, "value", where);
    std::string_view mod;
    if (const auto given = from.is_object() ? find(from, "mod") : std::nullopt; given && given->get(mod) != simdjson::SUCCESS) fail(where, "mod", "is not text");
    when.mod = mod;
    when.precision = one_of(from, "precision", where, parse_precision);
    const auto begin = parse_day(text(from, "begin", where)), end = parse_day(text(from, "end", where));
    if (!begin || !end || *begin > *end) return fail(where, "", "begin and end are not dates in order"), std::nullopt;
    when.begin = *begin;
    when.end = *end;
    return when;
  }

  void statement(element from, const Place& where) {
    Statement made;
    made.subject = actor(text(from, "subject", where), where, "subject");
    made.object = actor(text(from, "object", where), where, "object");
    made.type = text(from, "type", where);
    made.predicate = text(from, "predicate", where);
    if (const auto when = member(from, "time", where)) made.time = time(*when, where.at(".time"));
    made.polarity = one_of(from, "polarity", where, parse_polarity);
    made.modality = one_of(from, "modality", where, parse_modality);
    const Place attribution = where.at(".attribution");
    for (const element by : list(from, "attribution", where))
      made.attribution.push_back({actor(text(by, "source", attribution), attribution, ""), std::string(text(by, "verb", attribution))});
    if (const auto roles = from.is_object() ? find(from, "roles") : std::nullopt) read_roles(*roles, made, where.at(".roles"));
    double confidence = 0;
    if (const auto given = member(from, "confidence", where); given && given->get(confidence) != simdjson::SUCCESS) fail(where, "confidence", "is not a number");
    made.confidence = static_cast<float>(confidence);
    if (const auto evidence = member(from, "evidence", where)) made.evidence = span(*evidence, where.at(".evidence"));
    made_.statements.push_back(std::move(made));
  }

  void read_roles(element from, Statement& made, const Place& where) {
    simdjson::dom::object roles;
    if (from.get(roles) != simdjson::SUCCESS) return fail(where, "", "is not an object");
    for (const auto& [name, value] : roles) {
      std::string_view words;
      if (value.get(words) != simdjson::SUCCESS) return fail(where.text() + "." + std::string(name), "is not text");
      const auto known = actors_.find(words);
      if (known != actors_.end()) made.roles.push_back({std::string(name), known->second});
      else made.roles.push_back({std::string(name), std::string(words)});
    }
  }

  void quote(element from, const Place& where) {
    Quote made;
    made.span = span(from, where);
    if (const auto source = member(from, "source", where)) {
      std::string_view id;
      if (source->get(id) == simdjson::SUCCESS) made.source = actor(id, where, "source");
      else if (source->is_object()) made.speaker = span(*source, where.at(".source"));
      else if (!source->is_null()) fail(where, "source", "is neither an entity's id, nor words, nor null");
    }
    made.cue = text(from, "cue", where);
    made_.quotes.push_back(std::move(made));
  }

  Extraction made_;
  std::unordered_map<std::string_view, ActorIndex> actors_;
};

// One a thread: it keeps its memory from line to line. The depth is bounded: a line nests six levels, a stranger's might nest a million.
struct Parser {
  static constexpr std::size_t kDepth = 16;
  simdjson::dom::parser none_parser, parser;
  simdjson::dom::array none;

  Parser() {
    if (none_parser.parse(std::string("[]")).get(none) != simdjson::SUCCESS) std::abort();
  }
};

}  // namespace

Result<Extraction> from_line(std::string_view line) {
  static thread_local Parser parsers;
  element parsed;
  if (parsers.parser.capacity() < line.size() && parsers.parser.allocate(line.size(), Parser::kDepth) != simdjson::SUCCESS)
    return bad_input("not a line of `relata extract`: too long");
  if (parsers.parser.parse(line.data(), line.size()).get(parsed) != simdjson::SUCCESS) return bad_input("not a line of `relata extract`: malformed JSON");
  LineReader reader(parsers.none);
  Extraction extraction = reader.read(parsed);
  if (reader.error()) return *reader.error();
  if (auto valid = validate(extraction); !valid) return valid.error();
  return extraction;
}

}  // namespace relata
