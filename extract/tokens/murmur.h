// MurmurHash64A (Austin Appleby, public domain), as the model's string ids are made.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace relata {

inline std::uint64_t murmur64a(std::string_view text, std::uint64_t seed = 1) {
  constexpr std::uint64_t m = 0xC6A4A7935BD1E995ull;
  std::uint64_t h = seed ^ (text.size() * m);
  const char* p = text.data();
  std::size_t left = text.size();
  for (; left >= 8; p += 8, left -= 8) {
    std::uint64_t k;
    std::memcpy(&k, p, 8);  // little endian, like the model's files
    k *= m;
    k ^= k >> 47;
    h = (h ^ (k * m)) * m;
  }
  if (left != 0) {
    std::uint64_t tail = 0;
    std::memcpy(&tail, p, left);
    h = (h ^ tail) * m;
  }
  h ^= h >> 47;
  h *= m;
  return h ^ (h >> 47);
}

}  // namespace relata
