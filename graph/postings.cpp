#include "graph/postings.h"

namespace relata {

std::uint32_t Postings::link(Number number, std::uint32_t next) {
  if (unused_ == kNone) {
    links_.push_back({number, next});
    return static_cast<std::uint32_t>(links_.size() - 1);
  }
  const std::uint32_t at = unused_;
  unused_ = links_[at].next;
  links_[at] = {number, next};
  return at;
}

void Postings::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.more != kFree) slots_[place(slot.block)] = slot;
}

void Postings::add(Block block, Number number) {
  Slot* slot = &slots_[place(block)];
  if (slot->more == kFree) {
    if (++used_ * 2 > slots_.size()) {
      grow();
      slot = &slots_[place(block)];
    }
    *slot = {block, number, kNone};
    return;
  }
  if (slot->first == number) return;
  if (slot->first != kNone) slot->more = link(slot->first, slot->more);
  slot->first = number;
}

void Postings::remove(Block block, Number number) {
  Slot& slot = slots_[place(block)];
  if (slot.more == kFree || slot.first == kNone) return;
  if (slot.first == number) {
    if (slot.more == kNone) {
      slot.first = kNone;
      return;
    }
    const std::uint32_t gone = slot.more;
    slot.first = links_[gone].number;
    slot.more = links_[gone].next;
    links_[gone].next = unused_;
    unused_ = gone;
    return;
  }
  for (std::uint32_t* at = &slot.more; *at != kNone; at = &links_[*at].next) {
    if (links_[*at].number != number) continue;
    const std::uint32_t gone = *at;
    *at = links_[gone].next;
    links_[gone].next = unused_;
    unused_ = gone;
    return;
  }
}

}  // namespace relata
