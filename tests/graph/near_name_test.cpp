// Names that are meant although they were typed otherwise: what their letters rule out never fits.
#include <doctest/doctest.h>

#include <random>

#include "graph/near_name.h"

using namespace relata;

TEST_CASE("the letters of a name never rule out what fits") {
  std::mt19937 random(11);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const auto letter = [&] { return "aabcdeno s7\xC5"[below(12)]; };
  int fitted = 0, ruled_out = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string name(4 + below(14), 'a');
    for (char& c : name) c = letter();
    std::string typed = name;
    for (std::size_t slips = below(4); slips > 0; --slips) {
      const std::size_t at = below(typed.size());
      switch (below(4)) {
        case 0: typed.erase(at, 1); break;
        case 1: typed.insert(at, 1, letter()); break;
        case 2: typed[at] = letter(); break;
        default: if (at > 0) std::swap(typed[at], typed[at - 1]);
      }
      if (typed.empty()) break;
    }
    const TypedName text(typed);
    if (text.empty()) continue;
    const bool possible = text.may_fit(letters_of(name));
    ruled_out += !possible;
    if (!text.fit(name)) continue;
    ++fitted;
    CHECK(possible);
  }
  CHECK(fitted > 1000);
  CHECK(ruled_out > 100);
}

TEST_CASE("letters are told apart, and seconds of them") {
  CHECK(letters_of("ab") != letters_of("aab"));
  CHECK(letters_of("abc") == letters_of("cba"));
  CHECK_FALSE(TypedName("angela merkel").may_fit(letters_of("olaf scholz")));
  CHECK(TypedName("angla merkle").may_fit(letters_of("angela merkel")));
}
