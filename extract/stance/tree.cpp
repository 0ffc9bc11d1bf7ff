#include "extract/stance/tree.h"

#include <algorithm>

namespace relata::stance {

std::span<const TokenIndex> near_children(const Document& document, TokenIndex token) {
  const std::span<const TokenIndex> all = document.children_of(token);
  if (all.size() <= kMostChildren) return all;
  const auto middle = static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), token) - all.begin());
  const std::size_t half = kMostChildren / 2;
  const std::size_t first = std::min(middle > half ? middle - half : 0, all.size() - kMostChildren);
  return all.subspan(first, kMostChildren);
}

TokenIndex child_with(const Document& document, TokenIndex token, Dep dep) {
  for (const TokenIndex child : near_children(document, token)) {
    if (document.tokens[child].dep == dep) return child;
  }
  return kNoToken;
}

TokenIndex subject_of(const Document& document, TokenIndex verb) {
  TokenIndex found = kNoToken;
  for (const TokenIndex child : near_children(document, verb)) {
    if (!is_subject(document.tokens[child].dep)) continue;
    if (child > verb && found != kNoToken) break;
    found = child;  // of two, the nearer: the first may be a heading
  }
  return found;
}

bool is_infinitive(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : near_children(document, verb)) {
    if (child < verb && document.tokens[child].tag == Tag::TO && document.tokens[child].dep == Dep::aux) return true;
  }
  return false;
}

TokenIndex first_conjunct(const Document& document, TokenIndex token) {
  for (int step = 0; step < kMostSteps && document.tokens[token].dep == Dep::conj; ++step) token = document.tokens[token].head;
  return token;
}

std::string with_particle(const Document& document, TokenIndex verb) {
  std::string lemma(document.tokens[verb].lemma);
  TokenIndex particle = child_with(document, verb, Dep::prt);
  if (particle == kNoToken && verb + 1 < document.tokens.size() && document.tokens[verb + 1].tag == Tag::RP && document.tokens[verb + 1].head == verb)
    particle = verb + 1;
  if (particle != kNoToken) {
    lemma += ' ';
    lemma += document.tokens[particle].lower;
  }
  return lemma;
}

}  // namespace relata::stance
