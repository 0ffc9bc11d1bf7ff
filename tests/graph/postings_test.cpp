#include "graph/postings.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

using namespace relata;

TEST_CASE("postings: hold what was added and not removed, whatever the order") {
  std::mt19937 random(5);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  Postings postings;
  std::map<Postings::Block, std::set<Postings::Number>> expected;
  for (int step = 0; step < 20'000; ++step) {
    const Postings::Block block = below(3) == 0 ? below(5) : 0x9e3779b97f4a7c15u * below(1'000);  // some hold much
    const Postings::Number number = below(60);
    if (below(3) == 0) {
      postings.remove(block, number);
      expected[block].erase(number);
    } else if (expected[block].insert(number).second) {
      postings.add(block, number);
      postings.add(block, number);  // as the last one it may be said again
    }
  }
  for (const auto& [block, numbers] : expected) {
    std::multiset<Postings::Number> found;
    CHECK(postings.each(block, [&](Postings::Number number) { return found.insert(number), true; }));
    CHECK(found == std::multiset<Postings::Number>(numbers.begin(), numbers.end()));
    if (!numbers.empty()) CHECK_FALSE(postings.each(block, [](Postings::Number) { return false; }));
  }
  CHECK(postings.each(12345, [](Postings::Number) { return false; }));  // nobody is there to be visited
}
