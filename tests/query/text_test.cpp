// Answers for a terminal.
#include <doctest/doctest.h>

#include "query/answer.h"
#include "query/text.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;

TEST_CASE("a path reads as a story with its proof") {
  const auto view = graph_of({{"Anna Berg", "AID", "Carl Dahl", "2024-03-01", {}, {}, 0.8f, "Valley Post", "2024-03-02", "Eva Falk"}, {"Olga Roth", "ACCUSE", "Carl Dahl"}});
  const auto told = answer(PathQuestion{.source = "Anna Berg", .target = "Olga Roth"}, *view);
  REQUIRE(told.ok());
  const std::string text = to_text(*told);
  CHECK(text.find("2 hops\n") == 0);
  CHECK(text.find("Anna Berg —AID (do AID), 2024-03-01→ Carl Dahl") != std::string::npos);
  CHECK(text.find("Carl Dahl ←ACCUSE (do ACCUSE), undated— Olga Roth") != std::string::npos);
  CHECK(text.find("“Anna Berg AID Carl Dahl.” — Valley Post, 2024-03-02 (https://news.example/1)") != std::string::npos);
  CHECK(text.find("according to Eva Falk (say)") != std::string::npos);
}

TEST_CASE("nothing found is said in words") {
  const auto view = graph_of({{"Anna Berg", "AID", "Carl Dahl"}, {"Eva Falk", "AID", "Olga Roth"}});
  CHECK(to_text(*answer(PathQuestion{.source = "Anna Berg", .target = "Olga Roth"}, *view)) == "no path\n");
  CHECK(to_text(*answer(FindQuestion{.q = "Zoe"}, *view)) == "nothing found\n");
}

TEST_CASE("text of strangers does not drive the terminal") {
  const auto view = graph_of({{"Evil\x1b[2J Name", "AID", "Turned \xE2\x80\xAE Round"}});
  const std::string text = to_text(*answer(RelationsQuestion{}, *view));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(text.find("Evil") != std::string::npos);
}
