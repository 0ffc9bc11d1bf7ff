// Numbers for texts in the order they are first met. A text is known by 128 bits of XXH3 under a seed that nobody can foresee, so that two
// texts never are one, by chance or on purpose; the texts themselves are not kept.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace relata::storage {

class HashPlaces {
 public:
  HashPlaces();

  struct Hash {
    std::uint64_t low = 0, high = 0;
    bool operator==(const Hash&) const = default;
  };
  // Of a text. From any thread.
  Hash hash(std::string_view text) const;
  // The place of the text with this hash: that it was given, or `next` if it is new.
  std::uint32_t place(const Hash& hash, std::uint32_t next);
  // Fetches what place() will look at, while others are looked at.
  void expect(const Hash& hash) const { __builtin_prefetch(&slots_[hash.low & (slots_.size() - 1)]); }

 private:
  struct Slot {
    Hash hash;
    std::uint32_t place = 0;
    bool taken = false;
  };
  Slot& slot_of(const Hash& hash);
  void grow();

  std::uint64_t seed_;
  std::vector<Slot> slots_;  // a power of two, at most half taken
  std::size_t taken_ = 0;
};

}  // namespace relata::storage
