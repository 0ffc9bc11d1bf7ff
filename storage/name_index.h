// Folded names in byte order, for finding by prefix. Immutable; a new one shares the segments of the one it comes from and
// adds a small one, and segments of like size are merged, so that there are few (logarithmic method: Bentley and Saxe 1980).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/near_name.h"
#include "graph/view.h"

namespace relata::storage {

struct FoldedName {
  std::string text;
  Node node = 0;
};

class NameIndex {
 public:
  struct Match {
    Node node = 0;
    bool exact = false;
  };

  NameIndex with(std::vector<FoldedName> names) const;
  // Every node with a name that begins with `prefix`, by node, each once.
  std::vector<Match> find(std::string_view prefix) const;
  // Every node with a name that fits, by node, each once with its best fit; looks at every name.
  struct Near {
    Node node = 0;
    Nearness nearness;
  };
  std::vector<Near> find_near(const TypedName& typed) const;

 private:
  class Segment;
  std::vector<std::shared_ptr<const Segment>> segments_;  // largest first
};

}  // namespace relata::storage
