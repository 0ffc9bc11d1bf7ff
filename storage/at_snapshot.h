// A database that stands still: all reads see the state it had when this was made. Nothing is written through it.
#pragma once

#include "storage/database.h"

namespace relata::storage {

class AtSnapshot final : public Database {
 public:
  explicit AtSnapshot(const Database& database) : AtSnapshot(database, database.snapshot()) {}
  AtSnapshot(const Database& database, Snapshot at) : database_(database), at_(std::move(at)) {}

  const std::string& folder() const override { return database_.folder(); }
  bool fresh() const override { return database_.fresh(); }
  Result<void> finish_creation() override { return refused(); }
  Snapshot snapshot() const override { return at_; }
  Result<std::optional<std::string>> get(Family family, std::string_view key, const Snapshot& = nullptr) const override { return database_.get(family, key, at_); }
  Result<void> visit(Family family, std::string_view prefix, std::string_view from, const Walker& walk, const Snapshot& = nullptr) const override {
    return database_.visit(family, prefix, from, walk, at_);
  }
  Result<void> written_since(Family family, Version version, const Visitor& visitor, const Snapshot& = nullptr) const override {
    return database_.written_since(family, version, visitor, at_);
  }
  Result<WriteSet> writes() const override { return refused(); }
  Result<void> write(WriteSet&) override { return refused(); }
  bool failed() const override { return false; }
  Result<void> recover() override { return {}; }
  Result<void> compact() override { return refused(); }
  Result<void> checkpoint(const std::string& folder) const override { return database_.checkpoint(folder); }
  Result<void> verify_checksums() const override { return database_.verify_checksums(); }

 private:
  Error refused() const { return bad_input(folder() + ": a snapshot is not written to"); }

  const Database& database_;
  const Snapshot at_;
};

}  // namespace relata::storage
