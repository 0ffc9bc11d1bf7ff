// The names found so far in an article: which tokens are taken, and what the finders of spans share.
#pragma once

#include <optional>
#include <vector>

#include "extract/names/spans.h"

namespace relata::names {

inline constexpr TokenIndex kLongestName = 24;   // tokens of any name: longer runs are lists or headlines
inline constexpr std::size_t kLongestKey = 160;  // bytes

class SpanBook {
 public:
  // Keeps references to both.
  SpanBook(const Document& document, const Lexicon& lexicon);

  const Document& document;
  const std::vector<Token>& tokens;
  const Lexicon& lexicon;
  TokenRange sentence;             // at work
  std::vector<TokenIndex> taken;   // token -> candidate, or kNoToken
  std::vector<Candidate> found;

  bool free(TokenRange range) const;
  void take(Candidate candidate);
  // A word that can be part of a run of a name, and where the run ends.
  bool in_run(TokenIndex i) const;
  TokenIndex run_end(TokenIndex i) const;
  // Addresses, files, shouted words ("Soooo") and words of data/names/no_names.tsv.
  bool never_named(const Token& token) const;
  std::optional<EntityType> recognized_in(TokenRange range) const;

 private:
  bool title_before(TokenIndex first) const;
};

std::optional<EntityType> type_of(Ner label);  // nothing for what is no name: dates, numbers
bool is_determiner(const Token& token);
bool is_possessive(const Token& token);
bool is_particle(std::string_view word);  // "de", "van", "al": lower-case words that may stand inside a name
bool has_digit(std::string_view text);

// The recognizer's spans of the sentence that are free, their boundaries mended.
void add_recognized(SpanBook& book);
// The longest names of the lexicon. `several`: those of several words, which override the recognizer; else what it left over.
void add_known(SpanBook& book, bool several);
// Last words of the article's people where the tagger took them for other words: "Trump broke off talks". After all else.
void add_surnames(SpanBook& book);
// Joins, parts and lengthens spans, of which `found` has all of the article in text order.
std::vector<Candidate> join_spans(const Document& document, const Lexicon& lexicon, std::vector<Candidate> found);

}  // namespace relata::names
