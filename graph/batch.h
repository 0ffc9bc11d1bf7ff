// The one way to change a store.
#pragma once

#include <vector>

#include "graph/decision.h"
#include "graph/extraction.h"

namespace relata {

// What becomes of an article that is held under the uri of one that is added, with other content. The later publication stays;
// of the same day (or without), the one that comes later, and within one batch the one with the greater id.
enum class Correction {
  addresses,  // is taken back when the uri is an address (has "://"): a file name or a number may well be used twice
  all,        // is taken back whatever the uri and the publication: the new wording is right
  none,       // stays
};

// Applied whole or not at all: first what is taken back, then what is added, then what is decided, in their order.
struct Batch {
  std::vector<Extraction> add;
  std::vector<ArticleId> retract;
  std::vector<Decision> decide = {};  // ids and versions are given by the store
  Correction correction = Correction::addresses;
};

}  // namespace relata
