// Spoils texts, the same way for the same numbers everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace relata::fuzz {

// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_;
};

// A few changes of a seed: bytes flipped, stretches removed, repeated up to thousands of times or taken from another seed, and pieces
// that readers stumble over put in. At most `most` bytes.
std::string mutate(const std::vector<std::string>& seeds, Random& random, std::size_t most);

}  // namespace relata::fuzz
