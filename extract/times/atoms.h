// The text of a document cut finer than tokens: runs of letters, runs of digits, single punctuation marks.
// Time expressions do not respect token borders ("mid-2008", "8.30pm", "1915-17"), atoms do not depend on the tokenizer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"

namespace relata::times {

enum class AtomKind : std::uint8_t { word, number, mark };

struct Atom {
  AtomKind kind = AtomKind::mark;
  bool glued = false;        // no white space before it
  bool after_break = false;  // a line break before it: no expression goes across
  bool capital = false;      // begins with an upper-case ASCII letter
  char mark = 0;             // of a mark: ASCII, typographic dashes and quotes made plain, others '?'
  std::uint8_t digits = 0;   // of a number: how many (255 for more)
  std::int32_t number = -1;  // of a number of at most 9 digits
  std::uint32_t begin = 0, end = 0;  // code points
  TokenIndex token = 0, last_token = 0;
  std::string_view lower;    // lower-cased (ASCII); view of Atoms::lower
};

struct Atoms {
  std::string lower;  // the article's text, ASCII lower-cased, same bytes otherwise
  std::vector<Atom> list;
};

// Linear in the text. The result's views point into its own `lower`, so it may be moved but not copied.
std::unique_ptr<Atoms> split_atoms(const Document& document);

// The words and numbers of a phrase of a data file, as split_atoms would see them, without marks.
std::vector<std::string> phrase_words(std::string_view phrase);

}  // namespace relata::times
