#include "query/decisions.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "graph/date.h"
#include "graph/identity.h"
#include "query/clock.h"
#include "query/resolve.h"

namespace relata {
namespace {

constexpr std::size_t kLongestText = 10'000;  // bytes of an author, a note
constexpr std::size_t kMostActors = 100'000;

// A day, alone or followed by a time of day: "2024-11-15T09:30:00+01:00".
bool iso_time(std::string_view text) {
  if (text.size() < 10 || text.size() > 35 || text.find_first_not_of("0123456789-") < 10 || !parse_when(text.substr(0, 10))) return false;
  return text.size() == 10 || ((text[10] == 'T' || text[10] == ' ') && text.substr(11).find_first_not_of("0123456789:.,+-Z") == std::string_view::npos);
}

Result<ActorRef> parse_actor(std::string_view text) {
  const auto article = text.size() > 18 && text.substr(16, 2) == ".e" ? parse_article_id(text.substr(0, 16)) : std::nullopt;
  const auto number = article ? parse_statement_id(std::string(text.substr(0, 16)) + ".s" + std::string(text.substr(18))) : std::nullopt;
  if (!number) return bad_input("actors: '" + std::string(text.substr(0, 100)) + "': an actor is written 0123456789abcdef.e3");
  return ActorRef{*article, number->ordinal};
}

Result<DecisionId> parse_decision(std::string_view text) {
  DecisionId id = 0;
  const char* const end = text.data() + text.size();
  if (text.size() < 2 || text.front() != 'd' || std::from_chars(text.data() + 1, end, id).ptr != end || id == 0)
    return bad_input("decision='" + std::string(text.substr(0, 100)) + "': a decision is written d12, as the list of decisions has it");
  return id;
}

Result<std::vector<ActorRef>> parse_actors(const std::vector<std::string>& texts) {
  if (texts.empty()) return bad_input("actors: is empty, name those that are somebody else");
  std::vector<ActorRef> actors;
  for (const std::string& text : texts) {
    const auto actor = parse_actor(text);
    if (!actor) return actor.error();
    actors.push_back(*actor);
  }
  std::sort(actors.begin(), actors.end());
  actors.erase(std::unique(actors.begin(), actors.end()), actors.end());
  return actors;
}

// The members that a decision of this kind must have.
std::vector<std::string_view> needed(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::merge:
    case DecisionKind::never: return {"entity", "other"};
    case DecisionKind::split: return {"entity", "actors"};
    case DecisionKind::undo: return {"decision"};
  }
  return {};
}

Result<void> take_member(DecisionWords& words, const std::string& name, const Json& value) {
  if (name == "actors") {
    if (!value.is_array() || value.size() > kMostActors) return bad_input("actors: an array of at most " + std::to_string(kMostActors) + " actors is expected");
    for (const Json& actor : value) {
      if (!actor.is_string()) return bad_input("actors: holds something that is no text; an actor is written \"0123456789abcdef.e3\"");
      words.actors.push_back(actor.get<std::string>());
    }
    return {};
  }
  if (!value.is_string()) return bad_input(name + ": a text is expected");
  std::string text = value.get<std::string>();
  if (text.size() > kLongestText) return bad_input(name + ": at most " + std::to_string(kLongestText) + " bytes");
  std::string& slot = name == "entity" ? words.entity : name == "other" ? words.other : name == "decision" ? words.decision : name == "author" ? words.author : name == "note" ? words.note : words.time;
  slot = std::move(text);
  return {};
}

}  // namespace

Result<DecisionWords> parse_decision_words(DecisionKind kind, std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return bad_input("body: a JSON object is expected");
  for (const std::string_view name : needed(kind))
    if (!json.contains(name)) return bad_input(std::string(name) + ": is missing in the body");
  std::vector<std::string_view> known = needed(kind);
  for (const std::string_view name : {"author", "note", "time"}) known.push_back(name);
  DecisionWords words;
  for (const auto& [name, value] : json.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::string all;
      for (const std::string_view one : known) (all += all.empty() ? "" : ", ") += one;
      return bad_input(name.substr(0, 100) + ": unknown member of the body; known are " + all);
    }
    if (auto taken = take_member(words, name, value); !taken) return taken.error();
  }
  return words;
}

Result<EntityId> entity_of(const GraphView& view, std::string_view parameter, std::string_view text) {
  if (const auto id = parse_entity_id(text)) return *id;
  const auto node = resolve(view, parameter, text);
  if (!node) return node.error();
  return view.entity_id(*node);
}

Result<Decision> decision_of(DecisionKind kind, const DecisionWords& words, const GraphView& view) {
  Decision decision;
  decision.kind = kind;
  decision.author = words.author;
  decision.note = words.note;
  decision.time = words.time.empty() ? now() : words.time;
  if (!iso_time(decision.time)) return bad_input("time='" + words.time.substr(0, 100) + "': a time such as 2024-11-15T09:30:00Z");
  if (kind == DecisionKind::undo) {
    const auto undone = parse_decision(words.decision);
    if (!undone) return undone.error();
    decision.undone = *undone;
    return decision;
  }
  const auto a = entity_of(view, "entity", words.entity);
  if (!a) return a.error();
  decision.a = *a;
  if (kind == DecisionKind::split) {
    auto actors = parse_actors(words.actors);
    if (!actors) return actors.error();
    decision.actors = std::move(*actors);
    return decision;
  }
  const auto b = entity_of(view, "other", words.other);
  if (!b) return b.error();
  decision.b = *b;
  return decision;
}

Json to_json(const Decision& decision, bool undone) {
  Json made{{"id", "d" + std::to_string(decision.id)}, {"kind", to_string(decision.kind)}, {"version", decision.version}, {"undone", undone},
            {"author", decision.author}, {"time", decision.time}, {"note", decision.note}};
  if (decision.kind == DecisionKind::undo) made["of"] = "d" + std::to_string(decision.undone);
  else made["entity"] = to_string(decision.a);
  if (decision.kind == DecisionKind::merge || decision.kind == DecisionKind::never) made["other"] = to_string(decision.b);
  for (const ActorRef actor : decision.actors) made["actors"].push_back(actor_id(actor.article, actor.actor));
  return made;
}

Json decision_receipt(const Decision& decided, const GraphView& view) {
  std::set<Node> nodes;
  const auto add = [&](std::optional<Node> node) {
    if (node) nodes.insert(*node);
  };
  if (decided.kind != DecisionKind::undo) add(view.node(decided.a));
  if (decided.kind == DecisionKind::merge || decided.kind == DecisionKind::never) add(view.node(decided.b));
  for (const ActorRef actor : decided.actors) add(view.node_of(actor.article, actor.actor));
  Json entities = Json::array();
  for (const Node node : nodes) entities.push_back(to_json(view.entity(node)));
  return {{"decision", "d" + std::to_string(decided.id)}, {"version", decided.version}, {"entities", std::move(entities)}};
}

Json to_json(const Link& link) {
  return {{"a", link.a}, {"b", link.b}, {"reason", to_string(link.reason)}, {"score", link.score}, {"a_id", to_string(entity_id(link.a))}, {"b_id", to_string(entity_id(link.b))}};
}

Result<Json> actors_of(const GraphView& view, ArticleId article, std::optional<Node> only) {
  const auto extraction = view.extraction(article);
  if (!extraction) return extraction.error();
  Json rows = Json::array();
  for (ActorIndex i = 0; i < extraction->actors.size(); ++i) {
    const Node node = view.node_of(article, i);
    if (only && node != *only) continue;
    const Actor& actor = extraction->actors[i];
    rows.push_back({{"uri", extraction->article.uri}, {"id", actor_id(article, i)}, {"name", actor.name}, {"type", to_string(actor.type)}, {"entity", to_string(view.entity_id(node))}});
  }
  return rows;
}

}  // namespace relata
