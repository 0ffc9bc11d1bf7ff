// Stretches without words cost nothing, and what stands around them is read as if they were not there.
#include "extract/pipeline/wordless.h"

#include <doctest/doctest.h>

#include <string>

#include "extract/pipeline/paragraphs.h"

using namespace relata;

namespace {

std::string repeat(std::string_view unit, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += unit;
  return out;
}

const std::string kNews = "Marta Lindqvist met Tomas Berg in Oslo on Wednesday. They talked about the harbour, its ships and the price of fish.\n";

}  // namespace

TEST_CASE("marks, numbers, single letters and endless words are wordless") {
  for (const char* unit : {",", "\"", "(", "a\n", "7", "1.25 3.5 ", "x", "- ", "\xF0\x9F\x99\x82", "a,b;c "}) {
    CAPTURE(unit);
    const std::string text = repeat(unit, 20000);
    CHECK(wordless_stretches(text) == std::vector<ByteRange>{{0, text.size()}});
  }
}

TEST_CASE("news is not, nor are a list of results in it, a long address or a row of dashes") {
  const std::string news = repeat(kNews, 4000);
  for (const std::string& inner : {std::string(), std::string("Norland 3 1 2 7 0\nSudria 2 2 2 6 1\n"), "https://news.example/" + repeat("a1-b2/", 300) + "\n", std::string(200, '-') + "\n"}) {
    CAPTURE(inner);
    CHECK(wordless_stretches(news + inner + news).empty());
  }
}

TEST_CASE("a stretch in the middle of news is found and never cuts a character") {
  const std::string news = repeat(kNews, 4000), junk = repeat("\xE2\x80\x94", 9000) + "\n";
  const std::vector<ByteRange> found = wordless_stretches(news + junk + news);
  REQUIRE(found.size() == 1);
  CHECK(found[0].begin >= news.size());
  CHECK(found[0].begin < news.size() + 3000);
  CHECK(found[0].end <= news.size() + junk.size() + 1200);
  CHECK((found[0].begin - news.size()) % 3 == 0);
}

TEST_CASE("what stands around a stretch keeps its place") {
  const Result<Language> language = Language::load("models");
  REQUIRE(language.ok());
  const std::string news = repeat(kNews, 2000);
  Article article;
  article.text = news + repeat("\xE2\x80\x94 ", 9000) + "\n" + news;
  const std::string text = article.text;
  std::vector<Article> articles;
  articles.push_back(std::move(article));
  const std::vector<Document> documents = parse_paragraphs(*language, std::move(articles));
  REQUIRE(documents.size() == 1);
  const Document& document = documents[0];
  CHECK(document.tokens.size() < 2000);
  std::size_t points = 0, byte = 0;
  for (const Token& token : document.tokens) {
    for (; byte < token.byte_begin; ++byte) points += (text[byte] & 0xC0) != 0x80;
    CHECK(token.span.begin == points);
    CHECK(text.compare(token.byte_begin, token.text.size(), token.text) == 0);
  }
  CHECK(document.tokens.back().byte_begin > news.size() + 9000);
}

TEST_CASE("words without end are cut between words, so that no sentence is a whole book") {
  const Result<Language> language = Language::load("models");
  REQUIRE(language.ok());
  std::vector<Article> articles(1);
  articles[0].text = repeat("while the minister told reporters that Norland would open the harbour ", 50000);
  const std::vector<Document> documents = parse_paragraphs(*language, std::move(articles));
  for (const TokenRange sentence : documents[0].sentences) {
    const Span span = documents[0].span_of(sentence);
    CHECK(span.end - span.begin <= 4200);
  }
}
