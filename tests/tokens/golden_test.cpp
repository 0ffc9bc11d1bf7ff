// The reference outputs of the model, token by token: text, code point, space, norm, shape; and, given its tags and relations,
// part of speech, morphology and lemma.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "extract/document.h"
#include "extract/tokens/attribute_ruler.h"
#include "extract/tokens/lemmatizer.h"
#include "extract/tokens/tokenizer.h"

namespace {

using namespace relata;
using nlohmann::json;

// Columns of a row of tests/tokens/goldens.jsonl.
enum Column { kText, kBegin, kSpaceAfter, kNorm, kShape, kTag, kDep, kPos, kMorph, kLemma };

std::string goldens_file() {
  const char* other = std::getenv("RELATA_TOKEN_GOLDENS");
  return other ? other : "tests/tokens/goldens.jsonl";
}

Tag tag_of(const json& row) {
  // The ruler gives white space its tag; before, the tagger calls it something: any label must do.
  return parse_tag(row[kTag].get<std::string>()).value();
}

Document document_of(const std::string& text, const std::vector<Piece>& pieces, const json& rows) {
  Document document;
  auto article = std::make_unique<Article>();
  article->text = text;
  document.source = std::move(article);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Token token;
    token.text = document.article().text;
    token.text = token.text.substr(pieces[i].byte_begin, pieces[i].lexeme->text.size());
    token.lower = pieces[i].lexeme->lower;
    token.is_space = pieces[i].lexeme->is_space;
    token.tag = token.is_space ? Tag::NN : tag_of(rows[i]);
    token.dep = parse_dep(rows[i][kDep].get<std::string>()).value();
    token.head = static_cast<TokenIndex>(i);
    document.tokens.push_back(token);
  }
  return document;
}

}  // namespace

TEST_CASE("the reference outputs are reproduced exactly") {
  std::ifstream in(goldens_file());
  REQUIRE(in);
  LexemeStore store;
  const Tokenizer tokenizer(store);
  std::vector<Piece> pieces;
  int tokens = 0;
  for (std::string line; std::getline(in, line);) {
    const json golden = json::parse(line);
    const std::string text = golden.at("text");
    const json& rows = golden.at("tokens");
    auto scratch = std::make_shared<Scratch>();
    tokenizer.tokenize(text, *scratch, pieces);
    CAPTURE(text);
    std::vector<std::string> mine, wanted;
    for (const Piece& piece : pieces) mine.emplace_back(piece.lexeme->text);
    for (const json& row : rows) wanted.push_back(row[kText]);
    REQUIRE(json(mine).dump() == json(wanted).dump());
    Document document = document_of(text, pieces, rows);
    document.scratch = scratch;
    AttributeRuler().apply(document);
    Lemmatizer().apply(document);
    for (std::size_t i = 0; i < pieces.size(); ++i, ++tokens) {
      const json& row = rows[i];
      const Lexeme& lexeme = *pieces[i].lexeme;
      CAPTURE(lexeme.text);
      CAPTURE(row[kTag].get<std::string>());
      CHECK(pieces[i].begin == row[kBegin]);
      CHECK(pieces[i].space_after == (row[kSpaceAfter] == 1));
      CHECK(lexeme.norm == row[kNorm].get<std::string>());
      CHECK(shape_of(lexeme.text) == row[kShape].get<std::string>());
      CHECK(lexeme.shape == string_id(row[kShape].get<std::string>()));
      CHECK(lexeme.norm_id == string_id(row[kNorm].get<std::string>()));
      const Token& token = document.tokens[i];
      CHECK(to_string(token.tag) == row[kTag].get<std::string>());
      CHECK(to_string(token.pos) == row[kPos].get<std::string>());
      CHECK(token.morph == row[kMorph].get<std::string>());
      CHECK(token.lemma == row[kLemma].get<std::string>());
    }
  }
  CHECK(tokens > 5000);
}
