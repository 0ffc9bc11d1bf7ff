#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "extract/pipeline/line.h"
#include "extract/pipeline/points.h"
#include "graph/ids.h"

namespace relata {
namespace {

using json = nlohmann::ordered_json;

// The number of fewest digits that is read back as the same float.
double shortest(float value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  double number = 0;
  std::from_chars(digits.data(), end, number);
  return number;
}

json date_or_null(const std::optional<Day>& day) { return day ? json(to_string(*day)) : json(nullptr); }

json span_members(const CodePoints& text, Span span) {
  return {{"begin", span.begin}, {"end", span.end}, {"text", text.slice(span)}};
}

json document(const Extraction& extraction) {
  const Article& article = extraction.article;
  return {{"id", to_string(article.id)},
          {"uri", article.uri},
          {"title", article.title},
          {"publisher", article.publisher},
          {"published", date_or_null(article.published)},
          {"published_from", to_string(article.published_from)},
          {"language", article.language},
          {"extractor", extraction.extractor},
          {"text", article.text}};
}

json entity(const Extraction& extraction, std::size_t index, const CodePoints& text) {
  const Actor& actor = extraction.actors[index];
  json mentions = json::array();
  for (const Mention& mention : actor.mentions) {
    json one = span_members(text, mention.span);
    one["kind"] = to_string(mention.kind);
    mentions.push_back(std::move(one));
  }
  return {{"id", actor_id(extraction.article.id, static_cast<ActorIndex>(index))},
          {"name", actor.name},
          {"type", to_string(actor.type)},
          {"aliases", actor.aliases},
          {"mentions", std::move(mentions)}};
}

json time(const std::optional<When>& when) {
  if (!when) return nullptr;
  json time = {{"value", when->value}, {"begin", to_string(when->begin)}, {"end", to_string(when->end)}, {"precision", to_string(when->precision)}};
  if (!when->mod.empty()) time["mod"] = when->mod;
  return time;
}

json statement(const Extraction& extraction, std::size_t index, const CodePoints& text) {
  const ArticleId article = extraction.article.id;
  const Statement& statement = extraction.statements[index];
  json attribution = json::array();
  for (const Attribution& by : statement.attribution) attribution.push_back({{"source", actor_id(article, by.source)}, {"verb", by.verb}});
  json made = {{"id", to_string(StatementId{article, static_cast<std::uint32_t>(index)})},
               {"subject", actor_id(article, statement.subject)},
               {"object", actor_id(article, statement.object)},
               {"type", statement.type},
               {"predicate", statement.predicate},
               {"time", time(statement.time)},
               {"polarity", to_string(statement.polarity)},
               {"modality", to_string(statement.modality)},
               {"attribution", std::move(attribution)}};
  if (!statement.roles.empty()) {
    json roles = json::object();
    for (const Role& role : statement.roles) {
      const auto* actor = std::get_if<ActorIndex>(&role.value);
      roles[role.name] = actor ? actor_id(article, *actor) : std::get<std::string>(role.value);
    }
    made["roles"] = std::move(roles);
  }
  made["confidence"] = shortest(statement.confidence);
  made["evidence"] = span_members(text, statement.evidence);
  return made;
}

json quote(const Extraction& extraction, const Quote& quote, const CodePoints& text) {
  json made = span_members(text, quote.span);
  if (quote.source) made["source"] = actor_id(extraction.article.id, *quote.source);
  else made["source"] = quote.speaker.end > quote.speaker.begin ? span_members(text, quote.speaker) : json(nullptr);
  made["cue"] = quote.cue;
  return made;
}

}  // namespace

std::string to_line(const Extraction& extraction) {
  const CodePoints text(extraction.article.text);
  json line = {{"uri", extraction.article.uri}, {"document", document(extraction)}};
  json& entities = line["entities"] = json::array();
  for (std::size_t i = 0; i < extraction.actors.size(); ++i) entities.push_back(entity(extraction, i, text));
  json& statements = line["statements"] = json::array();
  for (std::size_t i = 0; i < extraction.statements.size(); ++i) statements.push_back(statement(extraction, i, text));
  json& quotes = line["quotes"] = json::array();
  for (const Quote& one : extraction.quotes) quotes.push_back(quote(extraction, one, text));
  return line.dump();
}

}  // namespace relata
