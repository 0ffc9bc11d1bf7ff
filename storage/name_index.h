// Folded names in byte order, for finding by prefix. Immutable; a new one shares the segments of the one it comes from and
// adds a small one, and segments of like size are merged, so that there are few (logarithmic method: Bentley and Saxe 1980).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
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

  // Names in order: all texts one behind the other, where each ends, and whose it is. `owner` keeps them alive.
  struct Columns {
    std::shared_ptr<const void> owner;
    std::string_view text;
    std::span<const std::uint64_t> ends;
    std::span<const Node> nodes;
  };

  NameIndex() = default;
  explicit NameIndex(Columns columns);

  NameIndex with(std::vector<FoldedName> names) const;
  // Every node with a name that begins with `prefix`, by node, each once.
  std::vector<Match> find(std::string_view prefix) const;
  // Every node with a name that fits, by node, each once with its best fit. Looks at the letters of every name, eight bytes each, and reads
  // those that can fit; the letters are made at the first such call.
  struct Near {
    Node node = 0;
    Nearness nearness;
  };
  std::vector<Near> find_near(const TypedName& typed) const;
  // Names that begin with `prefix` in byte order, equal ones by node, until the visitor answers false.
  using Visitor = std::function<bool(std::string_view name, Node node)>;
  void walk(std::string_view prefix, const Visitor& visit) const;

  // All names as one run of columns.
  Columns merged() const;

 private:
  class Segment;
  std::vector<std::shared_ptr<const Segment>> segments_;  // largest first
};

}  // namespace relata::storage
