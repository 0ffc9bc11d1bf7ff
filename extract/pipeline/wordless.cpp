#include "extract/pipeline/wordless.h"

namespace relata {
namespace {

constexpr std::size_t kBlock = 1024;      // bytes judged together: more than a sentence has
constexpr std::size_t kLongestWord = 128;  // bytes between white space; what is longer is no word, though an address may be
constexpr std::size_t kWordShare = 5;      // a block is wordless when less than a fifth of its bytes are words

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool goes_on(char c) { return (c & 0xC0) == 0x80; }  // a later byte of a character

// By the first byte of a character: beyond ASCII nearly all are letters but for U+0080..00BF, U+2000..2FFF and the emoji.
bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return byte >= 0xC3 && byte < 0xF0 && byte != 0xE2;
}

// Two letters side by side.
bool is_word(std::string_view chunk) {
  if (chunk.size() > kLongestWord) return false;
  bool after_letter = false;
  for (const char c : chunk) {
    if (goes_on(c)) continue;
    const bool letter = is_letter(c);
    if (letter && after_letter) return true;
    after_letter = letter;
  }
  return false;
}

// From `begin`: whole chunks and the white space after them, until it is a kilobyte; a chunk without end is cut.
struct Block {
  std::size_t end = 0, words = 0;  // words: bytes
};
Block block_at(std::string_view text, std::size_t begin) {
  Block block{begin};
  while (block.end < text.size() && block.end - begin < kBlock) {
    const std::size_t from = block.end;
    while (block.end < text.size() && !is_space(text[block.end]) && block.end - from < 2 * kBlock) ++block.end;
    while (block.end < text.size() && goes_on(text[block.end])) ++block.end;
    if (is_word(text.substr(from, block.end - from))) block.words += block.end - from;
    while (block.end < text.size() && is_space(text[block.end])) ++block.end;
  }
  return block;
}

}  // namespace

std::vector<ByteRange> wordless_stretches(std::string_view text) {
  std::vector<ByteRange> stretches;
  for (std::size_t begin = 0; begin < text.size();) {
    const Block block = block_at(text, begin);
    if (block.words * kWordShare < block.end - begin) {
      if (!stretches.empty() && stretches.back().end == begin) stretches.back().end = block.end;
      else if (block.end - begin >= kBlock) stretches.push_back({begin, block.end});
    }
    begin = block.end;
  }
  return stretches;
}

}  // namespace relata
