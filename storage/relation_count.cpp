#include "storage/relation_count.h"

#include <algorithm>

namespace relata::storage {

std::size_t RelationCount::held(std::span<const Edge> run) {
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  std::vector<bool> holds(keys_.size());
  std::size_t count = 0;
  for (std::size_t first = 0, last = 0; first < keys_.size(); first = last) {
    const Day begin = keys_[first].begin;
    while (last < keys_.size() && keys_[last].begin == begin) ++last;
    const auto from = std::lower_bound(run.begin(), run.end(), begin, [](const Edge& edge, Day day) { return edge.begin < day; });
    for (auto edge = from; edge != run.end() && edge->begin == begin; ++edge) {
      if (!edge->outgoing || edge->removed != kForever) continue;
      const auto end = keys_.begin() + static_cast<std::ptrdiff_t>(last);
      const Key key = key_of(*edge);
      const auto at = std::lower_bound(keys_.begin() + static_cast<std::ptrdiff_t>(first), end, key);
      if (at == end || *at != key || holds[static_cast<std::size_t>(at - keys_.begin())]) continue;
      holds[static_cast<std::size_t>(at - keys_.begin())] = true;
      ++count;
    }
  }
  return count;
}

}  // namespace relata::storage
