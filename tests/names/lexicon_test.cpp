#include <doctest/doctest.h>

#include "extract/names/lexicon.h"

using namespace relata;
using namespace relata::names;

TEST_CASE("the lexicon of names is read and answers in the spelling of the text") {
  REQUIRE(check_lexicon().ok());
  const Lexicon& words = lexicon();
  SUBCASE("spellings and adjectives of one state are one group") {
    const Known* name = words.known("UnitedKingdom");
    REQUIRE(name != nullptr);
    for (const char* other : {"UK", "U.K.", "Britain", "British", "BRITAIN"}) {
      REQUIRE(words.known(other) != nullptr);
      CHECK(words.known(other)->group == name->group);
    }
    CHECK(words.known("British")->adjective);
    CHECK(words.canonical(name->group) == "United Kingdom");
  }
  SUBCASE("acronyms are found in capitals alone") {
    CHECK(words.known("US") != nullptr);
    CHECK(words.known("us") == nullptr);
  }
  SUBCASE("a capital knows its state") { CHECK(words.canonical(words.seat_of("Tbilisi")) == "Georgia"); }
  SUBCASE("given names have a gender unless both bear them") {
    REQUIRE(words.given("Olga") != nullptr);
    CHECK(*words.given("Olga") == Gender::female);
    CHECK(*words.given("Robin") == Gender::unknown);
  }
}
