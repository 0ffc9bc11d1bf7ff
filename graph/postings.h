// Numbers under hashes: which things stand in which block. Nearly all blocks hold one or two, so the first stands in the table itself.
// Open addressing, sixteen bytes a block; a block that was emptied keeps its slot. Not thread-safe.
#pragma once

#include <cstdint>
#include <vector>

namespace relata {

class Postings {
 public:
  using Block = std::uint64_t;  // a hash
  using Number = std::uint32_t;  // below kNone
  static constexpr Number kNone = 0xffffffffu;

  // Precondition: if the number stands in the block already, it is the last that was added there; then nothing changes.
  void add(Block block, Number number);
  void remove(Block block, Number number);  // does nothing when it does not stand there; costs as much as the block holds
  // visit(number) for each number of the block, in no order, until it returns false; whether it never did.
  template <typename Visit>
  bool each(Block block, const Visit& visit) const {
    const Slot& slot = slots_[place(block)];
    if (slot.first == kNone) return true;
    if (!visit(slot.first)) return false;
    for (std::uint32_t at = slot.more; at != kNone; at = links_[at].next)
      if (!visit(links_[at].number)) return false;
    return true;
  }
  // Fetches what each() of the block will look at, while others are looked at.
  void expect(Block block) const { __builtin_prefetch(&slots_[start(block)]); }

 private:
  static constexpr std::uint32_t kFree = 0xfffffffeu;
  struct Slot {
    Block block = 0;
    Number first = kNone;        // the last one added
    std::uint32_t more = kFree;  // into links_; kFree: no block was ever here
  };
  struct Link {
    Number number;
    std::uint32_t next;
  };
  std::size_t start(Block block) const { return (block ^ (block >> 32)) & (slots_.size() - 1); }
  std::size_t place(Block block) const {
    std::size_t at = start(block);
    while (slots_[at].more != kFree && slots_[at].block != block) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  std::uint32_t link(Number number, std::uint32_t next);
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);  // a power of two, at most half used
  std::vector<Link> links_;
  std::uint32_t unused_ = kNone;  // links that were let go, chained
  std::size_t used_ = 0;
};

}  // namespace relata
