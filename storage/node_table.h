// The nodes of a view: their ids, edges and records. Like Paged, but its first rows may lie in a view's image, in a form of
// their own that needs no owner each; they take the other form page by page when one of them is to be changed.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "graph/view.h"

namespace relata::storage {

// A row that can be changed.
struct NodeRow {
  EntityId id;
  std::shared_ptr<Edge[]> edges;  // `capacity` of them, `size` of which this row knows, by (begin, statement id)
  std::shared_ptr<const char[]> record;  // an encoded EntityRecord
  std::uint32_t size = 0, capacity = 0;
  std::uint32_t record_bytes = 0;
  std::int32_t longest = 0;  // days by which the end of a dated edge is behind its begin, at most
  bool narrowed = false;     // lost a name that NameIndex still has

  std::span<const Edge> run() const { return {edges.get(), size}; }
};

// A row as it lies in an image (FORMAT.md).
struct ImageNode {
  EntityId id;
  std::uint64_t first_edge = 0;  // among all edges of the image
  std::uint64_t record = 0;      // offset among the bytes of all records
  std::uint32_t edges = 0;
  std::uint32_t record_bytes = 0;
  std::int32_t longest = 0;
  std::uint32_t narrowed = 0;  // 0 or 1
};
static_assert(sizeof(ImageNode) == 40);

class NodeTable {
 public:
  struct Image {
    std::shared_ptr<const void> owner;
    std::span<const ImageNode> rows;
    const Edge* edges = nullptr;
    const char* records = nullptr;
  };

  // A row to look at; valid as long as the table.
  struct Row {
    EntityId id;
    const Edge* edges = nullptr;
    const char* record = nullptr;  // null: none yet
    std::uint32_t size = 0, record_bytes = 0;
    std::int32_t longest = 0;
    bool narrowed = false;

    std::span<const Edge> run() const { return {edges, size}; }
    std::string_view record_view() const { return {record, record_bytes}; }
  };

  NodeTable() = default;
  explicit NodeTable(Image image) : image_(std::move(image)), pages_((image_.rows.size() + kMask) >> kBits), size_(image_.rows.size()) {
    // Behind the rows of the image new ones follow: the page they share must be one that can be changed.
    if ((size_ & kMask) != 0) pages_.back() = thaw(pages_.size() - 1);
  }

  std::size_t size() const { return size_; }

  Row operator[](std::size_t node) const {
    if (const Page* page = pages_[node >> kBits].get(); page != nullptr) {
      const NodeRow& row = (*page)[node & kMask];
      return {row.id, row.edges.get(), row.record.get(), row.size, row.record_bytes, row.longest, row.narrowed};
    }
    const ImageNode& row = image_.rows[node];
    return {row.id, image_.edges + row.first_edge, image_.records + row.record, row.edges, row.record_bytes, row.longest, row.narrowed != 0};
  }

  void push_back(NodeRow row) {
    if ((size_ >> kBits) == pages_.size()) pages_.push_back(std::make_shared<Page>());
    (*pages_[size_ >> kBits])[size_ & kMask] = std::move(row);
    ++size_;
  }

  NodeRow& writable(std::size_t node) {
    std::shared_ptr<Page>& page = pages_[node >> kBits];
    if (!page) {
      page = thaw(node >> kBits);
    } else if (page.use_count() > 1) {
      page = std::make_shared<Page>(*page);
    }
    return (*page)[node & kMask];
  }

 private:
  static constexpr std::size_t kBits = 8, kMask = (std::size_t{1} << kBits) - 1;
  using Page = std::array<NodeRow, kMask + 1>;

  // A page of rows of the image that can be changed. Their edges and records cannot: there is no capacity beyond the size.
  std::shared_ptr<Page> thaw(std::size_t page) const {
    auto made = std::make_shared<Page>();
    const std::size_t first = page << kBits;
    for (std::size_t i = first; i < std::min(first + kMask + 1, image_.rows.size()); ++i) {
      const ImageNode& from = image_.rows[i];
      NodeRow& row = (*made)[i & kMask];
      row.id = from.id;
      row.edges = std::shared_ptr<Edge[]>(image_.owner, const_cast<Edge*>(image_.edges + from.first_edge));
      row.record = std::shared_ptr<const char[]>(image_.owner, image_.records + from.record);
      row.size = row.capacity = from.edges;
      row.record_bytes = from.record_bytes;
      row.longest = from.longest;
      row.narrowed = from.narrowed != 0;
    }
    return made;
  }

  Image image_;
  std::vector<std::shared_ptr<Page>> pages_;  // null: as in the image
  std::size_t size_ = 0;
};

}  // namespace relata::storage
