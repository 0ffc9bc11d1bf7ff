// Walking over UTF-8 that is known to be valid, and what its characters are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "extract/tokens/tables.h"

namespace relata {

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 0;  // bytes; 0 where there is none
};

// The character that begins at byte `at`; size 0 at the end. Invalid bytes are read as single characters: nothing is read beyond the text.
inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  const std::size_t left = text.size() - at;
  if (first < 0x80) return {first, 1};
  if (first < 0xE0 && left >= 2) return {static_cast<char32_t>(((first & 0x1F) << 6) | (byte(1) & 0x3F)), 2};
  if (first < 0xF0 && left >= 3) return {static_cast<char32_t>(((first & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F)), 3};
  if (first < 0xF8 && left >= 4)
    return {static_cast<char32_t>((((first & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F)) % 0x110000), 4};
  return {first, 1};
}

// The character that ends before byte `end`; size 0 at the beginning.
inline CodePoint code_point_before(std::string_view text, std::size_t end) {
  if (end == 0) return {};
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return {code_point_at(text.substr(0, end), begin).value, static_cast<std::uint32_t>(end - begin)};
}

inline std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

inline std::uint32_t character_bits(char32_t c) { return pack::tables().character(c).bits; }

void append_utf8(std::string& out, char32_t c);

}  // namespace relata
