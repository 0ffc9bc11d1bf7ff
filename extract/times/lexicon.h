// The words of time of data/times/*.tsv, compiled for one look-up a word.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/times/holidays.h"
#include "graph/result.h"

namespace relata::times {

// What a word can be. Names as in the second column of words.tsv.
enum class Sort : std::uint8_t {
  month, weekday, season, unit, units, number, scale, ordinal, part, clock, day, reference, set, place, quantity, direction,
  vague, zone, holiday, every, meridiem, era, decade, ignore,
};

struct Entry {
  Sort sort;
  int value = 0;      // month 1..12, weekday 1..7, Unit, number, ...
  std::string text;   // TIMEX3 piece: "MO", "PRESENT_REF", "START", "P1D"
  bool weak = false;  // also an everyday word: counts only beside another word of time ("may", "march", "sun", "second")
  bool narrative = false;  // only in texts that tell history ("former")
  bool report = false;     // only in texts that do not ("soon")
};

// A phrase of two words or more that begins with a certain word.
struct Phrase {
  std::vector<std::string> rest;
  Entry entry;
};

struct Word {
  std::vector<Entry> entries;
  std::vector<Phrase> phrases;  // longest first
};

// How a verb passes its date on (data/times/verbs.tsv).
enum class VerbKind : std::uint8_t { light, intent };

struct Lexicon {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Word, Hash, std::equal_to<>> words;
  std::vector<Holiday> holidays;
  std::unordered_map<std::string, VerbKind, Hash, std::equal_to<>> verbs;

  const Word* find(std::string_view lower) const {
    const auto it = words.find(lower);
    return it == words.end() ? nullptr : &it->second;
  }
};

// Reads the files. bad_input names file and row.
Result<std::unique_ptr<const Lexicon>> load_lexicon();
// The same, read once at the first call and shared by all threads.
const Result<std::unique_ptr<const Lexicon>>& shared_lexicon();

}  // namespace relata::times
