#include <mutex>

#include "storage/batch_writer.h"
#include "storage/check.h"
#include "storage/stored_view.h"
#include "storage/view_loader.h"

namespace relata {
namespace {

using namespace storage;

class RocksStore final : public Store {
 public:
  RocksStore(std::shared_ptr<Database> database, ViewTables tables, bool read_only)
      : database_(std::move(database)),
        source_(std::make_shared<const ExtractionSource>(database_)),
        read_only_(read_only),
        view_(std::make_shared<const StoredView>(std::move(tables), source_)) {}

  Result<Receipt> apply(const Batch& batch) override {
    if (read_only_) return io_error(database_->folder() + " was opened read-only: open it for writing to change it");
    if (!batch.decide.empty()) return bad_input("decide: this store keeps no identity decisions");
    for (const Extraction& extraction : batch.add)
      if (auto valid = validate(extraction); !valid) return valid.error();
    const std::lock_guard lock(writing_);
    if (auto writable = recover(); !writable) return writable.error();
    const std::shared_ptr<const StoredView> before = newest();
    auto writes = database_->writes();
    if (!writes) return writes.error();
    BatchWriter writer(*database_, *source_, before->tables(), *writes);
    Receipt receipt;
    receipt.version = before->version();
    for (const ArticleId id : batch.retract) {
      if (auto retracted = writer.retract(id); !retracted) return retracted.error();
      receipt.retracted.push_back(id);
    }
    for (const Extraction& extraction : batch.add) {
      const auto added = writer.add(extraction);
      if (!added) return added.error();
      (*added ? receipt.added : receipt.already).push_back(extraction.article.id);
    }
    if (receipt.added.empty() && receipt.retracted.empty()) return receipt;
    auto tables = writer.finish();
    if (!tables) return tables.error();
    if (auto written = database_->write(*writes); !written) return written.error();
    receipt.version = writer.version();
    publish(std::make_shared<const StoredView>(std::move(*tables), source_));
    return receipt;
  }

  std::shared_ptr<const GraphView> view() const override { return newest(); }

  Result<CheckReport> check() const override {
    if (read_only_) return check_database(*database_, *newest());
    const std::lock_guard lock(writing_);
    return check_database(*database_, *newest());
  }

 private:
  // After a failed write: what is on disk becomes the truth again, be the failed batch in it or not.
  Result<void> recover() {
    if (!database_->failed()) return {};
    if (auto recovered = database_->recover(); !recovered) return recovered;
    const auto version = load_version(*database_);
    if (!version) return version.error();
    if (*version == newest()->version()) return {};
    auto tables = load_view(*database_);
    if (!tables) return tables.error();
    publish(std::make_shared<const StoredView>(std::move(*tables), source_));
    return {};
  }

  std::shared_ptr<const StoredView> newest() const {
    const std::lock_guard lock(publishing_);
    return view_;
  }
  // The old view may be the last of its kind and is freed outside the lock.
  void publish(std::shared_ptr<const StoredView> next) {
    const std::lock_guard lock(publishing_);
    view_.swap(next);
  }

  const std::shared_ptr<Database> database_;
  const std::shared_ptr<const ExtractionSource> source_;
  const bool read_only_;
  mutable std::mutex writing_;
  mutable std::mutex publishing_;  // held only while the pointer is copied or swapped
  std::shared_ptr<const StoredView> view_;  // guarded by publishing_
};

// The empty graph. Interrupted anywhere, the next opening does it again.
Result<void> create(Database& database) {
  auto first = database.writes();
  if (!first) return first.error();
  first->put(Family::meta, kStateKey, encode(StateRow{}));
  if (auto written = database.write(*first); !written) return written;
  return database.finish_creation();
}

}  // namespace

Result<std::unique_ptr<Store>> open_rocks(const std::string& folder, const OpenOptions& options) {
  auto database = Database::open(folder, options);
  if (!database) return database.error();
  if ((*database)->fresh())
    if (auto created = create(**database); !created) return created.error();
  auto tables = load_view(**database);
  if (!tables) return tables.error();
  return std::unique_ptr<Store>(std::make_unique<RocksStore>(std::move(*database), std::move(*tables), options.read_only));
}

}  // namespace relata
