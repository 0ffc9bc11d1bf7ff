#include "query/json.h"

#include <cmath>

namespace relata {
namespace {

Json date(const std::optional<Day>& day) { return day ? Json(to_string(*day)) : Json(nullptr); }
Json cursor_of(const Next& next) { return next ? Json(*next) : Json(nullptr); }
double rounded(double confidence) { return std::round(confidence * 1e4) / 1e4; }

Json list(const std::vector<Entity>& entities) {
  Json all = Json::array();
  for (const Entity& entity : entities) all.push_back(to_json(entity));
  return all;
}

Json list(const std::vector<Relation>& relations) {
  Json all = Json::array();
  for (const Relation& relation : relations) all.push_back(to_json(relation));
  return all;
}

Json attribution(const std::vector<Evidence::Source>& sources) {
  Json all = Json::array();
  for (const Evidence::Source& source : sources) all.push_back({{"source", to_string(source.entity)}, {"name", source.name}, {"verb", source.verb}});
  return all;
}

Json to_json(const Evidence& proof) {
  return {{"statement", to_string(proof.statement)},
          {"article", to_string(proof.statement.article)},
          {"uri", proof.uri},
          {"title", proof.title},
          {"published", date(proof.published)},
          {"publisher", proof.publisher},
          {"begin", proof.span.begin},
          {"end", proof.span.end},
          {"text", proof.text},
          {"polarity", to_string(proof.polarity)},
          {"modality", to_string(proof.modality)},
          {"confidence", rounded(static_cast<double>(proof.confidence))},
          {"attribution", attribution(proof.attribution)}};
}

// A flag that is given only when it tells something.
void say_cut(Json& json, bool cut) {
  if (cut) json["cut"] = true;
}

Json to_json(const QuotedWords& words) {
  return {{"article", to_string(words.article)}, {"uri", words.uri}, {"published", date(words.published)}, {"publisher", words.publisher},
          {"begin", words.quote.span.begin},     {"end", words.quote.span.end}, {"text", words.text}, {"cue", words.quote.cue}};
}

Json to_json(const Path& path) {
  Json hops = Json::array();
  for (const Hop& hop : path.hops) {
    Json one = to_json(hop.relation);
    one["reversed"] = hop.reversed;
    hops.push_back(std::move(one));
  }
  return {{"length", path.hops.size()}, {"departure", date(path.departure)}, {"arrival", date(path.arrival)}, {"hops", std::move(hops)}};
}

Json to_json(const Voice& voice) {
  return {{"publisher", voice.publisher},
          {"attribution", attribution(voice.attribution)},
          {"statements", voice.statements},
          {"first", date(voice.first)},
          {"evidence", to_json(voice.evidence)}};
}

Json list(const std::vector<Voice>& voices) {
  Json all = Json::array();
  for (const Voice& voice : voices) all.push_back(to_json(voice));
  return all;
}

struct Writer {
  Json operator()(const FindAnswer& a) const { return {{"entities", list(a.entities)}, {"next", cursor_of(a.next)}}; }
  Json operator()(const ShowAnswer& a) const { return to_json(a.entity); }
  Json operator()(const RelationsAnswer& a) const {
    Json json{{"entities", list(a.entities)}, {"relations", list(a.relations)}, {"left_out", a.left_out}, {"next", cursor_of(a.next)}};
    for (const auto& [type, count] : a.left_out_types) json["left_out_types"][type] = count;
    say_cut(json, a.cut);
    return json;
  }
  Json operator()(const TimelineAnswer& a) const {
    Json json{{"entity", to_json(a.entity)}, {"events", list(a.events)}, {"entities", list(a.entities)}, {"left_out", a.left_out}, {"next", cursor_of(a.next)}};
    say_cut(json, a.cut);
    return json;
  }
  Json operator()(const QuotesAnswer& a) const {
    Json quotes = Json::array();
    for (const QuotedWords& words : a.quotes) quotes.push_back(to_json(words));
    Json json{{"entity", to_json(a.entity)}, {"quotes", std::move(quotes)}, {"next", cursor_of(a.next)}};
    say_cut(json, a.cut);
    return json;
  }
  Json operator()(const RelationAnswer& a) const {
    Json json = to_json(a.relation);
    json["entities"] = list(a.entities);
    return json;
  }
  Json operator()(const StatementsAnswer& a) const {
    Json rows = Json::array();
    for (const StatementRow& row : a.statements) rows.push_back(to_json(row));
    Json json{{"statements", std::move(rows)}, {"left_out", a.left_out}, {"next", cursor_of(a.next)}};
    say_cut(json, a.cut);
    return json;
  }
  Json operator()(const ArticleAnswer& a) const { return to_json(a); }
  Json operator()(const StatsAnswer& a) const {
    return {{"version", a.version},
            {"articles", a.counts.articles},
            {"entities", a.counts.entities},
            {"relations", a.counts.relations},
            {"statements", a.counts.statements},
            {"relation_types", a.relation_types}};
  }
  Json operator()(const ConnectionsAnswer& a) const {
    Json parts = Json::array();
    for (const auto& part : a.parts) {
      Json ids = Json::array();
      for (const EntityId id : part) ids.push_back(to_string(id));
      parts.push_back(std::move(ids));
    }
    Json json{{"connected", a.parts.size() == 1}, {"parts", std::move(parts)}, {"relations", list(a.relations)}, {"entities", list(a.entities)}};
    say_cut(json, a.cut);
    return json;
  }
  Json operator()(const SidesAnswer& a) const {
    Json all = Json::array();
    for (const ContestedRelation& one : a.relations) {
      Json json = to_json(one.relation);
      json["asserted_by"] = list(one.asserted_by);
      json["denied_by"] = list(one.denied_by);
      all.push_back(std::move(json));
    }
    Json json{{"entities", list(a.entities)}, {"relations", std::move(all)}, {"left_out", a.left_out}, {"next", cursor_of(a.next)}};
    say_cut(json, a.cut);
    return json;
  }
  Json operator()(const PathAnswer& a) const {
    Json all = Json::array();
    for (const Path& path : a.paths) all.push_back(to_json(path));
    Json json{{"paths", std::move(all)}, {"entities", list(a.entities)}};
    say_cut(json, a.cut);
    return json;
  }
};

}  // namespace

Json to_json(const When& when) {
  Json json{{"value", when.value}, {"begin", to_string(when.begin)}, {"end", to_string(when.end)}, {"precision", to_string(when.precision)}};
  if (!when.mod.empty()) json["mod"] = when.mod;
  return json;
}

Json to_json(const Entity& entity) {
  Json external = Json::object();
  for (const auto& [source, id] : entity.external) external[source] = id;
  return {{"id", to_string(entity.id)},
          {"name", entity.name},
          {"type", to_string(entity.type)},
          {"aliases", entity.aliases},
          {"external", std::move(external)},
          {"articles", entity.articles},
          {"statements", entity.statements},
          {"first", date(entity.first)},
          {"last", date(entity.last)}};
}

Json to_json(const Relation& relation) {
  Json modalities = Json::object();
  for (int m = 0; m < kModalities; ++m)
    if (const auto count = relation.modalities[static_cast<std::size_t>(m)]; count > 0) modalities[std::string(to_string(static_cast<Modality>(m)))] = count;
  Json evidence = Json::array();
  for (const Evidence& proof : relation.evidence) evidence.push_back(to_json(proof));
  return {{"id", relation.id},
          {"source", to_string(relation.source)},
          {"target", to_string(relation.target)},
          {"type", relation.type},
          {"predicates", relation.predicates},
          {"time", relation.time ? to_json(*relation.time) : Json(nullptr)},
          {"asserted", relation.asserted},
          {"denied", relation.denied},
          {"modalities", std::move(modalities)},
          {"contested", relation.contested},
          {"publishers", relation.publishers},
          {"confidence", rounded(static_cast<double>(relation.confidence))},
          {"evidence", std::move(evidence)}};
}

Json to_json(const StatementRow& row) {
  const Evidence& proof = row.evidence;
  Json roles = Json::object();
  for (const auto& [name, value] : row.roles) roles[name] = value;
  return {{"id", to_string(proof.statement)},
          {"subject", to_string(row.subject.id)},
          {"subject_name", row.subject.name},
          {"object", to_string(row.object.id)},
          {"object_name", row.object.name},
          {"type", row.statement.type},
          {"predicate", row.statement.predicate},
          {"time", row.statement.time ? to_json(*row.statement.time) : Json(nullptr)},
          {"polarity", to_string(row.statement.polarity)},
          {"modality", to_string(row.statement.modality)},
          {"attribution", attribution(proof.attribution)},
          {"roles", std::move(roles)},
          {"confidence", rounded(static_cast<double>(row.statement.confidence))},
          {"evidence", {{"begin", proof.span.begin}, {"end", proof.span.end}, {"text", proof.text}}},
          {"article", to_string(proof.statement.article)},
          {"uri", proof.uri},
          {"publisher", proof.publisher},
          {"published", date(proof.published)},
          {"recorded", row.added}};
}

namespace {

Json to_json(const Article& article, const std::string& extractor) {
  return {{"id", to_string(article.id)},
          {"uri", article.uri},
          {"title", article.title},
          {"publisher", article.publisher},
          {"published", date(article.published)},
          {"published_from", to_string(article.published_from)},
          {"language", article.language},
          {"extractor", extractor},
          {"text", article.text}};
}

Json words_at(const Article& article, Span span) { return {{"begin", span.begin}, {"end", span.end}, {"text", text_at(article.text, span)}}; }

Json actor_json(const ArticleAnswer& answer, ActorIndex index) {
  const Article& article = answer.extraction.article;
  const Actor& actor = answer.extraction.actors[index];
  Json mentions = Json::array();
  for (const Mention& mention : actor.mentions) {
    Json one = words_at(article, mention.span);
    one["kind"] = to_string(mention.kind);
    mentions.push_back(std::move(one));
  }
  return {{"id", actor_id(article.id, index)},
          {"name", actor.name},
          {"type", to_string(actor.type)},
          {"aliases", actor.aliases},
          {"mentions", std::move(mentions)},
          {"entity", to_string(answer.entities[index])}};
}

Json statement_json(const Article& article, const Statement& statement, std::uint32_t ordinal) {
  Json sources = Json::array();
  for (const Attribution& one : statement.attribution) sources.push_back({{"source", actor_id(article.id, one.source)}, {"verb", one.verb}});
  Json roles = Json::object();
  for (const Role& role : statement.roles)
    roles[role.name] = std::holds_alternative<ActorIndex>(role.value) ? actor_id(article.id, std::get<ActorIndex>(role.value)) : std::get<std::string>(role.value);
  return {{"id", to_string(StatementId{article.id, ordinal})},
          {"subject", actor_id(article.id, statement.subject)},
          {"object", actor_id(article.id, statement.object)},
          {"type", statement.type},
          {"predicate", statement.predicate},
          {"time", statement.time ? to_json(*statement.time) : Json(nullptr)},
          {"polarity", to_string(statement.polarity)},
          {"modality", to_string(statement.modality)},
          {"attribution", std::move(sources)},
          {"roles", std::move(roles)},
          {"confidence", rounded(static_cast<double>(statement.confidence))},
          {"evidence", words_at(article, statement.evidence)}};
}

}  // namespace

Json to_json(const ArticleAnswer& answer) {
  const Extraction& extraction = answer.extraction;
  Json entities = Json::array(), statements = Json::array(), quotes = Json::array();
  for (ActorIndex actor = 0; actor < extraction.actors.size(); ++actor) entities.push_back(actor_json(answer, actor));
  for (std::uint32_t i = 0; i < extraction.statements.size(); ++i) statements.push_back(statement_json(extraction.article, extraction.statements[i], i));
  for (const Quote& quote : extraction.quotes) {
    Json one = words_at(extraction.article, quote.span);
    one["source"] = quote.source ? Json(actor_id(extraction.article.id, *quote.source)) : Json(nullptr);
    one["cue"] = quote.cue;
    quotes.push_back(std::move(one));
  }
  return {{"document", to_json(extraction.article, extraction.extractor)},
          {"entities", std::move(entities)},
          {"statements", std::move(statements)},
          {"quotes", std::move(quotes)}};
}

Json to_json(const Visited& visited) {
  return {{"statements", visited.edges}, {"entities", visited.nodes}, {"relations", visited.relations}, {"weighed", visited.weighed}};
}

Json to_json(const Answer& answer) { return std::visit(Writer{}, answer); }

std::string dump(const Json& json, int indent) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); }

}  // namespace relata
