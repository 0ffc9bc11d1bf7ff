#include "extract/stance/content.h"

#include <algorithm>

#include "extract/stance/tree.h"

namespace relata::stance {
namespace {

bool is_edge(const Token& t) {
  return t.is_space || t.pos == Pos::PUNCT || t.tag == Tag::COMMA || t.tag == Tag::COLON || t.tag == Tag::PERIOD || t.tag == Tag::OPEN_QUOTE ||
         t.tag == Tag::CLOSE_QUOTE;
}

}  // namespace

TokenRange trimmed(const Document& document, TokenRange range) {
  constexpr TokenIndex kMost = 32;  // a heap of punctuation is not looked at again for every report
  const TokenRange whole = range;
  const auto from_left = [&] {
    while (!range.empty() && range.first < whole.first + kMost && is_edge(document.tokens[range.first])) ++range.first;
  };
  from_left();
  if (!range.empty() && document.tokens[range.first].lower == "that" && document.tokens[range.first].dep == Dep::mark) ++range.first;
  from_left();
  while (!range.empty() && range.last + kMost > whole.last && is_edge(document.tokens[range.last - 1])) --range.last;
  return range;
}

TokenRange balanced(const Document& document, TokenRange range) {
  constexpr TokenIndex kMost = 64;
  const auto opens = [](std::string_view t) { return t == "“" || t == "``" || t == "‘" || t == "«" || t == "(" || t == "["; };
  const auto closes = [](std::string_view t) { return t == "”" || t == "''" || t == "»" || t == ")" || t == "]"; };
  int depth = 0, straight = 0;
  bool early = false;  // something was closed that was not opened here
  for (TokenIndex i = range.last > range.first + kMost ? range.last - kMost : range.first; i < range.last; ++i) {
    const std::string_view text = document.tokens[i].text;
    if (text == "\"") ++straight;
    if (opens(text)) ++depth;
    if (closes(text)) {
      if (depth == 0) early = true;
      else --depth;
    }
  }
  TokenIndex after = range.last;
  if (after + 1 < document.tokens.size() && (document.tokens[after].tag == Tag::COMMA || document.tokens[after].tag == Tag::PERIOD)) ++after;  // ,”
  const std::string_view next = after < document.tokens.size() ? document.tokens[after].text : std::string_view();
  const std::string_view previous = range.first > 0 ? document.tokens[range.first - 1].text : std::string_view();
  if ((depth > 0 && closes(next)) || (straight % 2 == 1 && next == "\"")) range.last = after + 1;
  else if ((early && opens(previous)) || (straight % 2 == 1 && previous == "\"")) --range.first;
  return range;
}

void add_around(const Document& document, TokenRange whole, TokenRange hole, std::vector<TokenRange>& content) {
  const TokenRange before = trimmed(document, {whole.first, std::min(whole.last, hole.first)});
  const TokenRange after = trimmed(document, {std::max(whole.first, hole.last), whole.last});
  if (hole.empty() || hole.last <= whole.first || hole.first >= whole.last) {
    if (const TokenRange all = trimmed(document, whole); !all.empty()) content.push_back(all);
    return;
  }
  if (!before.empty()) content.push_back(before);
  if (!after.empty() && after.last > after.first + 1) content.push_back(after);
}

TokenRange reporting_words(const Document& document, TokenIndex verb, TokenIndex content) {
  TokenRange words{verb, verb + 1};
  for (const TokenIndex child : near_children(document, verb)) {
    const Token& t = document.tokens[child];
    if (child == content || t.dep == Dep::punct || t.dep == Dep::ccomp || t.dep == Dep::parataxis || t.dep == Dep::conj || t.dep == Dep::advcl) continue;
    const TokenRange part = subtree(document, child);
    if (part.contains(content)) continue;
    words.first = std::min(words.first, part.first);
    words.last = std::max(words.last, part.last);
  }
  return words;
}

}  // namespace relata::stance
