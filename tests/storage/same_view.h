// The stored view against the naive one in memory.
#pragma once

#include <doctest/doctest.h>

#include "tests/support/same_answers.h"

namespace relata::tests {

inline void check_same(const GraphView& stored, const GraphView& memory) {
  const auto a = everything(stored), b = everything(memory);
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(a[i] == b[i]);
  CHECK(in_order(stored));
}

}  // namespace relata::tests
