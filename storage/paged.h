// A growing array that copies cheaply: copies share pages of 2^Bits items, and only pages that are written are copied.
//
// Made for one line of descent: a table is copied, the copy is changed and published, and only the newest copy is changed
// again. Then appending needs no copy at all: a new item goes behind the end that older copies know of. Older copies may be
// read by any thread meanwhile.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace relata::storage {

template <typename T, std::size_t Bits>
class Paged {
 public:
  Paged() = default;

  // The items of a block that `owner` keeps alive and nobody writes, without copying but for the last page if it is not full.
  Paged(const std::shared_ptr<const void>& owner, std::span<const T> items) : owner_(owner) {
    const std::size_t whole = items.size() >> Bits;
    for (std::size_t i = 0; i < whole; ++i)
      pages_.emplace_back(owner, reinterpret_cast<Page*>(const_cast<T*>(items.data() + (i << Bits))));  // writable() copies it first
    size_ = whole << Bits;
    for (const T& item : items.subspan(size_)) push_back(item);
  }

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
    if (page.use_count() > 1) page = std::make_shared<Page>(*page);  // a page of a block is never the block's only user: owner_ is another
    return (*page)[i & kMask];
  }

  // Visits all items in order, as spans.
  template <typename Visit>
  void each_page(const Visit& visit) const {
    for (std::size_t i = 0; i < pages_.size() && (i << Bits) < size_; ++i)
      visit(std::span<const T>(pages_[i]->data(), std::min(size_ - (i << Bits), kMask + 1)));
  }

 private:
  static constexpr std::size_t kMask = (std::size_t{1} << Bits) - 1;
  using Page = std::array<T, kMask + 1>;

  std::shared_ptr<const void> owner_;
  std::vector<std::shared_ptr<Page>> pages_;
  std::size_t size_ = 0;
};

}  // namespace relata::storage
