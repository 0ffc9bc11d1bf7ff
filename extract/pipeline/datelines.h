// Datelines, which the parser would take for a part of the first sentence.
#pragma once

#include <cstddef>
#include <string_view>

namespace relata {

// Bytes of the dateline that a paragraph begins with, the white space behind it too; 0 when it has none. A place before a dash alone
// counts when it is known as a place.
std::size_t dateline_bytes(std::string_view paragraph);

}  // namespace relata
