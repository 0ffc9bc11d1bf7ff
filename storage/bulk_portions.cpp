#include "storage/bulk_portions.h"

#include <algorithm>

namespace relata::storage {

BulkPortions::BulkPortions(const Store::Supply& next, const BulkGatherer& gatherer) : next_(next), gatherer_(gatherer) {
  for (unsigned i = std::max(1u, std::thread::hardware_concurrency()); i > 0; --i) threads_.emplace_back([this] { work(); });
}

BulkPortions::~BulkPortions() {
  {
    const std::lock_guard guard(lock_);
    over_ = true;
    tasks_.clear();
  }
  came_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void BulkPortions::work() {
  for (;;) {
    std::unique_lock guard(lock_);
    came_.wait(guard, [this] { return over_ || !tasks_.empty(); });
    if (over_) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    guard.unlock();
    task();
  }
}

void BulkPortions::start(Store::Portion make) {
  Task task([this, make = std::move(make)]() -> Result<BulkPortion> {
    const auto extractions = make();
    if (!extractions) return extractions.error();
    return gatherer_.prepare(*extractions);
  });
  ahead_.push_back(task.get_future());
  {
    const std::lock_guard guard(lock_);
    tasks_.push_back(std::move(task));
  }
  came_.notify_one();
}

Result<std::optional<BulkPortion>> BulkPortions::next() {
  const std::size_t most = 6 * threads_.size();
  while (!ended_ && ahead_.size() < most) {
    auto portion = next_();
    if (!portion) return portion.error();
    if (!(ended_ = !*portion)) start(std::move(*portion));
  }
  if (ahead_.empty()) return std::optional<BulkPortion>();
  auto made = ahead_.front().get();
  ahead_.pop_front();
  if (!made) return made.error();
  return std::optional(std::move(*made));
}

}  // namespace relata::storage
