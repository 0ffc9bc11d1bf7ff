// Articles as a load takes them.
#pragma once

#include <algorithm>
#include <vector>

#include "storage/store.h"

namespace relata::tests {

// Portions of seven articles. `from` outlives it.
inline Store::Supply supply(const std::vector<Extraction>& from) {
  return [&from, at = std::size_t{0}]() mutable -> Result<Store::Portion> {
    if (at == from.size()) return Store::Portion();
    const std::size_t first = at;
    at = std::min(at + 7, from.size());
    return Store::Portion([&from, first, last = at] {
      return Result(std::vector<Extraction>(from.begin() + static_cast<std::ptrdiff_t>(first), from.begin() + static_cast<std::ptrdiff_t>(last)));
    });
  };
}

}  // namespace relata::tests
