// Values that were made before and may be asked for again, up to a number of bytes. What was not asked for since it came to the end of
// the row goes first: a queue with a second chance, as good as the order of use (Corbató 1969) and without a list that every reader must
// rewrite. For any number of threads, of which few wait for each other: keys are parted over several locks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
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
    const auto found = part.kept.find(key);
    if (found == part.kept.end()) return nullptr;
    found->second.asked = true;
    return found->second.value;
  }

  // `bytes`: of the value alone. What is larger than a sixteenth of a part's room is not kept.
  void keep(const Key& key, std::shared_ptr<const Value> value, std::size_t bytes) {
    const std::size_t cost = bytes + kAround;
    if (cost > most_bytes_ / 16) return;
    Part& part = part_of(key);
    const std::lock_guard lock(part.mutex);
    if (!part.kept.try_emplace(key, Kept{std::move(value), cost, false}).second) return;
    part.row.push_back(key);
    for (part.bytes += cost; part.bytes > most_bytes_; part.row.pop_front()) {
      const auto first = part.kept.find(part.row.front());
      if (first->second.asked) {
        first->second.asked = false;
        part.row.push_back(first->first);
      } else {
        part.bytes -= first->second.cost;
        part.kept.erase(first);
      }
    }
  }

 private:
  static constexpr std::size_t kParts = 16;
  static constexpr std::size_t kAround = 200 + 2 * sizeof(Key);  // nodes of the table and the row, and the value's own head
  struct Kept {
    std::shared_ptr<const Value> value;
    std::size_t cost;
    bool asked;  // since it was put, or put back, at the end of the row
  };
  struct alignas(64) Part {
    std::mutex mutex;
    std::unordered_map<Key, Kept, Hash> kept;
    std::deque<Key> row;  // of all that are kept; the next to go first
    std::size_t bytes = 0;
  };
  Part& part_of(const Key& key) const { return parts_[Hash()(key) / 64 % kParts]; }

  const std::size_t most_bytes_;  // of each part
  mutable std::array<Part, kParts> parts_;
};

}  // namespace relata
