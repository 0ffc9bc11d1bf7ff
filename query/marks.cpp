#include "query/marks.h"

#include <mutex>

namespace relata {
namespace {

struct Spare {
  std::mutex mutex;
  std::vector<std::unique_ptr<Marks>> marks;  // guarded by mutex
};

Spare& spare() {
  static Spare one;
  return one;
}

}  // namespace

BorrowedMarks::BorrowedMarks(std::size_t nodes) {
  {
    Spare& from = spare();
    const std::lock_guard lock(from.mutex);
    if (!from.marks.empty()) {
      marks_ = std::move(from.marks.back());
      from.marks.pop_back();
    }
  }
  if (!marks_) marks_ = std::make_unique<Marks>();
  marks_->begin(nodes);
}

BorrowedMarks::~BorrowedMarks() {
  Spare& back = spare();
  const std::lock_guard lock(back.mutex);
  back.marks.push_back(std::move(marks_));
}

}  // namespace relata
