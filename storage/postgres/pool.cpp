#include "storage/postgres/pool.h"

#include <algorithm>
#include <cstdlib>

namespace relata::storage {

std::chrono::milliseconds patience() {
  const char* const wanted = std::getenv("RELATA_DB_PATIENCE");
  return std::chrono::seconds(wanted == nullptr ? 30 : std::clamp(std::atoi(wanted), 0, 3600));
}

Result<std::unique_ptr<Connection>> Pool::borrow() const {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return lent_ < kMost; });
    ++lent_;
    while (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      if (connection->usable()) return connection;
    }
  }
  auto opened = Connection::open(address_, patience());
  if (!opened) give_back(nullptr);
  return opened;
}

void Pool::give_back(std::unique_ptr<Connection> connection) const {
  const std::lock_guard lock(mutex_);
  --lent_;
  if (connection && connection->usable() && idle_.size() < kIdle) idle_.push_back(std::move(connection));
  returned_.notify_one();
}

Result<std::unique_ptr<Connection>> Pool::lease() const {
  {
    const std::lock_guard lock(mutex_);
    while (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      if (connection->usable()) return connection;
    }
  }
  return Connection::open(address_, patience());
}

void Pool::end_lease(std::unique_ptr<Connection> connection) const {
  if (!connection) return;
  connection->part_with("COMMIT");
  const std::lock_guard lock(mutex_);
  if (connection->usable() && idle_.size() < kIdle) idle_.push_back(std::move(connection));
}

Result<Rows> Pool::read(const std::string& sql, const Parameters& parameters) const {
  const auto deadline = std::chrono::steady_clock::now() + patience();
  for (;;) {
    auto connection = borrow();
    if (!connection) return connection.error();
    auto rows = (*connection)->run(sql, parameters);
    const Trouble trouble = (*connection)->trouble();
    give_back(std::move(*connection));
    if (rows || (trouble != Trouble::lost && trouble != Trouble::again) || std::chrono::steady_clock::now() > deadline) return rows;
  }
}

}  // namespace relata::storage
