#include <doctest/doctest.h>

#include <string>

#include "extract/tokens/lemmatizer.h"
#include "extract/tokens/scratch.h"

using namespace relata;

namespace {

std::string lemma(std::string_view text, std::string_view lower, Pos pos, std::string_view morph = {}) {
  Document document;
  Token token;
  token.text = text;
  token.lower = lower;
  token.pos = pos;
  token.morph = morph;
  document.tokens.push_back(token);
  Lemmatizer().apply(document);
  return std::string(document.tokens[0].lemma);
}

}  // namespace

TEST_CASE("regular and irregular forms") {
  CHECK(lemma("met", "met", Pos::VERB, "Tense=Past|VerbForm=Fin") == "meet");
  CHECK(lemma("Denies", "denies", Pos::VERB, "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin") == "deny");
  CHECK(lemma("talks", "talks", Pos::NOUN, "Number=Plur") == "talk");
  CHECK(lemma("women", "women", Pos::NOUN, "Number=Plur") == "woman");
  CHECK(lemma("worse", "worse", Pos::ADJ, "Degree=Cmp") == "bad");
  CHECK(lemma("\u201C", "\u201C", Pos::PUNCT) == "\"");
}

TEST_CASE("names keep their capitals, all else without a table is lower-cased") {
  CHECK(lemma("Kyiv", "kyiv", Pos::PROPN, "Number=Sing") == "Kyiv");
  CHECK(lemma("Those", "those", Pos::DET, "Number=Plur") == "those");
  CHECK(lemma("News", "news", Pos::NOUN, "Number=Sing") == "news");
}

TEST_CASE("an unknown word follows the rules into memory that the document owns") {
  CHECK(lemma("blorfies", "blorfies", Pos::NOUN, "Number=Plur") == "blorfie");
  CHECK(lemma("drobmen", "drobmen", Pos::NOUN, "Number=Plur") == "drobman");
}
