// Atoms grouped into the words of the grammar: numbers (written or in digits), ordinals, phrases of the lexicon, other words.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/times/atoms.h"
#include "extract/times/lexicon.h"

namespace relata::times {

struct Item {
  std::uint32_t first = 0, last = 0;  // atoms [first, last)
  std::span<const Entry> entries;     // what the lexicon says
  std::string_view lower;             // of the first atom
  std::int32_t number = -1;           // cardinal
  std::int32_t ordinal = -1;          // "third", "21st"
  std::int32_t decade = -1;           // "1990s", "90s"
  std::uint8_t digits = 0;            // of a cardinal in digits
  char mark = 0;
  bool written = false;    // a number in words
  bool glued = false;      // no white space before
  bool after_break = false;
  bool capital = false;
  TokenIndex token = 0;

  const Entry* as(Sort sort) const {
    for (const Entry& entry : entries) {
      if (entry.sort == sort) return &entry;
    }
    return nullptr;
  }
  bool timely() const { return !entries.empty() || number >= 0 || ordinal >= 0 || decade >= 0; }
};

// Linear in the atoms. Items view the atoms and the lexicon.
std::vector<Item> group_items(const Atoms& atoms, const Lexicon& lexicon);

}  // namespace relata::times
