#include "extract/statements/phrases.h"

#include <algorithm>

#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

bool left_out(const Token& child, bool of_head, Trim trim) {
  switch (child.dep) {
    case Dep::conj:
    case Dep::cc:
    case Dep::preconj:
      return of_head && trim.conjuncts;
    case Dep::relcl:
      return of_head && trim.relatives;
    case Dep::xcomp:
      return of_head && trim.complements;
    case Dep::acl:
      return of_head && trim.relatives && child.tag != Tag::VB;
    case Dep::appos:
      return of_head && trim.appositions;
    case Dep::parataxis:
    case Dep::meta:
      return of_head;
    default:
      return child.is_space;
  }
}

bool is_edge_punctuation(const Token& token) {
  if (token.pos != Pos::PUNCT) return token.is_space;
  return token.tag != Tag::OPEN_QUOTE && token.tag != Tag::CLOSE_QUOTE && token.tag != Tag::LRB && token.tag != Tag::RRB;
}

}  // namespace

Words phrase(const Document& document, TokenIndex head, Trim trim) {
  Words words{head};
  for (std::size_t i = 0; i < words.size() && words.size() < kMaxPhrase; ++i)
    for (const TokenIndex child : near_children(document, words[i])) {
      if (words.size() >= kMaxPhrase) break;
      if (!left_out(document.tokens[child], words[i] == head, trim)) words.push_back(child);
    }
  std::sort(words.begin(), words.end());
  while (words.size() > 1 && is_edge_punctuation(document.tokens[words.back()])) words.pop_back();
  std::size_t first = 0;
  while (first + 1 < words.size() && is_edge_punctuation(document.tokens[words[first]])) ++first;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first));
  return words;
}

std::string text_of(const Document& document, const Words& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0 && (words[i] != words[i - 1] + 1 || document.tokens[words[i - 1]].space_after)) text += ' ';
    text += document.tokens[words[i]].text;
  }
  return text;
}

}  // namespace relata::statements
