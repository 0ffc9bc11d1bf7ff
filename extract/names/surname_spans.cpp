// Surnames that are words of English too, which the tagger may not see at the beginning of a sentence.
#include <unordered_set>

#include "extract/names/span_book.h"

namespace relata::names {
namespace {

// "Donald Trump": recognized as a person, in several words.
bool is_full_name(const Candidate& candidate, const SpanBook& book) {
  const TokenRange range = candidate.tokens;
  return range.last - range.first > 1 && candidate.recognized == EntityType::person && is_proper(book.tokens[range.last - 1]) &&
         book.lexicon.given(book.tokens[range.first].text) != nullptr;
}

}  // namespace

void add_surnames(SpanBook& book) {
  std::unordered_set<std::string_view> surnames;
  for (const Candidate& candidate : book.found)
    if (!candidate.tokens.empty() && is_full_name(candidate, book)) surnames.insert(book.tokens[candidate.tokens.last - 1].text);
  if (surnames.empty()) return;
  std::unordered_set<std::string_view> words;  // that the article writes small too: "Price rises" is of prices
  for (const Token& token : book.tokens)
    if (token.text == token.lower) words.insert(token.lower);
  for (TokenIndex i = 0; i < book.tokens.size(); ++i) {
    const Token& token = book.tokens[i];
    const bool argument = token.dep == Dep::nsubj || token.dep == Dep::nsubjpass || token.dep == Dep::dobj || token.dep == Dep::pobj || token.dep == Dep::poss;
    if (book.taken[i] != kNoToken || is_proper(token) || !argument || !surnames.contains(token.text) || words.contains(token.lower)) continue;
    book.take({{i, i + 1}, EntityType::person, book.lexicon.known(token.text), std::nullopt, false});
  }
}

}  // namespace relata::names
