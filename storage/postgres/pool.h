// A few connections for reading, shared by all threads.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/postgres/connection.h"

namespace relata::storage {

// May be used from any thread. Nobody may ask for a second connection while he holds one.
class Pool {
 public:
  explicit Pool(PostgresAddress address) : address_(std::move(address)) {}

  // A connection for longer, which does not count among the few.
  Result<std::unique_ptr<Connection>> lease() const;
  // Commits what it did, without waiting for that.
  void end_lease(std::unique_ptr<Connection> connection) const;

  // Runs a statement that only reads; when the server is lost, waits for it and runs it again. io: it does not come back.
  Result<Rows> read(const std::string& sql, const Parameters& parameters) const;

 private:
  static constexpr std::size_t kMost = 8, kIdle = 16;
  Result<std::unique_ptr<Connection>> borrow() const;
  void give_back(std::unique_ptr<Connection> connection) const;

  const PostgresAddress address_;
  mutable std::mutex mutex_;
  mutable std::condition_variable returned_;
  mutable std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
  mutable std::size_t lent_ = 0;                           // guarded by mutex_
};

// How long a lost server is waited for before an error is reported. Environment RELATA_DB_PATIENCE, seconds; 30.
std::chrono::milliseconds patience();

}  // namespace relata::storage
