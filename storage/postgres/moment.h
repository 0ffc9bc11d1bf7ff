// What views of all versions of one state of a database on a server share.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "graph/known_names.h"
#include "graph/known_names.h"
#include "storage/postgres/postgres_database.h"
#include "storage/rows.h"

namespace relata::storage {

// What every question needs to know of a state.
struct Facts {
  std::string token;  // of Standing
  StateRow newest;
  Version oldest = 0;
  std::vector<std::string> types;
  std::shared_ptr<const KnownNames> known;
};

// The facts of the state that was asked last: as long as nothing is written, they are not read again. Thread-safe.
class LastFacts {
 public:
  std::shared_ptr<const Facts> of(const std::string& token) const;
  void keep(std::shared_ptr<const Facts> facts);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Facts> facts_;
};

// Thread-safe. Which state it is, the first read decides.
class Moment {
 public:
  Moment(std::shared_ptr<const PostgresDatabase> database, std::shared_ptr<LastFacts> last)
      : database_(std::move(database)), last_(std::move(last)), at_(database_->snapshot_at_first_read()) {}

  const PostgresDatabase& database() const { return *database_; }
  const Database::Snapshot& at() const { return at_; }
  Result<Rows> read(const std::string& sql, const Parameters& parameters) const;
  // Nothing when they cannot be read: trouble() says why.
  const Facts& facts() const;
  Result<void> trouble() const;

 private:
  Result<std::shared_ptr<const Facts>> load() const;

  const std::shared_ptr<const PostgresDatabase> database_;
  const std::shared_ptr<LastFacts> last_;
  const Database::Snapshot at_;
  mutable std::atomic<bool> known_ = false;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Facts> facts_;  // written once, under mutex_, before known_
  mutable std::optional<Error> error_;          // likewise
};

}  // namespace relata::storage
