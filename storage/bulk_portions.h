// Portions of a supply, several made at a time by threads that stay, given in their order.
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "storage/bulk_articles.h"
#include "storage/store.h"

namespace relata::storage {

class BulkPortions {
 public:
  // Both outlive it.
  BulkPortions(const Store::Supply& next, const BulkGatherer& gatherer);
  ~BulkPortions();
  BulkPortions(const BulkPortions&) = delete;
  BulkPortions& operator=(const BulkPortions&) = delete;

  // The next one; nothing at the end. An error is the supply's, of finding a portion or of making it.
  Result<std::optional<BulkPortion>> next();

 private:
  using Task = std::packaged_task<Result<BulkPortion>()>;
  void work();
  void start(Store::Portion make);

  const Store::Supply& next_;
  const BulkGatherer& gatherer_;
  bool ended_ = false;
  std::deque<std::future<Result<BulkPortion>>> ahead_;
  std::mutex lock_;
  std::condition_variable came_;
  std::deque<Task> tasks_;  // guarded by lock_, as what follows
  bool over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace relata::storage
