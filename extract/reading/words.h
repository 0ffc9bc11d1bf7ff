// The word lists of data/reading, read once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/result.h"

namespace relata {

// A wording of furniture and where in a line it must stand.
struct NoisePhrase {
  enum class Where { start, notice, end, inside };
  Where where = Where::start;
  std::string words;  // lower case, single spaces
};

struct ReadingWords {
  std::unordered_map<std::string, int> months, weekdays;
  std::unordered_set<std::string> clock;
  std::unordered_map<std::string, std::string> agencies;
  std::unordered_map<std::string, bool> date_labels;             // true: the first publication, false: a later change
  std::vector<std::pair<std::string, std::string>> fields;       // kind, name
  std::unordered_set<std::string> whole;                         // lines that are nothing but furniture
  std::unordered_set<std::string> list_headings;                 // ... behind which other articles' headlines follow
  std::vector<std::string> list_starts;                          // beginnings of such headings
  std::vector<NoisePhrase> phrases;                              // the other places
  std::vector<std::string> credits;                              // "photo:", "picture:": a name follows
  std::vector<std::string> credit_ends;                          // "/getty images"
  std::unordered_set<std::string> page_noise, page_maybe, page_text, page_inline;  // words of class and id attributes
};

// Constant once read; any thread. The error of the first list that cannot be read.
Result<const ReadingWords*> reading_words();

}  // namespace relata
