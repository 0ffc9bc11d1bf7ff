// Articles that say little, made by hand: who is named and what he is said to be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/extraction.h"

namespace relata::tests {

struct Named {
  std::string name;
  EntityType type = EntityType::person;
  std::string office = {};  // "mayor": of the next entity of the article; "-": belongs to it without an office
};

// The day is part of the content, and so of the id.
inline Extraction told_article(const std::string& title, const std::string& day, const std::vector<Named>& named) {
  Extraction extraction;
  extraction.article.title = title;
  extraction.article.uri = "https://news.example/" + title;
  extraction.article.publisher = "news.example";
  extraction.article.published = parse_day(day);
  extraction.article.text = title + " " + day + ".";
  extraction.article.id = article_id(extraction.article);
  extraction.extractor = "told";
  for (const Named& each : named) {
    Actor actor;
    actor.name = each.name;
    actor.type = each.type;
    actor.aliases = {each.name};
    extraction.actors.push_back(std::move(actor));
  }
  for (ActorIndex i = 0; i + 1 < named.size(); ++i) {
    if (named[i].office.empty()) continue;
    Statement statement;
    statement.subject = i;
    statement.object = i + 1;
    statement.type = named[i].office == "-" ? "EMPLOYED_BY" : "HAS_POSITION_AT";
    statement.predicate = named[i].office;
    statement.confidence = 0.9F;
    extraction.statements.push_back(std::move(statement));
  }
  return extraction;
}

}  // namespace relata::tests
