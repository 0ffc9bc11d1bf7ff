// From ids to places in a table that only grows: open addressing with linear probing over slots that hold places.
//
// One index serves every view of a line of descent: a place a view does not have yet is skipped by it. Inserting (one thread)
// and finding (any thread) need no lock. When the index is full a copy twice as large replaces it for newer views, while older
// views keep the one they have. The first places may be in slots of a view's image, which are only read.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace relata::storage {

class IdIndex {
 public:
  static constexpr std::uint32_t kNowhere = 0xffffffffu;

  // Slots for places [0, size), a power of two of them, at most half taken; `owner` keeps them alive.
  struct Fixed {
    std::shared_ptr<const void> owner;
    std::span<const std::uint32_t> slots;
    std::uint32_t size = 0;
  };

  explicit IdIndex(std::size_t expected) : IdIndex(expected, Fixed()) {}
  IdIndex(std::size_t expected, Fixed fixed) : fixed_(std::move(fixed)), slots_(std::bit_ceil(expected * 2 + 16)) {
    for (auto& slot : slots_) slot.store(kNowhere, std::memory_order_relaxed);
  }

  const Fixed& fixed() const { return fixed_; }
  bool full() const { return used_ * 2 >= slots_.size(); }

  // Precondition: the place is not among the fixed ones.
  void insert(std::uint64_t id, std::uint32_t place) {
    std::size_t at = first(id, slots_.size());
    while (slots_[at].load(std::memory_order_relaxed) != kNowhere) at = next(at, slots_.size());
    slots_[at].store(place, std::memory_order_release);
    ++used_;
  }

  // The newest place below `size` whose id is `id`, or kNowhere. id_at(place) tells a place's id.
  template <typename IdAt>
  std::uint32_t find(std::uint64_t id, std::size_t size, const IdAt& id_at) const {
    std::uint32_t found = kNowhere;
    const auto meet = [&](std::uint32_t place) {
      if (place < size && (found == kNowhere || place > found) && id_at(place) == id) found = place;
    };
    for (std::size_t at = first(id, slots_.size());; at = next(at, slots_.size())) {
      const std::uint32_t place = slots_[at].load(std::memory_order_acquire);
      if (place == kNowhere) break;
      meet(place);
    }
    if (found != kNowhere || fixed_.slots.empty()) return found;
    const std::size_t most = fixed_.slots.size();
    for (std::size_t at = first(id, most); fixed_.slots[at] != kNowhere; at = next(at, most)) meet(fixed_.slots[at]);
    return found;
  }

  // Slots that hold `count` places, made for an image.
  template <typename IdAt>
  static std::vector<std::uint32_t> fixed_slots(std::uint32_t count, const IdAt& id_at) {
    std::vector<std::uint32_t> slots(std::bit_ceil(std::size_t{count} * 2 + 1), kNowhere);
    for (std::uint32_t place = 0; place < count; ++place) {
      std::size_t at = first(id_at(place), slots.size());
      while (slots[at] != kNowhere) at = next(at, slots.size());
      slots[at] = place;
    }
    return slots;
  }

 private:
  static std::size_t first(std::uint64_t id, std::size_t slots) { return static_cast<std::size_t>(id * 0x9e3779b97f4a7c15u >> 20) & (slots - 1); }
  static std::size_t next(std::size_t at, std::size_t slots) { return (at + 1) & (slots - 1); }

  Fixed fixed_;
  std::vector<std::atomic<std::uint32_t>> slots_;
  std::size_t used_ = 0;  // of the inserting thread
};

}  // namespace relata::storage
