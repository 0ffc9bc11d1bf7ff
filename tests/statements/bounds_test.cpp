// Hostile trees: one sentence of very many tokens, as a chain, a fan or a coordination.
#include <doctest/doctest.h>

#include <chrono>

#include "extract/statements/explain.h"

using namespace relata;

namespace {

Document long_sentence(std::size_t tokens, Dep dep, Pos pos, bool fan) {
  Document document;
  auto article = std::make_unique<Article>();
  for (std::size_t i = 0; i < tokens; ++i) article->text += "go ";
  document.source = std::move(article);
  const std::string_view text = document.article().text;
  for (std::uint32_t i = 0; i < tokens; ++i) {
    Token token;
    token.byte_begin = i * 3;
    token.text = token.lower = token.lemma = text.substr(token.byte_begin, 2);
    token.span = {i * 3, i * 3 + 2};
    token.head = i == 0 ? 0 : fan ? 0 : i - 1;
    token.dep = i == 0 ? Dep::ROOT : dep;
    token.pos = pos;
    token.tag = pos == Pos::VERB ? Tag::VB : Tag::NN;
    token.space_after = true;
    token.sentence_start = i == 0;
    document.tokens.push_back(token);
  }
  index_tree(document);
  return document;
}

}  // namespace

TEST_CASE("time is linear in a sentence of 100,000 tokens") {
  constexpr std::size_t kTokens = 100000;
  for (const Dep dep : {Dep::conj, Dep::ccomp, Dep::xcomp, Dep::relcl, Dep::nsubj, Dep::dobj, Dep::appos, Dep::prep, Dep::compound})
    for (const Pos pos : {Pos::VERB, Pos::NOUN})
      for (const bool fan : {false, true}) {
        const Document document = long_sentence(kTokens, dep, pos, fan);
        Actors actors;
        actors.actors.push_back({"A", EntityType::person, {"A"}, {}, true});
        actors.actors.push_back({"B", EntityType::gpe, {"B"}, {}, true});
        for (TokenIndex i = 0; i < kTokens; ++i) actors.of_token.push_back(i % 3 == 0 ? kNoActor : i % 3 - 1);
        const auto begin = std::chrono::steady_clock::now();
        const auto triples = open_triples(document, 0);
        const auto statements = explain_statements(document, actors, {}, Speech());
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        const std::string tree = std::string(to_string(dep)) + " " + std::string(to_string(pos)) + (fan ? " fan" : " chain");
        INFO(tree);
        CHECK(seconds < 3);
        CHECK(triples.size() <= 200);
        CHECK(statements.size() <= 64);
        for (const ExplainedStatement& found : statements) REQUIRE(found.statement.evidence.end - found.statement.evidence.begin <= 241 * 3);
      }
}
