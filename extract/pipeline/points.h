// Code point offsets of a UTF-8 text turned into bytes: an index every 64 code points, so a slice costs a short walk.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/article.h"

namespace relata {

class CodePoints {
 public:
  explicit CodePoints(std::string_view utf8);  // keeps a view of the text

  std::string_view slice(Span span) const;  // what lies past the end is left off
  std::uint32_t size() const { return size_; }

 private:
  std::size_t byte(std::uint32_t point) const;

  static constexpr std::uint32_t kStep = 64;
  std::string_view text_;
  std::vector<std::uint32_t> marks_;  // byte of every kStep-th code point
  std::uint32_t size_ = 0;
};

}  // namespace relata
