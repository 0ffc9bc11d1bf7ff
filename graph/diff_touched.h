// What a stretch of versions, or of days of publication, touched: the relations and entities that may differ, with who touched
// them. Private to the diff.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "graph/diff.h"

namespace relata {

// A relation by ids, so that it means the same in two views.
struct TouchedKey {
  EntityId source, target;
  std::string type;
  Day begin, end;
  auto operator<=>(const TouchedKey&) const = default;
};

// An article with a cause; the version is the last in which it acted.
struct Touch {
  DiffCause cause;
  ArticleId article;
  Version version = 0;
  auto operator<=>(const Touch&) const = default;
};

struct Touched {
  std::map<TouchedKey, std::set<Touch>> before, after;  // as the relation was, or is, called
  std::map<EntityId, std::set<Touch>> entities;
  std::map<std::pair<EntityId, EntityId>, std::vector<std::pair<ActorRef, Version>>> moves;  // from, to: of articles that stay
  std::map<ArticleId, std::string> uris;  // of articles that came or went
};

// Precondition: before is not newer than after.
Result<Touched> touched_between(const Moment& before, const Moment& after, const std::vector<VersionChanges>& changes);

}  // namespace relata
