// An extraction with something of everything: letters of several bytes, a negated and attributed statement with roles, a quotation
// whose speaker is known and one whose is not.
#pragma once

#include "graph/extraction.h"

namespace relata::tests {

inline Extraction sample_extraction() {
  Extraction made;
  Article& article = made.article;
  article.uri = "a.txt";
  article.title = "Überschrift \"q\"";
  article.publisher = "Harbour Times";
  article.published = parse_day("2024-11-18");
  article.published_from = PublishedFrom::dateline;
  article.text = "Zoë met 🙂 Łukasz on Friday, Ana told Reuters.";
  article.id = article_id(article);
  made.extractor = "1+test";
  made.actors = {{"Zoë", EntityType::person, {"Zoë"}, {{{0, 3}, MentionKind::name}}},
                 {"Łukasz", EntityType::person, {"Łukasz"}, {{{10, 16}, MentionKind::name}}},
                 {"Ana", EntityType::person, {"Ana"}, {{{28, 31}, MentionKind::name}}}};
  Statement statement;
  statement.subject = 0;
  statement.object = 1;
  statement.type = "CONSULT";
  statement.predicate = "meet";
  statement.time = parse_when("2024-11-15", "APPROX");
  statement.polarity = Polarity::negative;
  statement.modality = Modality::possible;
  statement.attribution = {{2, "tell"}};
  statement.roles = {{"location", ActorIndex{1}}, {"topic", std::string("peace")}};
  statement.confidence = 0.875f;
  statement.evidence = {0, 45};
  made.statements = {statement};
  made.quotes = {{{0, 26}, 2, "tell"}, {{0, 3}, std::nullopt, ""}};
  return made;
}

}  // namespace relata::tests
