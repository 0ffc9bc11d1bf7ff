// Values that were made before and may be asked for again, up to a number of bytes; the least recently asked for go first. For any
// number of threads, of which few wait for each other: keys are parted over several locks.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace relata {

template <typename Key, typename Value, typename Hash = std::hash<Key>>
class Shelf {
 public:
  explicit Shelf(std::size_t most_bytes) : most_bytes_(most_bytes / kParts) {}

  // Null when it is not there.
  std::shared_ptr<const Value> find(const Key& key) const {
    Part& part = part_of(key);
    const std::lock_guard lock(part.mutex);
    const auto found = part.places.find(key);
    if (found == part.places.end()) return nullptr;
    part.kept.splice(part.kept.begin(), part.kept, found->second);
    return found->second->value;
  }

  // `bytes`: of the value alone. What is larger than a sixteenth of a part's room is not kept.
  void keep(const Key& key, std::shared_ptr<const Value> value, std::size_t bytes) {
    const std::size_t cost = bytes + kAround;
    if (cost > most_bytes_ / 16) return;
    Part& part = part_of(key);
    const std::lock_guard lock(part.mutex);
    if (part.places.contains(key)) return;
    part.kept.push_front({key, std::move(value), cost});
    part.places.emplace(key, part.kept.begin());
    for (part.bytes += cost; part.bytes > most_bytes_; part.kept.pop_back()) {
      part.bytes -= part.kept.back().cost;
      part.places.erase(part.kept.back().key);
    }
  }

 private:
  static constexpr std::size_t kParts = 16;
  static constexpr std::size_t kAround = 200 + 2 * sizeof(Key);  // nodes of the list and of the table, and the value's own head
  struct Kept {
    Key key;
    std::shared_ptr<const Value> value;
    std::size_t cost;
  };
  struct alignas(64) Part {
    std::mutex mutex;
    std::list<Kept> kept;  // the most recently asked for first
    std::unordered_map<Key, typename std::list<Kept>::iterator, Hash> places;
    std::size_t bytes = 0;
  };
  Part& part_of(const Key& key) const { return parts_[Hash()(key) / 64 % kParts]; }

  const std::size_t most_bytes_;  // of each part
  mutable std::array<Part, kParts> parts_;
};

}  // namespace relata
