// A diff as JSON, text for people, and lines of CSV.
#include <sstream>

#include "query/history.h"
#include "query/text.h"

namespace relata {
namespace {

Json moment_json(const NamedMoment& named) {
  const GraphView& view = *named.moment.view;
  Json json{{"version", view.version()}, {"hash", to_string(view.content_hash())}};
  if (named.moment.known_at) json["known_at"] = to_string(*named.moment.known_at);
  if (!named.snapshot.empty()) json["snapshot"] = named.snapshot;
  return json;
}

template <typename Key>
Json counts_json(const std::map<Key, std::size_t>& counts) {
  Json json = Json::object();
  for (const auto& [key, count] : counts) {
    if constexpr (std::is_same_v<Key, std::string>)
      json[key] = count;
    else
      json[std::string(to_string(key))] = count;
  }
  return json;
}

Json entities_json(const std::vector<Entity>& entities) {
  Json list = Json::array();
  for (const Entity& entity : entities) list.push_back(to_json(entity));
  return list;
}

Json relation_json(const std::optional<Relation>& relation) {
  if (!relation) return nullptr;
  Json json = to_json(*relation);
  json.erase("evidence");
  return json;
}

bool about_relation(const DiffRow& row) { return row.was || row.is; }

std::string name_of(const DiffRow& row, std::size_t end) { return end < row.ends.size() ? row.ends[end].name : ""; }

std::string when(const std::optional<Relation>& relation) { return relation && relation->time ? relation->time->value : "undated"; }

std::string names(const std::vector<Entity>& entities) {
  std::string text;
  for (const Entity& entity : entities) (text += text.empty() ? "" : ", ") += entity.name + " (" + std::string(to_string(entity.type)) + ")";
  return text;
}

std::string support(const std::optional<Relation>& relation) {
  if (!relation) return "-";
  std::string text = std::to_string(relation->asserted) + " assert";
  if (relation->denied > 0) text += ", " + std::to_string(relation->denied) + " deny";
  return text + ", " + std::to_string(relation->publishers) + (relation->publishers == 1 ? " publisher" : " publishers");
}

std::string spaced(std::string_view kind) {
  std::string text(kind);
  for (char& c : text)
    if (c == '_') c = ' ';
  return text;
}

std::string cause_text(const DiffLine& line) {
  std::string text = spaced(to_string(line.cause));
  if (line.version > 0) text += " in version " + std::to_string(line.version);
  for (const Decision& decision : line.decisions)
    text += ", d" + std::to_string(decision.id) + " (" + std::string(to_string(decision.kind)) + (decision.author.empty() ? "" : " by " + decision.author) + ")";
  for (const ArticleId id : line.articles) text += " " + to_string(id);
  if (line.more_articles > 0) text += " and " + std::to_string(line.more_articles) + " more";
  return text;
}

std::string csv(std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(field);
  std::string quoted = "\"";
  for (const char c : field) (quoted += c == '"' ? "\"" : "") += c;
  return quoted + "\"";
}

}  // namespace

Json to_json(const Snapshot& snapshot) {
  return {{"name", snapshot.name},
          {"note", snapshot.note},
          {"time", snapshot.time},
          {"version", snapshot.version},
          {"articles", snapshot.counts.articles},
          {"entities", snapshot.counts.entities},
          {"relations", snapshot.counts.relations},
          {"statements", snapshot.counts.statements},
          {"hash", to_string(snapshot.hash)}};
}

Json to_json(const DiffRow& row) {
  const DiffLine& line = row.line;
  Json articles = Json::array(), decisions = Json::array();
  for (const ArticleId id : line.articles) articles.push_back(to_string(id));
  for (const Decision& decision : line.decisions)
    decisions.push_back({{"id", "d" + std::to_string(decision.id)}, {"kind", to_string(decision.kind)}, {"author", decision.author}, {"note", decision.note}, {"time", decision.time}});
  Json json{{"what", to_string(line.what)}, {"cause", to_string(line.cause)}, {"version", line.version}, {"articles", std::move(articles)}};
  if (line.more_articles > 0) json["more_articles"] = line.more_articles;
  if (!line.decisions.empty()) json["decisions"] = std::move(decisions);
  if (!about_relation(row)) {
    json["before"] = entities_json(line.before);
    json["after"] = entities_json(line.after);
    if (line.relations_moved > 0) json["relations_moved"] = line.relations_moved;
    return json;
  }
  const Relation& shown = row.is ? *row.is : *row.was;
  json["relation"] = shown.id;
  json["source"] = to_string(shown.source);
  json["source_name"] = name_of(row, 0);
  json["target"] = to_string(shown.target);
  json["target_name"] = name_of(row, 1);
  json["type"] = shown.type;
  json["before"] = relation_json(row.was);
  json["after"] = relation_json(row.is);
  Relation proved;
  proved.evidence = row.evidence;
  json["evidence"] = to_json(proved)["evidence"];
  return json;
}

Json to_json(const DiffAnswer& answer) {
  Json entities = Json::array(), changes = Json::array();
  for (const auto& [entity, count] : answer.summary.entities) entities.push_back({{"id", to_string(entity.id)}, {"name", entity.name}, {"changes", count}});
  for (const DiffRow& row : answer.rows) changes.push_back(to_json(row));
  return {{"before", moment_json(answer.before)},
          {"after", moment_json(answer.after)},
          {"summary",
           {{"what", counts_json(answer.summary.kinds)},
            {"causes", counts_json(answer.summary.causes)},
            {"relation_types", counts_json(answer.summary.relation_types)},
            {"entities", std::move(entities)}}},
          {"changes", std::move(changes)},
          {"left_out", answer.left_out},
          {"next", answer.next ? Json(*answer.next) : Json(nullptr)}};
}

Json to_json(const VersionChanges& changes, const GraphView& newest) {
  const auto article = [&](const GraphView* view, ArticleId id) {
    Json json{{"id", to_string(id)}};
    const auto extraction = view ? view->extraction(id) : Result<Extraction>(not_found(""));
    if (!extraction) return json;
    json["uri"] = extraction->article.uri;
    json["title"] = extraction->article.title;
    json["publisher"] = extraction->article.publisher;
    json["published"] = extraction->article.published ? Json(to_string(*extraction->article.published)) : Json(nullptr);
    json["extractor"] = extraction->extractor;
    json["statements"] = extraction->statements.size();
    return json;
  };
  const auto then = newest.at(changes.version), before = newest.at(changes.version - 1);
  Json added = Json::array(), retracted = Json::array(), moved = Json::array(), decided = Json::array();
  for (const ArticleId id : changes.added) added.push_back(article(then ? then->get() : nullptr, id));
  for (const ArticleId id : changes.retracted) retracted.push_back(article(before ? before->get() : nullptr, id));
  std::map<std::pair<EntityId, EntityId>, std::size_t> moves;
  for (const ActorMove& move : changes.moved) ++moves[{move.from, move.to}];
  for (const auto& [pair, count] : moves) moved.push_back({{"from", to_string(pair.first)}, {"to", to_string(pair.second)}, {"mentions", count}});
  for (const Decision& decision : changes.decided)
    decided.push_back({{"id", "d" + std::to_string(decision.id)}, {"kind", to_string(decision.kind)}, {"author", decision.author}, {"note", decision.note}, {"time", decision.time}});
  return {{"version", changes.version}, {"added", std::move(added)}, {"retracted", std::move(retracted)}, {"moved", std::move(moved)}, {"decisions", std::move(decided)}};
}

std::string to_text(const DiffAnswer& answer) {
  std::ostringstream out;
  const auto title = [](const NamedMoment& named) {
    std::string text = named.snapshot.empty() ? "version " + std::to_string(named.moment.view->version()) : plain_line(named.snapshot) + " (version " + std::to_string(named.moment.view->version()) + ")";
    if (named.moment.known_at) text += " as published by " + to_string(*named.moment.known_at);
    return text;
  };
  out << title(answer.before) << " -> " << title(answer.after) << "\n";
  for (const auto& [kind, count] : answer.summary.kinds) out << "  " << count << " " << spaced(to_string(kind)) << "\n";
  if (answer.summary.kinds.empty()) out << "  nothing changed\n";
  if (!answer.summary.entities.empty()) {
    out << "Most changed:";
    for (std::size_t i = 0; i < std::min<std::size_t>(5, answer.summary.entities.size()); ++i)
      out << (i == 0 ? " " : ", ") << plain_line(answer.summary.entities[i].first.name) << " (" << answer.summary.entities[i].second << ")";
    out << "\n";
  }
  for (const DiffRow& row : answer.rows) {
    const DiffLine& line = row.line;
    out << "\n" << spaced(to_string(line.what)) << ": ";
    if (about_relation(row)) {
      const Relation& shown = row.is ? *row.is : *row.was;
      out << plain_line(name_of(row, 0)) << " " << shown.type << " " << plain_line(name_of(row, 1)) << ", ";
      if (row.was && row.is) {
        out << (when(row.was) == when(row.is) ? when(row.is) : when(row.was) + " -> " + when(row.is)) << "\n  " << support(row.was) << " -> " << support(row.is);
      } else {
        out << when(row.is ? row.is : row.was) << "\n  " << support(row.is ? row.is : row.was);
      }
      out << "\n";
    } else {
      out << plain_line(names(line.before)) << (line.before.empty() || line.after.empty() ? "" : " -> ") << plain_line(names(line.after)) << "\n";
      if (line.relations_moved > 0) out << "  " << line.relations_moved << " relations moved along\n";
    }
    out << "  because: " << plain_line(cause_text(line)) << "\n";
    if (!row.evidence.empty()) {
      const Evidence& proof = row.evidence.front();
      out << "  \"" << plain_line(proof.text) << "\" " << plain_line(proof.publisher) << (proof.published ? ", " + to_string(*proof.published) : "") << ", " << plain_line(proof.uri) << "\n";
    }
  }
  if (answer.left_out > 0) out << "\n" << answer.left_out << " more\n";
  return out.str();
}

std::string diff_csv_header() {
  return "what,cause,version,source,source_name,type,target,target_name,before,after,asserted_before,denied_before,publishers_before,asserted_after,denied_after,publishers_after,articles,"
         "decisions,evidence,uri\n";
}

std::string to_csv(const DiffRow& row) {
  const DiffLine& line = row.line;
  std::string text;
  const auto field = [&](const std::string& value) { (text += text.empty() ? "" : ",") += csv(value); };
  const auto counts = [&](const std::optional<Relation>& relation) {
    for (const std::uint32_t count : {relation ? relation->asserted : 0, relation ? relation->denied : 0, relation ? relation->publishers : 0}) field(about_relation(row) ? std::to_string(count) : "");
  };
  field(std::string(to_string(line.what)));
  field(std::string(to_string(line.cause)));
  field(std::to_string(line.version));
  const Relation* shown = row.is ? &*row.is : row.was ? &*row.was : nullptr;
  const auto id_of = [](const std::vector<Entity>& entities) { return entities.empty() ? "" : to_string(entities.front().id); };
  field(shown ? to_string(shown->source) : id_of(line.after.empty() ? line.before : line.after));
  field(shown ? name_of(row, 0) : line.after.empty() ? line.before.front().name : line.after.front().name);
  field(shown ? shown->type : "");
  field(shown ? to_string(shown->target) : "");
  field(shown ? name_of(row, 1) : "");
  field(shown ? (row.was ? when(row.was) : "") : names(line.before));
  field(shown ? (row.is ? when(row.is) : "") : names(line.after));
  counts(row.was);
  counts(row.is);
  std::string articles, decisions;
  for (const ArticleId id : line.articles) (articles += articles.empty() ? "" : " ") += to_string(id);
  for (const Decision& decision : line.decisions) (decisions += decisions.empty() ? "" : " ") += "d" + std::to_string(decision.id);
  field(articles);
  field(decisions);
  field(row.evidence.empty() ? "" : row.evidence.front().text);
  field(row.evidence.empty() ? "" : row.evidence.front().uri);
  return text + "\n";
}

}  // namespace relata
