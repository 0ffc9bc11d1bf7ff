// Stretches of a text that hold hardly a word: rows of marks, tables of numbers, letters one by one, encoded files. They say nothing,
// but every mark of them would cost the language runtime as much as a word.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace relata {

struct ByteRange {
  std::size_t begin = 0, end = 0;
  auto operator<=>(const ByteRange&) const = default;
};

// In order, apart from one another, each of a kilobyte at least, beginning and ending beside white space where there is some (and never
// inside a character of valid UTF-8). Linear in the text's length.
std::vector<ByteRange> wordless_stretches(std::string_view text);

}  // namespace relata
