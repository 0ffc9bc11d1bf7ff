#include "extract/pipeline/points.h"

#include <algorithm>

namespace relata {
namespace {

bool begins(char c) { return (c & 0xC0) != 0x80; }

}  // namespace

CodePoints::CodePoints(std::string_view utf8) : text_(utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (!begins(utf8[i])) continue;
    if (size_ % kStep == 0) marks_.push_back(static_cast<std::uint32_t>(i));
    ++size_;
  }
}

std::size_t CodePoints::byte(std::uint32_t point) const {
  if (point >= size_) return text_.size();
  std::size_t at = marks_[point / kStep];
  for (std::uint32_t rest = point % kStep; rest > 0; --rest)
    do ++at;
    while (at < text_.size() && !begins(text_[at]));
  return at;
}

std::string_view CodePoints::slice(Span span) const {
  const std::size_t begin = byte(span.begin);
  return text_.substr(begin, byte(std::max(span.begin, span.end)) - begin);
}

}  // namespace relata
