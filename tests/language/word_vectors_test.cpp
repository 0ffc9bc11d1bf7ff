#include "extract/language/word_vectors.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace relata;

TEST_CASE("words that are used alike are alike") {
  const Result<WordVectors> vectors = WordVectors::load("models");
  REQUIRE(vectors);
  const auto alike = [&](const char* one, const char* other) {
    const auto a = vectors->row(one), b = vectors->row(other);
    REQUIRE(a);
    REQUIRE(b);
    CHECK(vectors->cosine(*a, *b) == doctest::Approx(vectors->cosine(*b, *a)));
    return vectors->cosine(*a, *b);
  };
  CHECK(alike("Monday", "Tuesday") > 0.7F);
  CHECK(alike("Monday", "banana") < 0.4F);
  CHECK(std::abs(alike("minister", "minister") - 1) < 1e-5F);
}

TEST_CASE("a form nobody wrote has no vector, and no model is an error with its path") {
  const Result<WordVectors> vectors = WordVectors::load("models");
  REQUIRE(vectors);
  CHECK_FALSE(vectors->row("outflummoxedly"));
  CHECK_FALSE(vectors->row(""));
  const Result<WordVectors> none = WordVectors::load("/nowhere");
  REQUIRE_FALSE(none);
  CHECK(none.error().message.find("/nowhere") != std::string::npos);
}
