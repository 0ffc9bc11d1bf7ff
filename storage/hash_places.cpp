#include "storage/hash_places.h"

#include <xxhash.h>

#include <random>

namespace relata::storage {

HashPlaces::HashPlaces() : seed_(std::uint64_t{std::random_device()()} << 32 | std::random_device()()), slots_(1u << 12) {}

HashPlaces::Slot& HashPlaces::slot_of(const Hash& hash) {
  std::size_t at = hash.low & (slots_.size() - 1);
  while (slots_[at].taken && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void HashPlaces::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.taken) slot_of(slot.hash) = slot;
}

HashPlaces::Hash HashPlaces::hash(std::string_view text) const {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), text.size(), seed_);
  return {hash.low64, hash.high64};
}

std::uint32_t HashPlaces::place(const Hash& hash, std::uint32_t next) {
  Slot& slot = slot_of(hash);
  if (slot.taken) return slot.place;
  slot = {hash, next, true};
  if (++taken_ * 2 > slots_.size()) grow();
  return next;
}

}  // namespace relata::storage
