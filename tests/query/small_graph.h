// Small graphs for tests of questions: facts as one writes them down, made into articles and a MemoryGraph.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "graph/memory_graph.h"

namespace relata::tests {

struct Fact {
  std::string subject, type, object;
  std::string time = {};  // TIMEX3 value; empty: undated
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::actual;
  float confidence = 0.8f;
  std::string publisher = "Example Wire";
  std::string published = "2024-06-01";
  std::string source = {};  // who is said to have said it
};

inline ActorIndex actor_of(Extraction& extraction, const std::string& name) {
  for (ActorIndex i = 0; i < extraction.actors.size(); ++i)
    if (extraction.actors[i].name == name) return i;
  extraction.actors.push_back({name, EntityType::person, {name}, {{{0, 1}, MentionKind::name}}});
  return static_cast<ActorIndex>(extraction.actors.size() - 1);
}

// One article for each fact.
inline Extraction article_of(const Fact& fact, int number) {
  Extraction extraction;
  extraction.extractor = "test";
  Article& article = extraction.article;
  article.uri = "https://news.example/" + std::to_string(number);
  article.title = "Report " + std::to_string(number);
  article.publisher = fact.publisher;
  article.published = parse_day(fact.published);
  article.text = fact.subject + " " + fact.type + " " + fact.object + ".";
  Statement statement;
  statement.subject = actor_of(extraction, fact.subject);
  statement.object = actor_of(extraction, fact.object);
  statement.type = fact.type;
  statement.predicate = "do " + fact.type;
  statement.time = parse_when(fact.time);
  statement.polarity = fact.polarity;
  statement.modality = fact.modality;
  statement.confidence = fact.confidence;
  statement.evidence = {0, static_cast<std::uint32_t>(article.text.size())};
  if (!fact.source.empty()) {
    const ActorIndex source = actor_of(extraction, fact.source);
    statement.attribution.push_back({source, "say"});
    extraction.quotes.push_back({{0, 3}, source, "say"});
  }
  extraction.statements.push_back(statement);
  article.id = article_id(article);
  return extraction;
}

inline std::shared_ptr<const MemoryGraph> graph_of(const std::vector<Fact>& facts) {
  std::vector<HeldExtraction> held;
  int number = 0;
  for (const Fact& fact : facts) held.push_back({std::make_shared<const Extraction>(article_of(fact, ++number)), 1, kForever});
  return std::make_shared<const MemoryGraph>(std::move(held), 1);
}

}  // namespace relata::tests
