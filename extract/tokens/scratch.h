// Memory for the words of one text that the word store has no room for. It lives as long as the text's Document.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "extract/tokens/lexeme.h"

namespace relata {

// A bump arena: nothing is freed before the whole. One thread at a time. Empty until first used.
class Scratch {
 public:
  Scratch() = default;
  Scratch(const Scratch&) = delete;  // pieces refer to it by address: hold it by pointer
  Scratch& operator=(const Scratch&) = delete;

  // The copies live, at the same address, until reset() or the end of the Scratch.
  std::string_view keep(std::string_view text);
  Lexeme* keep(const Lexeme& lexeme);

  // Uninitialised bytes, aligned for any word-sized type.
  char* take(std::size_t bytes);
  void reset();

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace relata
