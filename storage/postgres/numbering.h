// Numbers for ids of 64 bits, or for pairs of such an id and 32 bits: a question that fetches meets hundreds of thousands of them. Open
// addressing with linear probing (Knuth, The Art of Computer Programming 3, 6.4), never more than half full. Not thread-safe.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace relata::storage {

class Numbering {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  // kNone: it has no number.
  std::uint32_t find(std::uint64_t id, std::uint32_t of = 0) const { return slots_[place(id, of)].number; }
  // Where its number is kept until the next call; kNone: it is new, and the caller gives it one.
  std::uint32_t& at(std::uint64_t id, std::uint32_t of = 0) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(id, of)];
    if (slot.number == kNone) {
      slot.id = id;
      slot.of = of;
      ++used_;
    }
    return slot.number;
  }
  // It will be asked for soon: what is big does not lie in the processor's caches.
  void expect(std::uint64_t id, std::uint32_t of = 0) const { __builtin_prefetch(&slots_[first_place(id, of)]); }

 private:
  struct Slot {
    std::uint64_t id = 0;
    std::uint32_t of = 0;
    std::uint32_t number = kNone;
  };
  // Ids are hashes of what strangers write: whoever knows them does not know this.
  static std::uint64_t secret() {
    static const std::uint64_t drawn = [] {
      std::random_device device;
      return (std::uint64_t{device()} << 32 | device()) | 1u;
    }();
    return drawn;
  }
  std::size_t first_place(std::uint64_t id, std::uint32_t of) const { return static_cast<std::size_t>(((id + of) * secret_) >> shift_); }
  std::size_t place(std::uint64_t id, std::uint32_t of) const {
    std::size_t at = first_place(id, of);
    while (slots_[at].number != kNone && (slots_[at].id != id || slots_[at].of != of)) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    std::vector<Slot> before(slots_.size() * 4);
    before.swap(slots_);
    shift_ -= 2;
    for (const Slot& slot : before)
      if (slot.number != kNone) slots_[place(slot.id, slot.of)] = slot;
  }

  const std::uint64_t secret_ = secret();
  std::vector<Slot> slots_ = std::vector<Slot>(64);
  int shift_ = 58;  // 64 less the binary logarithm of the slots
  std::size_t used_ = 0;
};

}  // namespace relata::storage
