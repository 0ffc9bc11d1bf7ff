// Lower case, shape and ids of a word form.
#include "extract/tokens/characters.h"
#include "extract/tokens/lexeme_store.h"

namespace relata {
namespace {

// U+03A3 at the end of a word: a cased letter before it, none after it, case-ignorable characters not counting.
bool final_sigma(std::string_view text, std::size_t begin, std::size_t end) {
  const auto cased = [](CodePoint c) { return (character_bits(c.value) & pack::kCased) != 0; };
  const auto ignorable = [](CodePoint c) { return (character_bits(c.value) & pack::kIgnorable) != 0; };
  // A long run of ignorable characters is no word: looking so far keeps a text of many sigmas linear.
  constexpr int kLookFar = 64;
  CodePoint c;
  int steps = 0;
  for (std::size_t at = begin; (c = code_point_before(text, at)).size != 0; at -= c.size)
    if (!ignorable(c) || ++steps == kLookFar) break;
  if (c.size == 0 || !cased(c)) return false;
  steps = 0;
  for (std::size_t at = end; (c = code_point_at(text, at)).size != 0; at += c.size)
    if (!ignorable(c) || ++steps == kLookFar) break;
  return c.size == 0 || !cased(c);
}

constexpr char32_t kSigma = 0x3A3, kFinalSigma = 0x3C2;

}  // namespace

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::string lower_of(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  CodePoint c;
  for (std::size_t at = 0; (c = code_point_at(text, at)).size != 0; at += c.size) {
    if (c.value == pack::kDottedCapital) {
      out += "i\u0307";
    } else if (c.value == kSigma && final_sigma(text, at, at + c.size)) {
      append_utf8(out, kFinalSigma);
    } else {
      append_utf8(out, c.value + pack::tables().character(c.value).lower);
    }
  }
  return out;
}

std::string shape_of(std::string_view text) {
  constexpr std::uint32_t kLong = 100;   // characters
  constexpr int kLongestRun = 4;
  if (text.size() >= kLong && count_code_points(text) >= kLong) return "LONG";
  std::string out;
  char32_t last = 0;
  int run = 0;
  CodePoint c;
  for (std::size_t at = 0; (c = code_point_at(text, at)).size != 0; at += c.size) {
    const std::uint32_t bits = character_bits(c.value);
    char32_t mapped = c.value;
    if (bits & pack::kAlpha) mapped = (bits & pack::kUpper) ? U'X' : U'x';
    else if (bits & pack::kDigit) mapped = U'd';
    run = mapped == last && at != 0 ? run + 1 : 1;
    last = mapped;
    if (run <= kLongestRun) append_utf8(out, mapped);
  }
  return out;
}

std::uint64_t string_id(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint64_t hash = murmur64a(text);
  const pack::MapEntry* symbol = pack::tables().find(pack::tables().header().symbols, text, hash);
  return symbol ? symbol->value : hash;
}

}  // namespace relata
