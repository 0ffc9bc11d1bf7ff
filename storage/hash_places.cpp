#include "storage/hash_places.h"

#include <xxhash.h>

#include <random>

namespace relata::storage {

HashPlaces::HashPlaces() : seed_(std::uint64_t{std::random_device()()} << 32 | std::random_device()()), slots_(1u << 12) {}

HashPlaces::Slot& HashPlaces::slot_of(std::uint64_t low, std::uint64_t high) {
  std::size_t at = low & (slots_.size() - 1);
  while (slots_[at].taken && (slots_[at].low != low || slots_[at].high != high)) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void HashPlaces::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.taken) slot_of(slot.low, slot.high) = slot;
}

std::uint32_t HashPlaces::place(std::string_view text, std::uint32_t next) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), text.size(), seed_);
  Slot& slot = slot_of(hash.low64, hash.high64);
  if (slot.taken) return slot.place;
  slot = {hash.low64, hash.high64, next, true};
  if (++taken_ * 2 > slots_.size()) grow();
  return next;
}

}  // namespace relata::storage
