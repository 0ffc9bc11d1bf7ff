#include "query/parameters.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "query/resolve.h"

namespace relata {
namespace {

std::string plain(double number) {
  std::string text(32, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.10g", number)));
  return text;
}

std::string guilty(const Parameter& parameter, std::string_view value) { return std::string(parameter.name) + "='" + std::string(value.substr(0, 100)) + "'"; }

bool parse_number(std::string_view text, bool whole, double& number) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return false;
  return !whole || number == std::floor(number);
}

std::string listed(const std::vector<std::string_view>& choices) {
  std::string text;
  for (const std::string_view choice : choices) (text += text.empty() ? "" : ", ") += choice;
  return text;
}

Result<void> check_value(const Parameter& parameter, std::string_view value) {
  switch (parameter.kind) {
    case ParameterKind::integer:
    case ParameterKind::number: {
      double number = 0;
      const bool whole = parameter.kind == ParameterKind::integer;
      if (parse_number(value, whole, number) && number >= parameter.low && number <= parameter.high) return {};
      return bad_input(guilty(parameter, value) + (whole ? ": a whole number from " : ": a number from ") + plain(parameter.low) + " to " + plain(parameter.high));
    }
    case ParameterKind::boolean:
      if (value == "true" || value == "false" || value == "1" || value == "0") return {};
      return bad_input(guilty(parameter, value) + ": true or false");
    case ParameterKind::date:
      if (const Result<Day> day = parse_date_parameter(parameter.name, value, false); !day) return day.error();
      return {};
    case ParameterKind::choice:
      if (std::find(parameter.choices.begin(), parameter.choices.end(), value) != parameter.choices.end()) return {};
      return bad_input(guilty(parameter, value) + ": one of " + listed(parameter.choices));
    case ParameterKind::text:
    case ParameterKind::entity:
      if (value.size() <= 1000) return {};
      return bad_input(std::string(parameter.name) + ": at most 1000 bytes");
  }
  return {};
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    parts.emplace_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return parts;
}

// Reading what check_given approved.
class Reader {
 public:
  explicit Reader(const Given& given) : given_(given) {}
  bool has(std::string_view name) const { return given_.contains(name); }
  std::string text(std::string_view name) const {
    const auto found = given_.find(name);
    return found == given_.end() || found->second.empty() ? "" : found->second.front();
  }
  std::vector<std::string> list(std::string_view name) const {
    std::vector<std::string> all;
    if (const auto found = given_.find(name); found != given_.end())
      for (const std::string& value : found->second)
        for (std::string& part : split(value)) all.push_back(std::move(part));
    return all;
  }
  double number(std::string_view name, double fallback) const {
    double value = fallback;
    if (has(name)) parse_number(text(name), false, value);
    return value;
  }
  std::optional<bool> flag(std::string_view name) const {
    if (!has(name)) return std::nullopt;
    const std::string value = text(name);
    return value == "true" || value == "1";
  }
  std::optional<Day> day(std::string_view name, bool end) const {
    if (!has(name)) return std::nullopt;
    const Result<Day> day = parse_date_parameter(name, text(name), end);
    return day ? std::optional(*day) : std::nullopt;
  }
  Page page() const { return {static_cast<std::size_t>(number("limit", 50)), text("cursor")}; }

 private:
  const Given& given_;
};

template <typename Q, typename Fill>
Result<Question> filtered(const Given& given, const GraphView& view, const Fill& fill) {
  Result<Filter> filter = filter_from(given, view);
  if (!filter) return filter.error();
  Q question;
  question.filter = *std::move(filter);
  const Reader read(given);
  if constexpr (requires { question.page; }) question.page = read.page();
  fill(question, read);
  return Question(std::move(question));
}

PathMode mode_of(std::string_view name) {
  return name == "strongest"          ? PathMode::strongest
         : name == "time_respecting"  ? PathMode::time_respecting
         : name == "latest_departure" ? PathMode::latest_departure
                                      : PathMode::shortest;
}

const Parameter kEntity{"id", "entity id, or a name; an ambiguous name is answered with the candidates", ParameterKind::entity, 0, 0, {}, {}, false, true};
const Parameter kVersion{"version", "the graph as recorded then; default: the newest", ParameterKind::integer, 0, 4294967294.0};
const Parameter kEitherEnd{"entity", "entity id or name: either end", ParameterKind::entity};
const Parameter kSource{"source", "entity id or name", ParameterKind::entity};
const Parameter kTarget{"target", "entity id or name", ParameterKind::entity};

std::vector<Parameter> with_filters(std::vector<Parameter> own, bool paged = true) {
  own.insert(own.end(), filter_parameters().begin(), filter_parameters().end());
  if (!paged) return own;
  own.push_back({"limit", "at most so many in one answer", ParameterKind::integer, 1, kMaxLimit, "50"});
  own.push_back({"cursor", "the `next` of the answer before"});
  return own;
}

Parameter needed(Parameter parameter) {
  parameter.required = true;
  return parameter;
}

// For questions that walk the graph.
std::vector<Parameter> explained(std::vector<Parameter> parameters) {
  parameters.push_back({"explain", "also tell what was looked at for the answer", ParameterKind::boolean, 0, 0, "false"});
  return parameters;
}

std::vector<EntityType> types_of(const std::vector<std::string>& names) {
  std::vector<EntityType> types;
  for (const std::string& name : names) types.push_back(*parse_entity_type(name));
  return types;
}

template <typename Enum>
std::vector<std::string_view> names(int count) {
  std::vector<std::string_view> all;
  for (int i = 0; i < count; ++i) all.push_back(to_string(static_cast<Enum>(i)));
  return all;
}

const Parameter kMaxHopsParameter{"max_hops", "of one path", ParameterKind::integer, 1, kMaxHops, "4"};
const Parameter kPathHopsParameter{"max_hops", "of one path; default: 4, and by time as many as the best path takes", ParameterKind::integer, 1, kMaxHops};

std::vector<Parameter> path_parameters() {
  const auto types = names<EntityType>(kEntityTypes);
  return explained(with_filters(
      {needed(kSource),
       needed(kTarget),
       {"mode", "what makes a path best: few hops; hops in the order of time that arrive early or leave late; or sure hops", ParameterKind::choice, 0, 0, "shortest",
        {"shortest", "time_respecting", "latest_departure", "strongest"}},
       {"k", "so many paths, best first", ParameterKind::integer, 1, kMaxPaths, "1"},
       kPathHopsParameter,
       {"through", "entities (ids or names) all of which must stand on the way", ParameterKind::entity, 0, 0, {}, {}, true},
       {"avoid", "entities that must not stand on the way", ParameterKind::entity, 0, 0, {}, {}, true},
       {"through_type", "entity types of each of which one must stand on the way", ParameterKind::choice, 0, 0, {}, types, true},
       {"avoid_type", "entity types none of which may stand on the way", ParameterKind::choice, 0, 0, {}, types, true},
       {"max_gap", "at most so many days between one hop and the next; with an order of time", ParameterKind::integer, 0, kMaxGap}},
      false));
}

void fill_path(PathQuestion& q, const Reader& read) {
  q.source = read.text("source");
  q.target = read.text("target");
  q.mode = mode_of(read.text("mode"));
  q.k = static_cast<int>(read.number("k", 1));
  if (read.has("max_hops")) q.max_hops = static_cast<int>(read.number("max_hops", 0));
  q.through = read.list("through");
  q.avoid = read.list("avoid");
  q.through_types = types_of(read.list("through_type"));
  q.avoid_types = types_of(read.list("avoid_type"));
  if (read.has("max_gap")) q.max_gap = static_cast<int>(read.number("max_gap", 0));
}

// Questions about two entities or more.
void add_connecting(std::vector<Form>& all) {
  all.push_back({"path", "How two entities are connected", path_parameters(),
                 [](const Given& given, const GraphView& view) { return filtered<PathQuestion>(given, view, fill_path); }});
  const Parameter several{"entity", "entities (ids or names), 2 to 12", ParameterKind::entity, 0, 0, {}, {}, true, true};
  all.push_back({"connections", "What connects several entities: a small tree of relations", explained(with_filters({several, kMaxHopsParameter}, false)),
                 [](const Given& given, const GraphView& view) {
                   return filtered<ConnectionsQuestion>(given, view, [](ConnectionsQuestion& q, const Reader& read) {
                     q.entities = read.list("entity");
                     q.max_hops = static_cast<int>(read.number("max_hops", kUsualHops));
                   });
                 }});
  const Parameter also{"all", "also what nobody contests", ParameterKind::boolean, 0, 0, "false"};
  all.push_back({"who", "Who asserts and who denies what is told of two entities", explained(with_filters({needed(kSource), needed(kTarget), also})),
                 [](const Given& given, const GraphView& view) {
                   return filtered<SidesQuestion>(given, view, [](SidesQuestion& q, const Reader& read) {
                     q.source = read.text("source");
                     q.target = read.text("target");
                     q.all = read.flag("all").value_or(false);
                   });
                 }});
}

std::vector<Form> make_forms() {
  std::vector<Form> all;
  all.push_back({"find", "Entities by name: bearers of it first, then names that begin so, that hold it as a later word, and that are it but for a slip",
                 with_filters({{"q", "a name or its beginning; absent: the entities with most statements"}}),
                 [](const Given& given, const GraphView& view) {
                   return filtered<FindQuestion>(given, view, [](FindQuestion& q, const Reader& read) { q.q = read.text("q"); });
                 }});
  all.push_back({"show", "One entity", {kEntity, kVersion}, [](const Given& given, const GraphView&) -> Result<Question> { return Question(ShowQuestion{Reader(given).text("id")}); }});
  all.push_back({"neighbourhood", "The relations around an entity, most important first",
                 explained(with_filters({kEntity, {"depth", "hops from the entity", ParameterKind::integer, 1, kMaxDepth, "1"}})), [](const Given& given, const GraphView& view) {
                   return filtered<NeighbourhoodQuestion>(given, view, [](NeighbourhoodQuestion& q, const Reader& read) {
                     q.entity = read.text("id");
                     q.depth = static_cast<int>(read.number("depth", 1));
                   });
                 }});
  all.push_back({"timeline", "The relations of an entity in the order in which they happened", explained(with_filters({kEntity})), [](const Given& given, const GraphView& view) {
                   return filtered<TimelineQuestion>(given, view, [](TimelineQuestion& q, const Reader& read) { q.entity = read.text("id"); });
                 }});
  all.push_back({"quotes", "What an entity is said to have said", with_filters({kEntity}), [](const Given& given, const GraphView& view) {
                   return filtered<QuotesQuestion>(given, view, [](QuotesQuestion& q, const Reader& read) { q.entity = read.text("id"); });
                 }});
  const auto ends = [](auto& q, const Reader& read) {
    q.entity = read.text("entity");
    q.source = read.text("source");
    q.target = read.text("target");
  };
  static const auto fill_ends = ends;
  all.push_back({"relations", "Relations with their evidence", explained(with_filters({kEitherEnd, kSource, kTarget})),
                 [](const Given& given, const GraphView& view) { return filtered<RelationsQuestion>(given, view, fill_ends); }});
  all.push_back({"relation", "One relation: its evidence, who asserts it and who denies it",
                 with_filters({{"id", "relation id", ParameterKind::text, 0, 0, {}, {}, false, true}}, false), [](const Given& given, const GraphView& view) {
                   return filtered<RelationQuestion>(given, view, [](RelationQuestion& q, const Reader& read) { q.id = read.text("id"); });
                 }});
  all.push_back({"statements", "What articles say, statement by statement", explained(with_filters({kEitherEnd, kSource, kTarget})),
                 [](const Given& given, const GraphView& view) { return filtered<StatementsQuestion>(given, view, fill_ends); }});
  all.push_back({"article", "One article with what was read in it", {{"id", "article id, 16 hex digits", ParameterKind::text, 0, 0, {}, {}, false, true}, kVersion},
                 [](const Given& given, const GraphView&) -> Result<Question> { return Question(ArticleQuestion{Reader(given).text("id")}); }});
  all.push_back({"stats", "Version and counts of the graph", {kVersion}, [](const Given&, const GraphView&) -> Result<Question> { return Question(StatsQuestion{}); }});
  add_connecting(all);
  return all;
}

}  // namespace

const std::vector<Parameter>& filter_parameters() {
  static const std::vector<Parameter> all{
      {"type", "entity types, other than of entities the question names", ParameterKind::choice, 0, 0, {}, names<EntityType>(kEntityTypes), true},
      {"relation", "relation types", ParameterKind::text, 0, 0, {}, {}, true},
      {"from", "happened on this day or later; undated statements are left out", ParameterKind::date},
      {"until", "happened on this day or earlier; undated statements are left out", ParameterKind::date},
      {"known_at", "published on this day or earlier", ParameterKind::date},
      kVersion,
      {"polarity", "asserted (positive) or denied (negative)", ParameterKind::choice, 0, 0, {}, names<Polarity>(2)},
      {"modality", "how it is meant", ParameterKind::choice, 0, 0, {}, names<Modality>(kModalities), true},
      {"attributed_to", "entity id or name of who is said to have said it", ParameterKind::entity},
      {"publisher", "publisher, case and accents folded"},
      {"min_confidence", "of relations; in lists of statements, of statements", ParameterKind::number, 0, 1, "0"},
      {"min_publishers", "independent publishers that say it", ParameterKind::integer, 0, 1'000'000, "0"},
      {"fold", "take a state, its government and its seats (Kremlin, White House) for one actor", ParameterKind::choice, 0, 0, {}, {"governments"}},
      {"contested", "only relations asserted by some and denied by others, or only others", ParameterKind::boolean},
  };
  return all;
}

const std::vector<Form>& forms() {
  static const std::vector<Form> all = make_forms();
  return all;
}

const Form& form(std::string_view name) {
  const auto found = std::find_if(forms().begin(), forms().end(), [&](const Form& one) { return one.name == name; });
  assert(found != forms().end());
  return *found;
}

Result<void> check_given(const std::vector<Parameter>& parameters, const Given& given) {
  for (const auto& [name, values] : given) {
    const auto known = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& one) { return one.name == name; });
    if (known == parameters.end()) {
      std::vector<std::string_view> all;
      for (const Parameter& one : parameters) all.push_back(one.name);
      return bad_input(name.substr(0, 100) + ": unknown parameter; known are " + (all.empty() ? "none" : listed(all)));
    }
    if (!known->list && values.size() > 1) return bad_input(name + ": given " + std::to_string(values.size()) + " times, give it once");
    for (const std::string& value : values)
      for (const std::string& part : known->list ? split(value) : std::vector{value})
        if (Result<void> fine = check_value(*known, part); !fine) return fine;
  }
  for (const Parameter& one : parameters)
    if (one.required && (!given.contains(one.name) || given.find(one.name)->second.front().empty())) return bad_input(std::string(one.name) + ": is missing");
  return {};
}

bool wants_explanation(const Given& given) { return Reader(given).flag("explain").value_or(false); }

Result<Filter> filter_from(const Given& given, const GraphView& view) {
  const Reader read(given);
  Filter filter;
  for (const std::string& name : read.list("type")) filter.types.push_back(*parse_entity_type(name));
  filter.relations = read.list("relation");
  filter.from = read.day("from", false);
  filter.until = read.day("until", true);
  filter.known_at = read.day("known_at", true);
  if (read.has("version")) filter.version = static_cast<Version>(read.number("version", 0));
  filter.polarity = parse_polarity(read.text("polarity"));
  for (const std::string& name : read.list("modality")) filter.modalities.push_back(*parse_modality(name));
  if (const std::string name = read.text("attributed_to"); !name.empty()) {
    const Result<Node> node = resolve(view, "attributed_to", name);
    if (!node) return node.error();
    filter.attributed_to = view.entity_id(*node);
  }
  filter.publisher = read.text("publisher");
  filter.min_confidence = read.number("min_confidence", 0);
  filter.min_publishers = static_cast<std::uint32_t>(read.number("min_publishers", 0));
  filter.contested = read.flag("contested");
  filter.fold = read.text("fold");
  return filter;
}

Result<Day> parse_date_parameter(std::string_view parameter, std::string_view text, bool end) {
  const bool shaped = (text.size() == 4 || text.size() == 7 || text.size() == 10) && text.find_first_not_of("0123456789-") == std::string_view::npos;
  const std::optional<When> when = shaped ? parse_when(text) : std::nullopt;
  if (!when) return bad_input(std::string(parameter) + "='" + std::string(text.substr(0, 100)) + "': a date such as 2024-11-15, 2024-11 or 2024");
  return end ? when->end : when->begin;
}

}  // namespace relata
