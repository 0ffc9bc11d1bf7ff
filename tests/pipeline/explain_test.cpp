// What a person who tunes the reading sees of an article.
#include "extract/pipeline/explain.h"

#include <doctest/doctest.h>

using namespace relata;

namespace {

const Extractor& extractor() {
  static const Result<Extractor> loaded = Extractor::load();
  REQUIRE(loaded);
  return *loaded;
}

Document parsed(std::string text) {
  Article article;
  article.uri = "harbour.txt";
  article.text = std::move(text);
  article.published = parse_day("2024-11-15");
  article.id = article_id(article);
  std::vector<Article> articles;
  articles.push_back(std::move(article));
  return std::move(extractor().parse(std::move(articles)).front());
}

std::string explained(std::string text) { return explain(parsed(std::move(text))); }

bool holds(const std::string& text, std::string_view part) {
  INFO(text << "\nexpected: " << part);
  const bool found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

}  // namespace

TEST_CASE("a statement comes with its rule, its row, its sources and its date") {
  const std::string text = explained("Dmitry Peskov told reporters that Norway might have criticized Albania on Tuesday.");
  holds(text, "== harbour.txt, published 2024-11-15\n");
  holds(text, "[1] Dmitry Peskov told reporters that Norway might have criticized Albania on Tuesday.\n");
  holds(text, "  * Norway  ACCUSE  Albania   positive, possible, 0.80\n");
  holds(text, "rule     clause, at \"criticized\" (criticize)\n");
  holds(text, "type     statements/verbs.tsv: ");
  holds(text, "says     Dmitry Peskov (tell)\n");
  holds(text, "date     \"Tuesday\" -> 2024-11-12\n");
}

TEST_CASE("a sentence comes with its tree, one word a line") {
  const std::string text = explained("Edi Rama visited Berlin.");
  holds(text, "    1   Rama             NNP   nsubj     < 2 visited         = Edi Rama PERSON\n");
  holds(text, "    2   visited          VBD   ROOT\n");
  holds(text, "    3   Berlin           NNP   dobj      < 2 visited         = Berlin GPE\n");
}

TEST_CASE("a verb without a row is told apart from one with a row") {
  const std::string text = explained("Norway outflummoxed Albania.");
  holds(text, "  * Norway  OTHER  Albania");
  holds(text, "type     no row: OTHER by the rule\n");
}

TEST_CASE("everything that is stated is explained, and what is left out says so") {
  const char* const text =
      "Edi Rama visited Berlin on Friday and met Olaf Scholz. A diplomat criticized Norway. Norway accused Sweden of helping Denmark.";
  const std::string block = explained(text);
  const Extraction made = extractor().settle(extractor().read(parsed(text)));
  CHECK(made.statements.size() >= 4);
  for (const Statement& statement : made.statements)
    holds(block, "  * " + made.actors[statement.subject].name + "  " + statement.type + "  " + made.actors[statement.object].name);
  std::size_t blocks = 0, left_out = 0;
  for (std::size_t at = block.find("\n  * "); at != std::string::npos; at = block.find("\n  * ", at + 1)) ++blocks;
  for (std::size_t at = block.find("left out:"); at != std::string::npos; at = block.find("left out:", at + 1)) ++left_out;
  CHECK(blocks == made.statements.size() + left_out);
}

TEST_CASE("a tree of very many words is cut short") {
  std::string text = "Norway attacked Sudria";
  for (int i = 0; i < 5000; ++i) text += " and Sudria";
  const std::string block = explained(text);
  holds(block, " more tokens\n");
  CHECK(block.size() < 10 * text.size());
}
