// A word form, and everything about it that does not depend on where it stands.
#pragma once

#include <cstdint>
#include <string_view>

namespace relata {

inline constexpr std::uint32_t kNoSlot = 0xffffffffu;

// The ids are the 64-bit string ids of the model (MurmurHash64A, reserved symbols): what its embedding tables are asked for.
struct Lexeme {
  std::string_view text;
  std::string_view lower;
  std::string_view norm;
  std::uint64_t orth = 0, norm_id = 0, prefix = 0, suffix = 0, shape = 0;
  bool is_space = false;
  // 0..LexemeStore::capacity() - 1 for a form kept for the life of the store: caches may be indexed by it. kNoSlot for a form
  // that lives only as long as the text it stands in (the store is full).
  std::uint32_t slot = kNoSlot;
};

// One token of a text, before anything is known about it but its form.
struct Piece {
  const Lexeme* lexeme = nullptr;  // owned by the LexemeStore, or by the text's scratch memory
  std::uint32_t byte_begin = 0;    // in the text; its length is lexeme->text.size()
  std::uint32_t begin = 0, end = 0;  // code points
  bool space_after = false;        // a U+0020 belongs to the token
};

}  // namespace relata
