#include "extract/tokens/scratch.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace relata {
namespace {
constexpr std::size_t kBlock = 16 * 1024;
}

char* Scratch::take(std::size_t bytes) {
  bytes = (bytes + 7) / 8 * 8;
  if (bytes > left_) {
    left_ = std::max(bytes, kBlock);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = blocks_.back().get();
  }
  char* out = next_;
  next_ += bytes;
  left_ -= bytes;
  return out;
}

std::string_view Scratch::keep(std::string_view text) {
  if (text.empty()) return {};
  char* out = take(text.size());
  std::memcpy(out, text.data(), text.size());
  return {out, text.size()};
}

Lexeme* Scratch::keep(const Lexeme& lexeme) { return new (take(sizeof(Lexeme))) Lexeme(lexeme); }

void Scratch::reset() {
  blocks_.clear();
  next_ = nullptr;
  left_ = 0;
}

}  // namespace relata
