// The one way to change a store.
#pragma once

#include <vector>

#include "graph/decision.h"
#include "graph/extraction.h"

namespace relata {

// Applied whole or not at all: first what is taken back, then what is added, then what is decided, in their order.
struct Batch {
  std::vector<Extraction> add;
  std::vector<ArticleId> retract;
  std::vector<Decision> decide = {};  // ids and versions are given by the store
};

}  // namespace relata
