// The second pass of tokenization: exceptions that the first pass split because an affix is in them, such as ":)" in "(fine :)".
#pragma once

#include <string_view>
#include <vector>

#include "extract/tokens/lexeme_store.h"

namespace relata {

// The bytes and code points of `pieces` stay covered; pieces are replaced where an exception says so.
void join_phrases(std::string_view text, LexemeStore& store, Scratch& scratch, std::vector<Piece>& pieces);

// Appends the pieces of the exception with this key; false if there is none. It begins at `byte` and code point `point`.
bool append_exception(std::string_view key, std::uint64_t hash, std::uint32_t byte, std::uint32_t point, LexemeStore& store, Scratch& scratch,
                      std::vector<Piece>& out);

// No key of an exception is longer (bytes).
std::size_t longest_exception();

}  // namespace relata
