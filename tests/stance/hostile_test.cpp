// Text made to be slow: twice as much of it takes about twice the time, and none of it crashes.
#include <doctest/doctest.h>

#include <ctime>
#include <string>

#include "extract/stance/stance.h"

using namespace relata;

namespace {

// One sentence of `count` repetitions of a few words; every word hangs on the first, or on the one before.
Document heap(const std::vector<std::string>& words, std::size_t count, bool chain, const std::vector<Dep>& labels, const std::vector<Pos>& classes) {
  auto article = std::make_unique<Article>();
  for (std::size_t i = 0; i < count; ++i) {
    for (const std::string& word : words) article->text += word + " ";
  }
  Document d;
  d.source = std::move(article);
  const std::string_view text = d.source->text;
  std::size_t at = 0;
  for (std::size_t i = 0; i < count * words.size(); ++i) {
    const std::string& word = words[i % words.size()];
    Token t;
    t.text = t.lower = t.lemma = text.substr(at, word.size());
    t.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + word.size())};
    t.byte_begin = static_cast<std::uint32_t>(at);
    t.head = chain && i > 0 ? static_cast<TokenIndex>(i - 1) : 0;
    t.dep = i == 0 ? Dep::ROOT : labels[i % labels.size()];
    t.pos = classes[i % classes.size()];
    t.tag = t.pos == Pos::VERB ? Tag::VBD : t.pos == Pos::PUNCT ? Tag::COMMA : Tag::NN;
    t.space_after = true;
    t.sentence_start = i == 0;
    d.tokens.push_back(t);
    at += word.size() + 1;
  }
  index_tree(d);
  return d;
}

double seconds(const Document& d) {
  const std::clock_t begin = std::clock();
  Actors actors;
  actors.of_token.assign(d.tokens.size(), kNoActor);
  const Speech speech = Speech::find(d, actors);
  std::size_t negative = 0;
  for (TokenIndex i = 0; i < d.tokens.size(); i += 3) negative += stance_of(d, i).polarity == Polarity::negative;
  CHECK(negative + speech.quotes().size() < 10 * d.tokens.size() + 10);
  std::size_t quoted = 0;  // code points, so that what is printed does not grow by the square
  for (const Quote& quote : speech.quotes()) quoted += quote.span.end - quote.span.begin;
  CHECK(quoted < 10 * d.article().text.size() + 10);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

void check_linear(const std::vector<std::string>& words, bool chain, const std::vector<Dep>& labels, const std::vector<Pos>& classes) {
  const double small = seconds(heap(words, 25000, chain, labels, classes));
  const double large = seconds(heap(words, 100000, chain, labels, classes));
  CHECK(large < 12 * small + 0.5);
}

}  // namespace

TEST_CASE("hostile text takes linear time") {
  SUBCASE("a hundred thousand quotation marks") {
    check_linear({"“"}, false, {Dep::punct}, {Pos::PUNCT});
    check_linear({"\""}, false, {Dep::punct}, {Pos::PUNCT});
    check_linear({"“", "”"}, false, {Dep::punct}, {Pos::PUNCT});
  }
  SUBCASE("one verb with all words below it") {
    check_linear({"say", "not", "no", "if"}, false, {Dep::ccomp, Dep::neg, Dep::nsubj, Dep::mark}, {Pos::VERB, Pos::PART, Pos::NOUN, Pos::SCONJ});
  }
  SUBCASE("each clause inside the one before") {
    check_linear({"say", "that"}, true, {Dep::ccomp, Dep::ccomp}, {Pos::VERB, Pos::VERB});
    check_linear({"say"}, true, {Dep::conj}, {Pos::VERB});
  }
  SUBCASE("a hundred thousand sources") {
    check_linear({"according", "to", "police", ","}, false, {Dep::prep, Dep::prep, Dep::pobj, Dep::punct}, {Pos::VERB, Pos::ADP, Pos::NOUN, Pos::PUNCT});
  }
  SUBCASE("short quotations without an end") {
    check_linear({"“", "we", "won", "there", "again", "and", ".", "”"}, false, {Dep::punct, Dep::nsubj, Dep::ccomp, Dep::advmod},
                 {Pos::PUNCT, Pos::PRON, Pos::VERB, Pos::ADV, Pos::ADV, Pos::CCONJ, Pos::PUNCT, Pos::PUNCT});
  }
}
