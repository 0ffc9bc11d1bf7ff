// Strange documents take time in proportion to their length: ten times the words, at most some thirty times the time.
#include <doctest/doctest.h>

#include <ctime>

#include "extract/names/names.h"
#include "extract/reference/reference.h"
#include "tests/support/flat_document.h"

namespace relata {
namespace {

double seconds(const std::vector<FlatWord>& cycle, std::size_t words) {
  const Document document = flat_document(cycle, words);
  const std::clock_t begin = std::clock();
  const Actors actors = resolve_references(document, find_names(document));
  CHECK(actors.of_token.size() == words);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

void check_linear(const std::vector<FlatWord>& cycle) {
  seconds(cycle, 1000);  // the lexicon is read
  const double small = seconds(cycle, 20'000);
  CHECK(seconds(cycle, 200'000) < 30 * small + 0.2);
}

TEST_CASE("a sentence of people of one surname") {
  check_linear({{"Anna", "anna", Tag::NNP, Pos::PROPN, Dep::compound, Ner::PERSON}, {"said", "say", Tag::VBD, Pos::VERB, Dep::ROOT},
                {"Berg", "berg", Tag::NNP, Pos::PROPN, Dep::nsubj, Ner::PERSON}, {"Erik", "erik", Tag::NNP, Pos::PROPN, Dep::conj, Ner::PERSON}});
}

TEST_CASE("a sentence of pronouns that all hang on one verb") {
  check_linear({{"It", "it", Tag::PRP, Pos::PRON, Dep::nsubj}, {"he", "he", Tag::PRP, Pos::PRON, Dep::nsubj}, {"I", "i", Tag::PRP, Pos::PRON, Dep::nsubj},
                {"is", "be", Tag::VBZ, Pos::AUX, Dep::conj}, {"they", "they", Tag::PRP, Pos::PRON, Dep::dobj}});
}

TEST_CASE("a sentence of one noun") {
  check_linear({{"the", "the", Tag::DT, Pos::DET, Dep::det}, {"company", "company", Tag::NN, Pos::NOUN, Dep::conj}, {"and", "and", Tag::CC, Pos::CCONJ, Dep::cc}});
}

TEST_CASE("a name of two hundred thousand words") { check_linear({{"Federal", "federal"}, {"Agency", "agency"}, {"Bank", "bank"}}); }

}  // namespace
}  // namespace relata
