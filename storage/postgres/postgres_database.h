// Database over PostgreSQL or what speaks its protocol. Several processes may have one open for writing.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>

#include "storage/database.h"
#include "storage/postgres/pool.h"
#include "storage/postgres/schema.h"

namespace relata::storage {

class PostgresDatabase final : public Database {
 public:
  // Makes the tables, plain ones, when there are none and `create`. Errors as of open_postgres.
  static Result<std::shared_ptr<PostgresDatabase>> open_address(const std::string& url, bool create, bool read_only);

  const std::string& folder() const override { return address_.shown; }
  bool fresh() const override { return fresh_; }
  Result<void> finish_creation() override;
  Snapshot snapshot() const override;
  Result<std::optional<std::string>> get(Family family, std::string_view key, const Snapshot& at = nullptr) const override;
  Result<void> visit(Family family, std::string_view prefix, std::string_view from, const Walker& walk, const Snapshot& at = nullptr) const override;
  Result<void> take_turn() override;
  void end_turn() override;
  bool shared() const override { return true; }
  Result<void> written_since(Family family, Version version, const Visitor& visit, const Snapshot& at = nullptr) const override;
  Result<WriteSet> writes() const override { return WriteSet(); }
  Result<void> write(WriteSet& writes) override;
  bool takes_over() const override { return spread_ != Spread::fdw; }
  Result<void> take_over(const Database& from, Version version) override;
  bool failed() const override { return false; }  // a write that failed left nothing, or the next turn finds all of it
  Result<void> recover() override { return {}; }
  Result<void> compact() override { return {}; }  // the server's autovacuum does
  Result<void> checkpoint(const std::string& folder) const override;
  Result<void> verify_checksums() const override { return {}; }  // the server's own (initdb --data-checksums)

  Spread spread() const { return spread_; }
  const PostgresAddress& address() const { return address_; }
  // The state at the first read of it, where that can be had without waiting for writers.
  Snapshot snapshot_at_first_read() const;
  // Of a snapshot: Standing::token().
  Result<std::string> token(const Snapshot& at) const;
  Result<Rows> read(const std::string& sql, const Parameters& parameters, const Snapshot& at) const;
  // Sees to it that tables `edges` and `names` are whole: a copy leaves the first for later, and so does a migration.
  Result<void> fill();
  // Whether they are.
  Result<bool> filled(const Snapshot& at) const;

 private:
  PostgresDatabase(PostgresAddress address, Spread spread, bool fresh)
      : address_(std::move(address)), spread_(spread), fresh_(fresh), pool_(std::make_shared<const Pool>(address_)) {}
  std::unique_ptr<Connection> stand_still() const;
  Result<void> replay();
  void vacuum_names();
  Result<void> put(const WriteSet& writes, const std::string& token);
  Result<void> put_with_journal(const WriteSet& writes, const std::string& token);
  Result<void> mark(const std::string& token);
  Result<void> write_all(const WriteSet& writes);

  const PostgresAddress address_;
  const Spread spread_;
  bool fresh_;
  const std::shared_ptr<const Pool> pool_;
  // Of the one thread that writes.
  std::unique_ptr<Connection> writer_;
  bool filled_ = false;     // once so, always so
  bool turn_ = false;       // it has a transaction open that holds the turn
  std::atomic<std::thread::id> turn_of_;  // who had the last one
  std::string turn_token_;  // of the last write, by whomever, when the turn began
};

}  // namespace relata::storage
