#include "extract/pipeline/prefixed_verbs.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace relata {
namespace {

using namespace std::string_view_literals;

constexpr std::array kKeeping = {"co"sv, "pre"sv, "re"sv};                                    // "re-elect" is to elect
constexpr std::array kChanging = {"counter"sv, "mis"sv, "out"sv, "over"sv, "un"sv, "under"sv};  // "out-sell" is not to sell

template <std::size_t N>
bool has(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The word that stands where the verb behind the hyphen should: the prefix itself, or "has" before it. kNoToken when the tree is right.
TokenIndex usurper_of(const Document& document, TokenIndex prefix, TokenIndex verb) {
  const std::vector<Token>& tokens = document.tokens;
  const Token& word = tokens[verb];
  const TokenIndex above = word.dep == Dep::amod ? tokens[word.head].head : word.head;
  if (word.dep == Dep::amod && (word.head < verb || tokens[word.head].dep != Dep::dobj)) return kNoToken;
  if (above == prefix) return prefix;
  const bool perfect = prefix > 0 && above + 1 == prefix && tokens[above].lemma == "have" && word.dep == Dep::amod;
  return perfect ? above : kNoToken;
}

void raise(Document& document, TokenIndex verb, TokenIndex usurper) {
  std::vector<Token>& tokens = document.tokens;
  Token &raised = tokens[verb], &lowered = tokens[usurper];
  const TokenIndex object = raised.dep == Dep::amod ? raised.head : kNoToken;
  for (const TokenIndex child : document.children_of(usurper)) {
    tokens[child].head = verb;
    if (tokens[child].dep != Dep::aux) continue;
    for (const TokenIndex below : document.children_of(child))  // "Norland" of "Norland has pre-ordered" hangs on "has"
      if (tokens[below].dep == Dep::nsubj) tokens[below].head = verb;
  }
  if (object != kNoToken) tokens[object].head = verb;
  raised.head = lowered.head == usurper ? verb : lowered.head;
  raised.dep = lowered.dep;
  raised.pos = Pos::VERB;
  lowered.head = verb;
  lowered.dep = lowered.lemma == "have" ? Dep::aux : Dep::advmod;
  lowered.pos = lowered.lemma == "have" ? Pos::AUX : Pos::ADV;
  if (lowered.dep == Dep::advmod && raised.tag == Tag::VBN) raised.tag = Tag::VBD;
}

}  // namespace

bool mend_prefixed_verbs(Document& document) {
  bool mended = false;
  std::size_t sentence = document.sentences.size();
  for (TokenIndex i = 0; i + 2 < document.tokens.size(); ++i) {
    const Token &prefix = document.tokens[i], &hyphen = document.tokens[i + 1];
    if (hyphen.text != "-" || prefix.space_after || hyphen.space_after) continue;
    const bool changes = has(kChanging, prefix.lower);
    Token& verb = document.tokens[i + 2];
    if ((!changes && !has(kKeeping, prefix.lower)) || (verb.tag != Tag::VBN && verb.tag != Tag::VBD)) continue;
    if (document.sentence_of[i] == sentence) continue;  // one of a sentence: the index of children is of the tree as it was
    const TokenIndex usurper = usurper_of(document, i, i + 2);
    if (usurper == kNoToken) continue;
    raise(document, i + 2, usurper);
    Token& mark = document.tokens[i + 1];
    if (mark.head == i || mark.head == usurper) mark.head = i + 2;  // never when the verb itself hangs below it
    mark.dep = Dep::punct;
    mark.pos = Pos::PUNCT;
    mark.tag = Tag::HYPH;
    if (changes) verb.lemma = document.text_of({i, i + 3});
    sentence = document.sentence_of[i];
    mended = true;
  }
  return mended;
}

}  // namespace relata
