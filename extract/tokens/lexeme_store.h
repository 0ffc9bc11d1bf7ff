// The word forms seen so far, each with its attributes and model ids, shared by all threads of the program.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "extract/tokens/lexeme.h"
#include "extract/tokens/scratch.h"

namespace relata {

// Insert-only and bounded. Readers take no lock; writers take one, at most `capacity` times in the life of the store.
// A kept Lexeme never moves or changes. Forms beyond the capacity, and very long ones, are made in the caller's Scratch with
// slot kNoSlot: the memory of the store stays flat over any input.
class LexemeStore {
 public:
  // English news of a year has some 200,000 forms that occur twice.
  static constexpr std::uint32_t kDefaultCapacity = 1u << 18;
  // Longer forms are addresses and junk that do not come again.
  static constexpr std::size_t kLongestKept = 48;  // bytes

  explicit LexemeStore(std::uint32_t capacity = kDefaultCapacity);
  ~LexemeStore();
  LexemeStore(const LexemeStore&) = delete;  // Lexemes are referred to by address
  LexemeStore& operator=(const LexemeStore&) = delete;

  // The lexeme of a form. `norm`: the norm a tokenizer exception gives this token; it makes another lexeme of the same text.
  // `text` is not empty and valid UTF-8. Any thread.
  const Lexeme* get(std::string_view text, Scratch& scratch, std::optional<std::string_view> norm = {});
  // The same where murmur64a(text) is known and no norm is given.
  const Lexeme* get(std::string_view text, std::uint64_t hash, Scratch& scratch);

  std::uint32_t capacity() const { return capacity_; }
  std::uint32_t size() const;  // slots 0 .. size() - 1 are given out

 private:
  struct Cells;
  const Lexeme* find(std::string_view text, std::optional<std::string_view> norm, std::uint64_t hash) const;
  const Lexeme* insert(std::string_view text, std::optional<std::string_view> norm, std::uint64_t hash, Scratch& scratch);

  std::uint32_t capacity_;
  std::unique_ptr<Cells> cells_;
};

// The model's 64-bit id of a text: reserved symbols, else MurmurHash64A with seed 1; 0 for the empty text.
std::uint64_t string_id(std::string_view text);

// The shape of a word: "Xxxxx", "dddd", "X.X."; "LONG" from 100 characters on. For display and tests; Lexeme::shape is its id.
std::string shape_of(std::string_view text);

// Full Unicode lower-casing as the model was trained with (final sigma, dotted I).
std::string lower_of(std::string_view text);

}  // namespace relata
