// How much one input may ask of us. Everything larger is answered with a message, never with memory.
#pragma once

#include <cstddef>

namespace relata {

// Characters of one article in bytes: a book of 170,000 words (the slack is for a line feed and its like). A longer text is a corpus
// and should come as JSONL. What is known of a text while it is read takes a hundred times its bytes: this holds the program at 200 MB.
inline constexpr std::size_t kLongestArticle = (1u << 20) + 1024;
// One JSON line or JSON file, one page, one text file, decompressed: escapes and markup make more of it than the text has.
inline constexpr std::size_t kLargestRecord = 64u << 20;
// Of a page without scripts, styles and comments the first MB is read: a tree has some fifty times the bytes of its tags.
inline constexpr std::size_t kLargestPage = 1u << 20;
// Nesting of elements; browsers stop at 512. The tree builder looks through all open elements at every tag.
inline constexpr int kDeepestPage = 256;
// Text compresses ten times, repetitive logs a hundred times; what grows more is a bomb.
inline constexpr std::size_t kHighestRatio = 300;
// ... but small files may be as regular as they like.
inline constexpr std::size_t kFreeOutput = 16u << 20;
// Nested folders. Links are not followed into folders already open, so this only bounds honest trees.
inline constexpr int kDeepestFolder = 64;

}  // namespace relata
