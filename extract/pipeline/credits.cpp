#include "extract/pipeline/credits.h"

#include <algorithm>

namespace relata {
namespace {

constexpr TokenIndex kLongestHeadline = 40, kLongestCredit = 9;

bool is_dash(const Token& token) { return token.text == "-" || token.text == "–" || token.text == "—" || token.text == "--"; }

bool may_name(const Token& token) {
  return token.pos != Pos::VERB && token.pos != Pos::AUX && token.pos != Pos::PUNCT && token.pos != Pos::NUM && token.pos != Pos::PRON && !token.is_space;
}

// The last dash between spaces that short words without a verb, one of them a noun, follow to the end; kNoToken when there is none.
TokenIndex credit_dash(const std::vector<Token>& tokens, TokenRange line) {
  if (line.last - line.first > kLongestHeadline) return kNoToken;
  bool noun = false;
  for (TokenIndex i = line.last; i-- > line.first + 3 && i + kLongestCredit >= line.last;) {
    if (is_dash(tokens[i]) && tokens[i - 1].space_after && tokens[i].space_after) return noun ? i : kNoToken;
    if (!may_name(tokens[i])) return kNoToken;
    noun = noun || tokens[i].pos == Pos::NOUN || tokens[i].pos == Pos::PROPN;
  }
  return kNoToken;
}

// The word of the phrase that the others hang on: the last noun whose head is not in the phrase, else the last noun.
TokenIndex head_of(const std::vector<Token>& tokens, TokenRange phrase) {
  TokenIndex last = kNoToken, top = kNoToken;
  for (TokenIndex i = phrase.first; i < phrase.last; ++i) {
    if (tokens[i].pos != Pos::NOUN && tokens[i].pos != Pos::PROPN) continue;
    last = i;
    if (!phrase.contains(tokens[i].head) || tokens[i].head == i) top = i;
  }
  return top != kNoToken ? top : last;
}

bool hangs_under(const std::vector<Token>& tokens, TokenIndex i, TokenIndex above) {
  for (TokenIndex step = 0; step <= kLongestHeadline && i != above && tokens[i].head != i; ++step) i = tokens[i].head;
  return i == above;
}

bool part(std::vector<Token>& tokens, TokenRange line) {
  while (line.last > line.first && tokens[line.last - 1].is_space) --line.last;
  const TokenIndex dash = credit_dash(tokens, line);
  if (dash == kNoToken) return false;
  const TokenRange credit{dash + 1, line.last};
  const TokenIndex name = head_of(tokens, credit);
  // What hung on the phrase takes its place: the last of them, and the others hang on that.
  TokenIndex heir = kNoToken, root = kNoToken;
  for (TokenIndex i = line.first; i < dash; ++i)
    if (credit.contains(tokens[i].head) && tokens[i].pos != Pos::PUNCT) heir = i;
  for (TokenIndex i = line.first; i < dash; ++i)
    if (tokens[i].head == i) root = i;
  const Token was = tokens[name];
  if (heir != kNoToken) {
    const bool on_top = was.head == name || !TokenRange{line.first, dash}.contains(was.head) || hangs_under(tokens, was.head, heir);
    for (TokenIndex i = line.first; i < dash; ++i)
      if (i != heir && credit.contains(tokens[i].head)) tokens[i].head = heir;
    tokens[heir].head = on_top && root == kNoToken ? heir : on_top ? root : was.head;
    tokens[heir].dep = on_top && root == kNoToken ? Dep::ROOT : on_top ? Dep::dep : was.dep;
    if (tokens[heir].head == heir) root = heir;
  }
  if (root == kNoToken) return false;  // a phrase before the dash too; nothing hangs wrong
  for (TokenIndex i = dash; i < line.last; ++i)
    if (!credit.contains(tokens[i].head) || tokens[i].head == i) tokens[i].head = i == name ? root : name;
  tokens[name].head = root;
  tokens[name].dep = Dep::parataxis;
  return true;
}

}  // namespace

bool part_credits(Document& document) {
  bool parted = false;
  for (const TokenRange& sentence : document.sentences) parted = part(document.tokens, sentence) || parted;
  return parted;
}

}  // namespace relata
