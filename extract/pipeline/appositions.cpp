#include "extract/pipeline/appositions.h"

namespace relata {
namespace {

bool is_comma(const Document& document, TokenIndex i) { return i < document.tokens.size() && document.tokens[i].tag == Tag::COMMA; }

// The name that stands right before the comma before the noun's phrase, and hangs on the same verb by no role; kNoToken when none does.
TokenIndex name_before(const Document& document, TokenIndex noun) {
  const TokenIndex comma = document.left_edge[noun] - 1;
  if (document.left_edge[noun] < 2 || !is_comma(document, comma)) return kNoToken;
  for (const TokenIndex child : document.children_of(document.tokens[noun].head)) {
    if (child >= noun) break;
    const Token& name = document.tokens[child];
    const bool loose = name.dep == Dep::npadvmod || name.dep == Dep::dep || name.dep == Dep::nmod || name.dep == Dep::parataxis;
    if (loose && name.tag == Tag::NNP && name.ner == Ner::PERSON && document.right_edge[child] + 1 == comma) return child;
  }
  return kNoToken;
}

}  // namespace

bool mend_appositions(Document& document) {
  bool mended = false;
  for (TokenIndex noun = 0; noun < document.tokens.size(); ++noun) {
    Token& word = document.tokens[noun];
    if ((word.dep != Dep::nsubj && word.dep != Dep::nsubjpass) || (word.tag != Tag::NN && word.tag != Tag::NNS)) continue;
    if (!is_comma(document, document.right_edge[noun]) && !is_comma(document, document.right_edge[noun] + 1)) continue;
    const TokenIndex name = name_before(document, noun);
    if (name == kNoToken) continue;
    document.tokens[name].dep = word.dep;
    word.head = name;
    word.dep = Dep::appos;
    mended = true;
  }
  return mended;
}

}  // namespace relata
