#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "extract/tokens/lexeme_store.h"

using namespace relata;

TEST_CASE("ids are those of the model: reserved symbols, else a hash") {
  CHECK(string_id("") == 0);
  CHECK(string_id("nsubj") == 429);
  CHECK(string_id("apple") == 8566208034543834098ull);
}

TEST_CASE("lower case follows Unicode, not ASCII") {
  CHECK(lower_of("\u00C9COLE") == "\u00E9cole");
  CHECK(lower_of("\u0130") == "i\u0307");
  CHECK(lower_of("\u039F\u0394\u039F\u03A3") == "\u03BF\u03B4\u03BF\u03C2");  // final sigma
  CHECK(lower_of("\u03A3") == "\u03C3");
}

TEST_CASE("shapes") {
  CHECK(shape_of("Washington") == "Xxxxx");
  CHECK(shape_of("2024-11-15") == "dddd-dd-dd");
  CHECK(shape_of("U.S.") == "X.X.");
  CHECK(shape_of(std::string(100, 'a')) == "LONG");
}

TEST_CASE("a lexeme carries what the networks ask for") {
  LexemeStore store;
  Scratch scratch;
  const Lexeme* lexeme = store.get("Colours", scratch);
  CHECK(lexeme->lower == "colours");
  CHECK(lexeme->norm == "colors");
  CHECK(lexeme->prefix == string_id("C"));
  CHECK(lexeme->suffix == string_id("urs"));
  CHECK(lexeme->shape == string_id("Xxxxx"));
  CHECK(!lexeme->is_space);
  CHECK(store.get("\u00A0\n", scratch)->is_space);
}

TEST_CASE("a full store goes on in the scratch memory and stays as it is") {
  LexemeStore store(3);
  Scratch scratch;
  const Lexeme* one = store.get("one", scratch);
  store.get("two", scratch);
  store.get("three", scratch);
  const Lexeme* four = store.get("four", scratch);
  CHECK(store.size() == 3);
  CHECK(four->slot == kNoSlot);
  CHECK(four->lower == "four");
  CHECK(store.get("one", scratch) == one);
  CHECK(one->slot == 0);
}

TEST_CASE("very long forms are not kept") {
  LexemeStore store;
  Scratch scratch;
  CHECK(store.get(std::string(1000, 'x'), scratch)->slot == kNoSlot);
  CHECK(store.size() == 0);
}

TEST_CASE("threads that ask for the same forms at once get the same lexemes") {
  constexpr int kThreads = 4, kForms = 5000;
  LexemeStore store(kForms / 2);
  std::vector<std::vector<const Lexeme*>> got(kThreads);
  std::vector<Scratch> scratch(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kForms; ++i) got[t].push_back(store.get("form" + std::to_string(i), scratch[t]));
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(store.size() == kForms / 2);
  for (std::size_t i = 0; i < kForms; ++i)
    for (std::size_t t = 0; t < kThreads; ++t) {
      REQUIRE(got[t][i]->text == "form" + std::to_string(i));
      if (got[t][i]->slot != kNoSlot) REQUIRE(got[t][i] == got[0][i]);
    }
}
