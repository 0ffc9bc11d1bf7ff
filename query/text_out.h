// Text on its way to a stream, gathered into large pieces. Private to the exports: what they write is many millions of short words.
#pragma once

#include <charconv>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "graph/date.h"
#include "graph/ids.h"

namespace relata {

class TextOut {
 public:
  // `stream` outlives it. What was not flushed is lost with it.
  explicit TextOut(std::ostream& stream) : stream_(stream) {}

  TextOut& operator<<(std::string_view text) {
    if (text_.size() + text.size() > kPiece) flush();
    text_ += text;
    return *this;
  }
  TextOut& operator<<(char c) { return *this << std::string_view(&c, 1); }
  TextOut& operator<<(EntityId id) { return *this << 'e' << Hex(id.value).text(); }
  TextOut& operator<<(ArticleId id) { return *this << Hex(id.value).text(); }

  TextOut& whole(std::int64_t number) {
    char digits[24];
    return *this << std::string_view(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  }
  // With four decimals; not finite ones as 0.
  TextOut& fraction(double number);

  // Text to which a piece may be appended: for what escapes.
  std::string& text() {
    if (text_.size() > kPiece) flush();
    return text_;
  }
  void flush() {
    stream_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
  }
  // For what writes to streams; everything before is in it.
  std::ostream& stream() {
    if (!text_.empty()) flush();
    return stream_;
  }

 private:
  static constexpr std::size_t kPiece = 1u << 18;
  struct Hex {
    explicit Hex(std::uint64_t value) {
      for (std::size_t i = 16; i-- > 0; value >>= 4) digits[i] = "0123456789abcdef"[value & 15];
    }
    std::string_view text() const { return {digits, 16}; }
    char digits[16];
  };

  std::ostream& stream_;
  std::string text_;
};

}  // namespace relata
