// What a search knows of each node, in memory that is not cleared between searches: a cell counts only in the epoch that wrote it.
// Private to the searches of this folder.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "graph/view.h"

namespace relata {

class Marks {
 public:
  static constexpr std::uint32_t kValueBits = 6;

  // Forgets all marks.
  void begin(std::size_t nodes) {
    if (cells_.size() < nodes) cells_.resize(nodes, 0);
    if (++epoch_ == 1u << (32 - kValueBits)) {
      std::fill(cells_.begin(), cells_.end(), 0);
      epoch_ = 1;
    }
  }
  bool has(Node node) const { return cells_[node] >> kValueBits == epoch_; }
  std::uint32_t value(Node node) const { return cells_[node] & ((1u << kValueBits) - 1); }  // precondition: has()
  // The value, -1 when there is none.
  int of(Node node) const { return has(node) ? static_cast<int>(value(node)) : -1; }
  void set(Node node, std::uint32_t value) { cells_[node] = epoch_ << kValueBits | value; }

 private:
  std::vector<std::uint32_t> cells_;
  std::uint32_t epoch_ = 0;
};

// Marks of its own for as long as it lives. They are handed on, last come first, to whichever thread searches next, so that there are as many
// as searches run at once, not as threads, and those in use are those in the processor's cache. Four bytes a node of the largest view each.
class BorrowedMarks {
 public:
  explicit BorrowedMarks(std::size_t nodes);
  ~BorrowedMarks();
  BorrowedMarks(const BorrowedMarks&) = delete;
  BorrowedMarks& operator=(const BorrowedMarks&) = delete;

  Marks& operator*() { return *marks_; }

 private:
  std::unique_ptr<Marks> marks_;
};

}  // namespace relata
