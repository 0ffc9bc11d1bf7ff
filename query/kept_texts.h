// Texts by key, added and found but never taken away; whoever keeps them for long starts anew when it is full. Finding takes no lock and
// touches one place of a table and the text. Any number of threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace relata {

// What a text is of: 128 bits of a good hash, so that two of some 10^5 agree by chance with odds of 10^-28.
struct JsonKey {
  std::uint64_t high = 0, low = 0;
  bool operator==(const JsonKey&) const = default;
};

class KeptTexts {
 public:
  // So many bytes with the table, of which a part is taken at once.
  explicit KeptTexts(std::size_t most_bytes);

  // data() is null when it is not there. Valid as long as this, as is what add() gives.
  std::string_view find(const JsonKey& key) const;
  // It will be asked for in a moment.
  void expect(const JsonKey& key) const { __builtin_prefetch(&slots_[key.low & mask_]); }

  // Whether a text of this length may be kept at all.
  bool fits(std::size_t size) const { return size > 0 && size <= piece_ / 8; }
  // The text as it is kept now; data() is null when it is full. Precondition: fits().
  std::string_view add(const JsonKey& key, std::string_view text);
  // Another key for a text that is kept here.
  void add_key(const JsonKey& key, std::string_view kept);
  bool holds(std::string_view text) const;

 private:
  struct Slot {
    std::atomic<const char*> text{nullptr};  // set last
    std::uint32_t size = 0;
    JsonKey key;
  };
  bool full() const { return used_ >= slots_.size() / 4 * 3; }
  void place(const JsonKey& key, std::string_view text);

  std::vector<Slot> slots_;
  const std::uint64_t mask_;
  const std::size_t piece_, most_pieces_;  // bytes of a piece
  mutable std::mutex mutex_;               // for all below
  std::size_t used_ = 0;                   // slots
  std::vector<std::unique_ptr<char[]>> pieces_;
  std::size_t left_ = 0;  // of the last piece
};

}  // namespace relata
