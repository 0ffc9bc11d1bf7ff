// A transaction that sees one state of the database, whatever is written meanwhile.
#pragma once

#include <memory>
#include <mutex>

#include "storage/postgres/pool.h"

namespace relata::storage {

// May be used from any thread; its statements are one after the other.
class Standing {
 public:
  // Begins with the first statement, in one round trip with it: that is the state it sees.
  explicit Standing(std::shared_ptr<const Pool> pool) : pool_(std::move(pool)) {}
  // Has begun; null: there is no server.
  Standing(std::shared_ptr<const Pool> pool, std::unique_ptr<Connection> begun) : pool_(std::move(pool)), connection_(std::move(begun)), begun_(true) {}
  ~Standing() { pool_->end_lease(std::move(connection_)); }
  Standing(const Standing&) = delete;
  Standing& operator=(const Standing&) = delete;

  // io: the server is lost.
  Result<Rows> run(const std::string& sql, const Parameters& parameters);
  // Names the state: equal when nothing was written in between. Empty: nothing is known of it, as while a batch is on its way to several servers.
  Result<std::string> token();

 private:
  Result<std::optional<Rows>> begin(const Connection::Statement* first);

  const std::shared_ptr<const Pool> pool_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::unique_ptr<Connection> connection_;
  bool begun_ = false;
  std::optional<std::string> token_;
};

}  // namespace relata::storage
