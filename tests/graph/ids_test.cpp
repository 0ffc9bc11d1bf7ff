#include "graph/ids.h"

#include <doctest/doctest.h>

#include "graph/article.h"

using namespace relata;

TEST_CASE("ids have one spelling, there and back") {
  CHECK(to_string(EntityId{0xabc}) == "e0000000000000abc");
  CHECK(parse_entity_id("e0000000000000abc") == EntityId{0xabc});
  CHECK(to_string(StatementId{{1}, 12}) == "0000000000000001.s12");
  CHECK(parse_statement_id("0000000000000001.s12") == StatementId{{1}, 12});
  for (const char* bad : {"", "e", "eABC0000000000000", "e000000000000abc", "0000000000000001.s01", "0000000000000001.s", "0000000000000001.s99999999999"}) {
    CHECK_MESSAGE(!parse_entity_id(bad), bad);
    CHECK_MESSAGE(!parse_statement_id(bad), bad);
  }
}

TEST_CASE("an article's id is its content's") {
  Article a;
  a.uri = "a.txt";
  a.text = "text";
  Article b = a;
  CHECK(article_id(a) == article_id(b));
  b.published = parse_day("2024-01-01");
  CHECK(article_id(a) != article_id(b));
  b = a;
  b.uri = "a.tx";  // no byte may move from one field to the next unseen
  b.title = "t";
  CHECK(article_id(a) != article_id(b));
}

TEST_CASE("text at a span counts code points") {
  CHECK(text_at("naïve café", {2, 5}) == "ïve");
  CHECK(text_at("naïve", {4, 99}) == "e");
  CHECK(text_at("naïve", {9, 12}) == "");
}
