// Whether two views tell the same, their numbering of nodes, statements and types aside: everything GraphView answers is written
// down by stable ids, sorted, so that a difference shows as text.
#pragma once

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "graph/identity.h"
#include "graph/view.h"

namespace relata::tests {

inline std::string told(const std::optional<Day>& day) { return day ? to_string(*day) : "-"; }

inline std::string told(const Entity& entity) {
  std::string text = to_string(entity.id) + " " + entity.name + " " + std::string(to_string(entity.type)) + " [";
  for (const std::string& alias : entity.aliases) text += alias + "|";
  return text + "] " + std::to_string(entity.articles) + " " + std::to_string(entity.statements) + " " + told(entity.first) + " " + told(entity.last);
}

inline std::string told(const GraphView& view, const Edge& edge) {
  std::string text = to_string(view.statement_id(edge.statement)) + (edge.outgoing ? " > " : " < ") + to_string(view.entity_id(edge.other));
  text += " " + view.relation_types()[edge.type];
  for (const int number : {edge.begin.number, edge.end.number, edge.published.number, int(edge.published_known), int(edge.polarity), int(edge.modality), int(edge.confidence)})
    text += " " + std::to_string(number);
  return text + " " + std::to_string(edge.added) + ".." + std::to_string(edge.removed);
}

inline std::string told(const GraphView& view, const Evidence& evidence) {
  std::string text = to_string(evidence.statement) + " " + evidence.uri + " " + evidence.title + " " + evidence.publisher + " " + told(evidence.published);
  text += " " + std::to_string(evidence.span.begin) + "-" + std::to_string(evidence.span.end) + " '" + evidence.text + "' ";
  text += std::string(to_string(evidence.polarity)) + " " + std::string(to_string(evidence.modality)) + " " + std::to_string(evidence.confidence);
  for (const Evidence::Source& source : evidence.attribution) text += " " + to_string(source.entity) + "=" + source.name + ":" + source.verb;
  return text + " @" + std::to_string(view.version());
}

inline std::string told(const Statement& statement) {
  std::string text = statement.type + " " + statement.predicate;
  if (statement.time) text += " " + statement.time->value + "/" + statement.time->mod + "/" + to_string(statement.time->begin) + "/" + to_string(statement.time->end);
  for (const Role& role : statement.roles)
    text += " " + role.name + "=" + (std::holds_alternative<ActorIndex>(role.value) ? "#" + std::to_string(std::get<ActorIndex>(role.value)) : std::get<std::string>(role.value));
  return text;
}

inline std::string told(const Telling& telling) {
  std::string text;
  for (const std::string_view part : {telling.predicate, telling.time, telling.mod, telling.sentence, telling.uri, telling.title, telling.publisher}) text += std::string(part) + "|";
  for (const std::string_view verb : telling.verbs) text += std::string(verb) + ",";
  return text + std::to_string(telling.timed) + " " + std::string(to_string(telling.polarity)) + " " + std::string(to_string(telling.modality)) + " " +
         std::to_string(telling.confidence) + " " + std::to_string(telling.span.begin) + "-" + std::to_string(telling.span.end) + " " + told(telling.published);
}

// Every line a view can tell, sorted.
inline std::vector<std::string> everything(const GraphView& view) {
  std::vector<std::string> lines;
  const Counts counts = view.counts();
  lines.push_back("counts " + std::to_string(counts.articles) + " " + std::to_string(counts.entities) + " " + std::to_string(counts.relations) + " " +
                  std::to_string(counts.statements) + " version " + std::to_string(view.version()) + " nodes " + std::to_string(view.nodes()) +
                  " all statements " + std::to_string(view.statements()));
  for (Node node = 0; node < view.nodes(); ++node) {
    const std::string id = to_string(view.entity_id(node));
    lines.push_back("entity " + told(view.entity(node)) + (view.node(view.entity_id(node)) == node ? "" : " LOST") + " " +
                    std::string(to_string(view.entity_type(node))));
    for (const Edge& edge : view.edges(node)) lines.push_back("edge " + id + " " + told(view, edge));
  }
  for (StatementIndex s = 0; s < view.statements(); ++s) {
    const GraphView::Ends ends = view.ends(s);
    std::string line = "statement " + to_string(view.statement_id(s)) + " " + to_string(view.entity_id(ends.subject)) + " " + to_string(view.entity_id(ends.object));
    for (const Node source : ends.attribution) line += " by " + to_string(view.entity_id(source));
    const auto newest = view.statement(view.statement_id(s));
    line += newest ? " newest " + to_string(view.statement_id(*newest)) : " LOST";
    const auto evidence = view.evidence(s);
    const auto value = view.statement_value(s);
    lines.push_back(line + " | " + (evidence ? told(view, *evidence) : evidence.error().message) + " | " + (value ? told(*value) : value.error().message));
  }
  std::vector<StatementIndex> all(view.statements());
  std::iota(all.rbegin(), all.rend(), StatementIndex{0});
  const auto read = view.tell(all, [&](std::size_t i, const Telling& telling) { lines.push_back("telling " + to_string(view.statement_id(all[i])) + " " + told(telling)); });
  if (!read) lines.push_back("telling " + read.error().message);
  for (const ArticleId id : view.articles()) {
    const auto extraction = view.extraction(id);
    std::string line = "article " + to_string(id) + " " + (extraction ? extraction->article.text + extraction->extractor : extraction.error().message);
    for (ActorIndex i = 0; extraction && i < extraction->actors.size(); ++i) line += " " + to_string(view.entity_id(view.node_of(id, i)));
    if (extraction) line += " quotes " + std::to_string(extraction->quotes.size());
    lines.push_back(line);
  }
  for (const char* prefix : {"a", "anna", "bjorn l", "weiss", "the", "petrov", "e", "goran nagy", "", "?"}) {
    std::string line = std::string("named ") + prefix + ":";
    for (const std::size_t limit : {std::size_t{3}, std::size_t{100}})
      for (const EntityMatch& match : view.named(prefix, limit)) line += " " + to_string(view.entity_id(match.node)) + (match.exact ? "!" : "");
    line += " listed:";
    for (const std::size_t limit : {std::size_t{3}, std::size_t{100}})
      for (const EntityMatch& match : view.listed(prefix, limit)) line += " " + to_string(view.entity_id(match.node)) + (match.exact ? "!" : "");
    lines.push_back(line);
  }
  for (const char* text : {"weiss", "petrov", "nagy", "anna wiess", "goran nagi", "petrof", "linqvist", "bjrn l", "x", ""}) {
    std::string line = std::string("near ") + text + ":";
    for (const std::size_t limit : {std::size_t{2}, std::size_t{100}})
      for (const NearMatch& match : view.near_named(text, limit)) line += " " + to_string(view.entity_id(match.node)) + (match.ending ? "!" : "");
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// Which publishers the statements have and whose voice they are at each version, as far as publisher_key() and voice_key() tell them
// apart: of each statement the first whose publisher it shares.
inline std::vector<std::string> publishers(const GraphView& view) {
  std::map<std::uint64_t, std::string> firsts;
  std::map<std::string, StatementIndex> statements;
  for (StatementIndex s = 0; s < view.statements(); ++s) statements[to_string(view.statement_id(s))] = s;
  std::vector<std::string> lines;
  for (const auto& [id, s] : statements) {
    std::string line = id + " as " + firsts.try_emplace(view.publisher_key(s), id).first->second + ", voices";
    for (Version version = std::max<Version>(1, view.oldest()); version <= view.version(); ++version) line += " " + firsts.try_emplace(view.voice_key(s, version), id).first->second;
    lines.push_back(std::move(line));
  }
  return lines;
}

// That every run of edges is in the order GraphView promises.
inline bool in_order(const GraphView& view) {
  for (Node node = 0; node < view.nodes(); ++node) {
    const auto edges = view.edges(node);
    const auto before = [&](const Edge& a, const Edge& b) {
      return a.begin != b.begin ? a.begin < b.begin : view.statement_id(a.statement) < view.statement_id(b.statement);
    };
    if (!std::is_sorted(edges.begin(), edges.end(), before)) return false;
    // edges_touching() leaves out no edge it must have.
    for (const Edge& edge : edges) {
      if (!edge.dated()) continue;
      const auto stretch = view.edges_touching(node, edge.end, edge.end);
      if (stretch.data() > &edge || stretch.data() + stretch.size() <= &edge) return false;
    }
  }
  return true;
}

}  // namespace relata::tests
