#include <simdjson.h>

#include <algorithm>
#include <unordered_map>

#include "extract/pipeline/line.h"
#include "graph/ids.h"

namespace relata {
namespace {

using simdjson::dom::element;

constexpr std::size_t kMostExpected = 64;  // items of a list that room is made for beforehand

// Where in a line something stands; spelled out only when something is wrong there.
struct Place {
  const char* list;               // "statements"
  std::size_t index = kNoIndex;   // of an item of the list
  const char* part = "";          // ".time"

  static constexpr std::size_t kNoIndex = ~std::size_t{0};
  Place at(const char* deeper) const { return {list, index, deeper}; }
  std::string text() const { return list + (index == kNoIndex ? "" : "[" + std::to_string(index) + "]") + part; }
};

// The members of an object, found in one walk when they are asked for in the order in which to_line() writes them.
class Members {
 public:
  explicit Members(element from) : is_object_(from.get(object_) == simdjson::SUCCESS) {
    if (is_object_) at_ = object_.begin();
  }
  bool is_object() const { return is_object_; }

  std::optional<element> find(std::string_view name) {
    if (!is_object_) return std::nullopt;
    const auto start = at_;
    for (; at_ != object_.end(); ++at_)
      if (at_.key_equals(name)) return taken();
    for (at_ = object_.begin(); at_ != start; ++at_)
      if (at_.key_equals(name)) return taken();
    return std::nullopt;
  }

 private:
  element taken() {
    const element found = at_.value();
    ++at_;
    return found;
  }

  simdjson::dom::object object_;
  bool is_object_;
  simdjson::dom::object::iterator at_;  // behind the member found last
};

// Reads members of one line; the first fault is kept and everything after it is ignored, so that reading code stays plain.
class Reader {
 public:
  const std::optional<Error>& error() const { return error_; }

  void fail(const std::string& where, const std::string& what) {
    if (!error_) error_ = bad_input(where + ": " + what);
  }
  void fail(const Place& where, const char* member, const std::string& what) { fail(where.text() + (*member != 0 ? "." : "") + member, what); }

  std::optional<element> member(Members& from, const char* name, const Place& where) {
    if (!from.is_object()) return fail(where, "", "is not an object"), std::nullopt;
    const auto found = from.find(name);
    if (!found) fail(where, name, "is missing");
    return found;
  }

  std::string_view text(Members& from, const char* name, const Place& where) {
    const auto value = member(from, name, where);
    std::string_view text;
    if (value && value->get(text) != simdjson::SUCCESS) fail(where, name, "is not text");
    return text;
  }

  std::uint32_t offset(Members& from, const char* name, const Place& where) {
    const auto value = member(from, name, where);
    std::uint64_t number = 0;
    if (value && (value->get(number) != simdjson::SUCCESS || number > 0xfffffffeu)) return fail(where, name, "is not an offset"), 0;
    return static_cast<std::uint32_t>(number);
  }

  simdjson::dom::array list(Members& from, const char* name, const Place& where) {
    const auto value = member(from, name, where);
    simdjson::dom::array list = none_;
    if (value && value->get(list) != simdjson::SUCCESS) fail(where, name, "is not a list");
    return list;
  }

  template <typename Parse>
  auto one_of(Members& from, const char* name, const Place& where, Parse parse) {
    const std::string_view value = text(from, name, where);
    const auto parsed = parse(value);
    if (!parsed) fail(where, name, "'" + std::string(value) + "' is not one of the known values");
    return parsed.value_or(typename std::remove_cvref_t<decltype(parsed)>::value_type{});
  }

  Span span(Members& from, const Place& where) {
    const std::uint32_t begin = offset(from, "begin", where);
    return {begin, offset(from, "end", where)};
  }

 protected:
  simdjson::dom::array none_;  // an empty list

 private:
  std::optional<Error> error_;
};

// The ids of a line's entities. As to_line() writes them they end in their places, so they are not hashed; any others are.
class ActorIds {
 public:
  // Of the next entity; false when it stands already.
  bool add(std::string_view id) {
    const bool ordered = place_of(id) == ids_.size() && (ids_.empty() || stem(id) == stem(ids_.front()));
    if (!ordered && places_.empty())
      for (std::size_t i = 0; i < ids_.size(); ++i) places_.emplace(ids_[i], i);
    if ((!ordered || !places_.empty()) && !places_.emplace(id, ids_.size()).second) return false;
    ids_.push_back(id);
    return true;
  }
  std::optional<ActorIndex> find(std::string_view id) const {
    if (const std::size_t place = place_of(id); place < ids_.size() && ids_[place] == id) return static_cast<ActorIndex>(place);
    const auto found = places_.find(id);
    return found == places_.end() ? std::nullopt : std::optional(static_cast<ActorIndex>(found->second));
  }

 private:
  static constexpr std::size_t kDigits = 6;
  static std::string_view stem(std::string_view id) { return id.substr(0, id.rfind('.') + 1); }
  // 12 of "7139f67cdc691b51.e12"; the greatest number of what does not end like that.
  static std::size_t place_of(std::string_view id) {
    const std::size_t dot = id.rfind('.');
    if (dot == std::string_view::npos || id.size() - dot < 3 || id.size() - dot > 2 + kDigits || id[dot + 1] != 'e') return ~std::size_t{0};
    std::size_t place = 0;
    for (const char c : id.substr(dot + 2)) {
      if (c < '0' || c > '9') return ~std::size_t{0};
      place = place * 10 + static_cast<std::size_t>(c - '0');
    }
    return id[dot + 2] == '0' && id.size() - dot > 3 ? ~std::size_t{0} : place;
  }

  std::vector<std::string_view> ids_;
  std::unordered_map<std::string_view, std::size_t> places_;  // of all, as soon as one is not in order
};

class LineReader : public Reader {
 public:
  explicit LineReader(simdjson::dom::array none) { none_ = none; }

  Extraction read(element from) {
    Members line(from);
    if (const auto document = member(line, "document", {"line"})) read_document(*document);
    each(line, "entities", made_.actors, [this](element one, const Place& where) { entity(one, where); });
    each(line, "statements", made_.statements, [this](element one, const Place& where) { statement(one, where); });
    if (line.find("quotes")) each(line, "quotes", made_.quotes, [this](element one, const Place& where) { quote(one, where); });
    return std::move(made_);
  }

 private:
  template <typename Made, typename Item>
  void each(Members& line, const char* name, std::vector<Made>& made, const Item& item) {
    const simdjson::dom::array items = list(line, name, {"line"});
    made.reserve(std::min(items.size(), kMostExpected));
    std::size_t index = 0;
    for (const element from : items) {
      if (error()) return;
      item(from, {name, index++});
    }
  }

  void read_document(element object) {
    const Place where{"document"};
    Members from(object);
    Article& article = made_.article;
    const auto id = parse_article_id(text(from, "id", where));
    if (!id) return fail("document.id", "is not 16 hex digits");
    article.id = *id;
    article.uri = text(from, "uri", where);
    article.title = text(from, "title", where);
    article.publisher = text(from, "publisher", where);
    if (const auto published = member(from, "published", where); published && !published->is_null()) {
      std::string_view day;
      if (published->get(day) == simdjson::SUCCESS) article.published = parse_day(day);
      if (!article.published) fail("document.published", "is neither a date (YYYY-MM-DD) nor null");
    }
    article.published_from = one_of(from, "published_from", where, parse_published_from);
    article.language = text(from, "language", where);
    made_.extractor = text(from, "extractor", where);
    article.text = text(from, "text", where);
  }

  ActorIndex actor(std::string_view id, const Place& where, const char* member) {
    const auto found = ids_.find(id);
    if (!found) fail(where, member, "'" + std::string(id) + "' is no entity of the line");
    return found.value_or(0);
  }

  void entity(element object, const Place& where) {
    Members from(object);
    Actor& made = made_.actors.emplace_back();
    if (!ids_.add(text(from, "id", where))) return fail(where, "id", "stands twice in the line");
    made.name = text(from, "name", where);
    made.type = one_of(from, "type", where, parse_entity_type);
    const simdjson::dom::array aliases = list(from, "aliases", where);
    made.aliases.reserve(std::min(aliases.size(), kMostExpected));
    for (const element alias : aliases) {
      std::string_view name;
      if (alias.get(name) != simdjson::SUCCESS) return fail(where, "aliases", "holds something that is not text");
      made.aliases.emplace_back(name);
    }
    const Place part = where.at(".mentions");
    const simdjson::dom::array mentions = list(from, "mentions", where);
    made.mentions.reserve(std::min(mentions.size(), kMostExpected));
    for (const element one : mentions) {
      Members mention(one);
      const Span place = span(mention, part);
      made.mentions.push_back({place, one_of(mention, "kind", part, parse_mention_kind)});
    }
  }

  std::optional<When> time(element object, const Place& where) {
    if (object.is_null()) return std::nullopt;
    Members from(object);
    When when;
    when.value = text(from, "value", where);
    const auto begin = parse_day(text(from, "begin", where)), end = parse_day(text(from, "end", where));
    if (!begin || !end || *begin > *end) return fail(where, "", "begin and end are not dates in order"), std::nullopt;
    when.begin = *begin;
    when.end = *end;
    when.precision = one_of(from, "precision", where, parse_precision);
    std::string_view mod;
    if (const auto given = from.find("mod"); given && given->get(mod) != simdjson::SUCCESS) fail(where, "mod", "is not text");
    when.mod = mod;
    return when;
  }

  void statement(element object, const Place& where) {
    Members from(object);
    Statement& made = made_.statements.emplace_back();
    made.subject = actor(text(from, "subject", where), where, "subject");
    made.object = actor(text(from, "object", where), where, "object");
    made.type = text(from, "type", where);
    made.predicate = text(from, "predicate", where);
    if (const auto when = member(from, "time", where)) made.time = time(*when, where.at(".time"));
    made.polarity = one_of(from, "polarity", where, parse_polarity);
    made.modality = one_of(from, "modality", where, parse_modality);
    const Place attribution = where.at(".attribution");
    for (const element one : list(from, "attribution", where)) {
      Members by(one);
      const ActorIndex source = actor(text(by, "source", attribution), attribution, "");
      made.attribution.push_back({source, std::string(text(by, "verb", attribution))});
    }
    if (const auto roles = from.find("roles")) read_roles(*roles, made, where.at(".roles"));
    double confidence = 0;
    if (const auto given = member(from, "confidence", where); given && given->get(confidence) != simdjson::SUCCESS) fail(where, "confidence", "is not a number");
    made.confidence = static_cast<float>(confidence);
    if (const auto evidence = member(from, "evidence", where)) {
      Members place(*evidence);
      made.evidence = span(place, where.at(".evidence"));
    }
  }

  void read_roles(element from, Statement& made, const Place& where) {
    simdjson::dom::object roles;
    if (from.get(roles) != simdjson::SUCCESS) return fail(where, "", "is not an object");
    for (const auto& [name, value] : roles) {
      std::string_view words;
      if (value.get(words) != simdjson::SUCCESS) return fail(where.text() + "." + std::string(name), "is not text");
      if (const auto known = ids_.find(words)) made.roles.push_back({std::string(name), *known});
      else made.roles.push_back({std::string(name), std::string(words)});
    }
  }

  void quote(element object, const Place& where) {
    Members from(object);
    Quote& made = made_.quotes.emplace_back();
    made.span = span(from, where);
    if (const auto source = member(from, "source", where)) {
      std::string_view id;
      if (source->get(id) == simdjson::SUCCESS) {
        made.source = actor(id, where, "source");
      } else if (source->is_object()) {
        Members speaker(*source);
        made.speaker = span(speaker, where.at(".source"));
      } else if (!source->is_null()) {
        fail(where, "source", "is neither an entity's id, nor words, nor null");
      }
    }
    made.cue = text(from, "cue", where);
  }

  Extraction made_;
  ActorIds ids_;
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

Result<Extraction> from_line(std::string_view line, std::size_t readable) {
  static thread_local Parser parsers;
  element parsed;
  if (parsers.parser.capacity() < line.size() && parsers.parser.allocate(line.size(), Parser::kDepth) != simdjson::SUCCESS)
    return bad_input("not a line of `relata extract`: too long");
  const bool copied = readable < simdjson::SIMDJSON_PADDING;
  if (parsers.parser.parse(line.data(), line.size(), copied).get(parsed) != simdjson::SUCCESS) return bad_input("not a line of `relata extract`: malformed JSON");
  LineReader reader(parsers.none);
  Extraction extraction = reader.read(parsed);
  if (reader.error()) return *reader.error();
  if (auto valid = validate(extraction); !valid) return valid.error();
  return extraction;
}

}  // namespace relata
