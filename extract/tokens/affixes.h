// What is split off the ends and inside of a chunk: punctuation, currency, units after digits, possessive 's, hyphens between letters.
#pragma once

#include <cstddef>
#include <string_view>

namespace relata {

// Bytes of the prefix at the beginning of `chunk`: the first alternative of the model's list that matches; 0: none.
std::size_t prefix_length(std::string_view chunk);

// Bytes of the suffix at the end of `chunk`: the longest alternative; 0: none.
std::size_t suffix_length(std::string_view chunk);

struct InfixMatch {
  std::size_t begin = 0, end = 0;  // bytes; empty: no further infix
};
// The leftmost infix at or after `from`. What lies before `from` is still seen as context.
InfixMatch next_infix(std::string_view chunk, std::size_t from);

// Whether the whole chunk is an address as the model's pattern has it: [scheme://][user@](IPv4|domain)[:port][/?# rest].
// Linear in the chunk's length, where the pattern itself backtracks.
bool is_address(std::string_view chunk);

}  // namespace relata
