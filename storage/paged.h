// A growing array that copies cheaply: copies share pages of 2^Bits items, and only pages that are written are copied.
//
// Made for one line of descent: a table is copied, the copy is changed and published, and only the newest copy is changed
// again. Then appending needs no copy at all: a new item goes behind the end that older copies know of. Older copies may be
// read by any thread meanwhile.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace relata::storage {

template <typename T, std::size_t Bits>
class Paged {
 public:
  std::size_t size() const { return size_; }
  const T& operator[](std::size_t i) const { return (*pages_[i >> Bits])[i & kMask]; }

  void push_back(T item) {
    if ((size_ >> Bits) == pages_.size()) pages_.push_back(std::make_shared<Page>());
    (*pages_[size_ >> Bits])[size_ & kMask] = std::move(item);
    ++size_;
  }

  // For changing an item that older copies may see too.
  T& writable(std::size_t i) {
    std::shared_ptr<Page>& page = pages_[i >> Bits];
    if (page.use_count() > 1) page = std::make_shared<Page>(*page);
    return (*page)[i & kMask];
  }

 private:
  static constexpr std::size_t kMask = (std::size_t{1} << Bits) - 1;
  using Page = std::array<T, kMask + 1>;

  std::vector<std::shared_ptr<Page>> pages_;
  std::size_t size_ = 0;
};

}  // namespace relata::storage
