#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "graph/identity.h"

namespace relata {
namespace {

// Letters that NFKD leaves whole although readers and keyboards take them for a plain one.
constexpr std::array<std::pair<utf8proc_int32_t, std::string_view>, 14> kPlain = {{{0x00F8, "o"},
                                                                                  {0x0142, "l"},
                                                                                  {0x0111, "d"},
                                                                                  {0x00F0, "d"},
                                                                                  {0x00FE, "th"},
                                                                                  {0x00E6, "ae"},
                                                                                  {0x0153, "oe"},
                                                                                  {0x0131, "i"},
                                                                                  {0x0127, "h"},
                                                                                  {0x0167, "t"},
                                                                                  {0x014B, "ng"},
                                                                                  {0x0138, "k"},
                                                                                  {0x0259, "a"},
                                                                                  {0x0289, "u"}}};

void append(std::string& folded, utf8proc_int32_t point) {
  for (const auto& [letter, plain] : kPlain)
    if (letter == point) {
      folded += plain;
      return;
    }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(point, bytes.data());
  folded.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

// Within a word: "U.S.", "O'Brien" close up; everything else parts words.
constexpr bool joins(utf8proc_int32_t point) {
  return point == '.' || point == '\'' || point == 0x2019 || point == 0x2018 || point == 0x02BC || point == '`';
}

bool in_word(utf8proc_category_t category) {
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool plain_ascii(std::string_view text) {
  constexpr std::uint64_t kHigh = 0x8080808080808080u;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHigh) != 0) return false;
  }
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// What each ASCII character is folded to: itself or its small letter, a blank where it parts words, 0 where it closes up.
constexpr std::array<char, 128> kFolded = [] {
  std::array<char, 128> folded{};
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const auto c = static_cast<char>(i);
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    folded[i] = kept ? c : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : joins(c) ? '\0' : ' ';
  }
  return folded;
}();

std::string fold_ascii(std::string_view text) {
  std::string folded(text.size(), '\0');
  std::size_t size = 0;
  char last = ' ';
  for (const char c : text) {
    const char to = kFolded[static_cast<unsigned char>(c)];
    if (to == '\0' || (to == ' ' && last == ' ')) continue;
    folded[size++] = last = to;
  }
  folded.resize(size > 0 && last == ' ' ? size - 1 : size);
  return folded;
}

}  // namespace

std::string fold_name(std::string_view utf8) {
  if (plain_ascii(utf8)) return fold_ascii(utf8);
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()), static_cast<utf8proc_ssize_t>(utf8.size()),
                                 &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  std::string folded;
  for (utf8proc_ssize_t at = 0; at < size;) {
    utf8proc_int32_t point = 0;
    const auto step = utf8proc_iterate(mapped + at, size - at, &point);
    if (step <= 0) break;  // cannot be: the map's output is valid
    at += step;
    if (in_word(utf8proc_category(point))) append(folded, point);
    else if (!joins(point) && !folded.empty() && folded.back() != ' ') folded += ' ';
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

}  // namespace relata
