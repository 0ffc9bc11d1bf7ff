// From ids to places in a table that only grows: open addressing with linear probing over slots that hold places.
//
// One index serves every view of a line of descent: a place a view does not have yet is skipped by it. Inserting (one thread)
// and finding (any thread) need no lock. When the index is full a copy twice as large replaces it for newer views, while older
// views keep the one they have.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace relata::storage {

class IdIndex {
 public:
  static constexpr std::uint32_t kNowhere = 0xffffffffu;

  explicit IdIndex(std::size_t expected) : slots_(std::bit_ceil(expected * 2 + 16)) {
    for (auto& slot : slots_) slot.store(kNowhere, std::memory_order_relaxed);
  }

  bool full() const { return used_ * 2 >= slots_.size(); }

  void insert(std::uint64_t id, std::uint32_t place) {
    std::size_t at = first(id);
    while (slots_[at].load(std::memory_order_relaxed) != kNowhere) at = next(at);
    slots_[at].store(place, std::memory_order_release);
    ++used_;
  }

  // The newest place below `size` whose id is `id`, or kNowhere. id_at(place) tells a place's id.
  template <typename IdAt>
  std::uint32_t find(std::uint64_t id, std::size_t size, const IdAt& id_at) const {
    std::uint32_t found = kNowhere;
    for (std::size_t at = first(id);; at = next(at)) {
      const std::uint32_t place = slots_[at].load(std::memory_order_acquire);
      if (place == kNowhere) return found;
      if (place < size && id_at(place) == id && (found == kNowhere || place > found)) found = place;
    }
  }

 private:
  std::size_t first(std::uint64_t id) const { return static_cast<std::size_t>(id * 0x9e3779b97f4a7c15u >> 20) & (slots_.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  std::vector<std::atomic<std::uint32_t>> slots_;
  std::size_t used_ = 0;  // of the inserting thread
};

}  // namespace relata::storage
