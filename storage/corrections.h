// Articles that are held, or come together, under one uri: which wording stays (see Correction of graph/batch.h).
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "graph/batch.h"
#include "graph/result.h"

namespace relata::storage {

struct Wording {
  ArticleId id;
  std::optional<Day> published;
};
// The articles that are held under a uri.
using HeldUnder = std::function<Result<std::vector<Wording>>(const std::string& uri)>;

struct Corrected {
  std::vector<ArticleId> retract;  // beside those the batch names
  std::set<ArticleId> outdated;    // of those the batch adds: to be left out
};

Result<Corrected> correct(const Batch& batch, const HeldUnder& held_under);

}  // namespace relata::storage
