#include "extract/times/context.h"

namespace relata::times {
namespace {

bool is_verb(const Token& token) { return token.pos == Pos::VERB || token.pos == Pos::AUX; }

Tense of_auxiliaries(const Document& document, TokenIndex verb) {
  Tense found = Tense::none;
  for (const TokenIndex child : document.children_of(verb)) {
    const Token& token = document.tokens[child];
    if (token.dep != Dep::aux && token.dep != Dep::auxpass) continue;
    if (token.lower == "will" || token.lower == "shall" || token.lower == "'ll" || token.lower == "wo") return Tense::future;
    if (token.tag == Tag::VBD) found = Tense::past;
    if ((token.lower == "has" || token.lower == "have" || token.lower == "'ve") && found == Tense::none) found = Tense::past;
    if (token.tag == Tag::MD && (token.lower == "would" || token.lower == "could" || token.lower == "might" || token.lower == "should")) {
      if (found == Tense::none) found = Tense::present;
    }
    if (token.tag == Tag::MD && (token.lower == "may" || token.lower == "can" || token.lower == "must")) return Tense::future;
    if ((token.tag == Tag::VBZ || token.tag == Tag::VBP) && found == Tense::none) found = Tense::present;
  }
  return found;
}

}  // namespace

Tense tense_at(const Document& document, TokenIndex token) {
  constexpr int kSteps = 12;
  bool infinitive = false;
  const auto seen = [&](Tense tense) { return infinitive && tense == Tense::present ? Tense::future : tense; };
  for (int step = 0; step < kSteps; ++step) {
    const Token& word = document.tokens[token];
    if (is_verb(word)) {
      const Tense auxiliary = of_auxiliaries(document, token);
      if (auxiliary != Tense::none) return seen(auxiliary);
      if (word.tag == Tag::VBD) return Tense::past;
      if (word.tag == Tag::VBZ || word.tag == Tag::VBP) return seen(Tense::present);
      // "is to meet", "plans to meet": what is to come.
      if (word.tag == Tag::VB && word.dep == Dep::xcomp) infinitive = true;
    }
    if (word.head == token) return Tense::none;
    token = word.head;
  }
  return Tense::none;
}

}  // namespace relata::times
