#include "storage/kept_store.h"

#include <mutex>

#include "storage/acknowledged.h"
#include "storage/at_snapshot.h"
#include "storage/batch_steps.h"
#include "storage/bulk_load.h"
#include "storage/catch_up.h"
#include "storage/check.h"
#include "storage/copies.h"
#include "storage/extraction_bytes.h"
#include "storage/forget.h"
#include "storage/image_keeper.h"
#include "storage/kept.h"
#include "storage/log_reader.h"
#include "storage/migrate.h"
#include "storage/past_rows.h"
#include "storage/repeater.h"
#include "storage/snapshot_rows.h"
#include "storage/snapshots.h"
#include "storage/stored_view.h"
#include "storage/temporary_folder.h"
#include "storage/tie_rows.h"

namespace relata {
namespace {

using namespace storage;

class KeptStore final : public Store {
 public:
  KeptStore(std::shared_ptr<Database> database, Kept kept, const OpenOptions& options)
      : database_(std::move(database)),
        source_(std::make_shared<const ExtractionSource>(database_)),
        read_only_(options.read_only),
        share_(options.share),
        names_(options.names),
        known_(options.known ? options.known : kept.settled.known),
        named_(kept.settled.names),
        view_(std::make_shared<const StoredView>(std::move(kept.view.tables), source_)),
        image_(database_, writing_, read_only_ || database_->shared() ? 0 : options.image_worth, options.tell) {
    if (!database_->shared()) acknowledged_.emplace(database_->folder());
    if (kept.view.image) image_.begin(kept.view.image->version, kept.view.imaged_statements);
    if (database_->shared() && options.follow.count() > 0)
      follower_.emplace(options.follow, [this] { look_for_newer(); });
  }
  ~KeptStore() override {
    follower_.reset();
    image_.close(newest());
  }
  KeptStore(const KeptStore&) = delete;
  KeptStore& operator=(const KeptStore&) = delete;

  Result<Receipt> apply(const Batch& batch) override {
    if (read_only_) return read_only();
    if (!batch.decide.empty() && !names_) return bad_input("decide: this store was opened without names and keeps no identity decisions");
    for (const Extraction& extraction : batch.add)
      if (auto valid = validate(extraction); !valid) return valid.error();
    const Turn turn(*this);
    for (int attempt = 0;; ++attempt) {
      bool overtaken = false;
      auto receipt = apply_once(batch, overtaken);
      if (receipt || !overtaken || attempt == kAttempts) return receipt;
    }
  }

  Result<Receipt> load(const Supply& next) override {
    if (read_only_ || newest()->version() > 0) return Store::load(next);
    if (database_->shared()) return database_->takes_over() ? load_beside(next) : Store::load(next);
    const Turn turn(*this);
    if (auto writable = recover(); !writable) return writable.error();
    auto loaded = bulk_load(*database_, next, names_, known_);
    if (!loaded) return loaded.error();
    if (loaded->receipt.version == 0) return std::move(loaded->receipt);
    if (acknowledged_) acknowledged_->write(loaded->receipt.version);
    remove_view_images_but(database_->folder(), loaded->image.version);
    if (auto seen = see_anew(); !seen) return seen.error();
    return std::move(loaded->receipt);
  }

  std::shared_ptr<const GraphView> view() const override { return newest(); }

  std::vector<Decision> decisions() const override { return newest()->decisions(); }

  std::vector<Link> reasons(EntityId id) const override {
    const std::lock_guard lock(writing_);
    const auto book = need_book();
    return book && *book != nullptr ? (*book)->book.reasons(id) : std::vector<Link>{};
  }

  Result<Snapshot> take_snapshot(const SnapshotOrder& order) override {
    if (read_only_) return read_only();
    const Turn turn(*this);
    if (auto writable = recover(); !writable) return writable.error();
    auto snapshot = make_snapshot(order, *newest());
    if (!snapshot) return snapshot;
    if (auto written = put_snapshot(*database_, *snapshot); !written) return written.error();
    return snapshot;
  }

  Result<std::vector<Snapshot>> snapshots() const override { return load_snapshots(*database_); }

  Result<void> remove_snapshot(const std::string& name) override {
    if (read_only_) return read_only();
    const Turn turn(*this);
    if (auto writable = recover(); !writable) return writable.error();
    return drop_snapshot(*database_, name);
  }

  Result<std::vector<VersionChanges>> changes(Version after, Version until, std::size_t most) const override {
    const auto view = newest();
    const auto oldest = load_oldest(*database_);
    if (!oldest) return oldest.error();
    if (after < *oldest) return bad_input("version=" + std::to_string(after) + ": the oldest that is kept is " + std::to_string(*oldest));
    return read_changes(*database_, view->decisions(), after, std::min(until, view->version()), most);
  }

  Result<ForgetReport> forget(Version oldest) override {
    if (read_only_) return read_only();
    const Turn turn(*this);
    if (auto writable = recover(); !writable) return writable.error();
    if (oldest > newest()->version()) return bad_input("version=" + std::to_string(oldest) + ": the newest is " + std::to_string(newest()->version()));
    if (oldest <= newest()->oldest()) return ForgetReport{};
    const auto named = snapshots();
    if (!named) return named.error();
    for (const Snapshot& snapshot : *named)
      if (snapshot.version < oldest) return conflict("snapshot '" + snapshot.name + "' is of version " + std::to_string(snapshot.version) + ": remove it first, or forget less");
    image_.distrust();  // also when what follows fails: it may be on disk all the same
    auto report = forget_before(*database_, oldest);
    if (!report) return report;
    stale_ = true;
    auto kept = load_kept(*database_);
    if (!kept) return kept.error();
    publish(std::make_shared<const StoredView>(std::move(kept->view.tables), source_));
    stale_ = false;
    return report;
  }

  Result<void> backup(const std::string& folder) const override { return copy_store(*database_, folder); }

  std::vector<std::pair<std::string, double>> figures() const override { return database_->figures(); }

  Result<CheckReport> check() const override {
    if (database_->shared()) {  // while others write
      const AtSnapshot standing(*database_);
      auto kept = load_kept(standing);
      if (!kept) return kept.error();
      const auto view = std::make_shared<const StoredView>(std::move(kept->view.tables), source_);
      return check_database(standing, *source_, *view, names_);
    }
    const std::lock_guard lock(writing_);
    return check_database(*database_, *source_, *newest(), names_);
  }

 private:
  static constexpr int kAttempts = 5;  // when other processes write between a lost connection and the next

  // The right to write, of this thread and of this process.
  class Turn {
   public:
    explicit Turn(KeptStore& store) : lock_(store.writing_), database_(*store.database_) {}
    Turn(const Turn&) = delete;
    ~Turn() { database_.end_turn(); }

   private:
    const std::lock_guard<std::mutex> lock_;
    Database& database_;
  };

  // `overtaken`: nothing was written because another process was first, and it may be tried again.
  Result<Receipt> apply_once(const Batch& batch, bool& overtaken) {
    if (auto writable = recover(); !writable) return writable.error();
    if (named_ && !names_)
      return bad_input(database_->folder() + " was written with names: give what is known about names (OpenOptions::names) to write to it");
    if (auto sensible = check_decisions(batch.decide); !sensible) return sensible.error();
    const std::shared_ptr<const StoredView> before = newest();
    auto writes = database_->writes();
    if (!writes) return writes.error();
    BatchWriter writer(*database_, *source_, before->tables(), *writes);
    auto receipt = gather(batch, {*database_, *source_, before->tables()}, writer);
    if (!receipt) return receipt.error();
    const bool anew = names_ && !same(known_.get(), before->tables().known.get());
    if (receipt->added.empty() && receipt->retracted.empty() && receipt->decided.empty() && !anew) return ready(*std::move(receipt));
    // From here on the books are ahead of the disk. They are put back when the disk has followed, else made again.
    std::unique_ptr<KeptBook> book = std::move(books_.identity);
    auto copies = take_copies();
    if (!copies) return copies.error();
    Settlement settlement = settle(book.get(), writer, receipt->decided);
    fold_copies(**copies, writer, settlement);
    auto tables = writer.finish(settlement);
    if (!tables) return tables.error();
    if (names_)
      for (const auto& [key, value] : settled_rows(known_.get(), anew)) writes->put(Family::meta, key, value);
    if (names_) tables->known = known_;
    if (auto written = database_->write(*writes); !written) {
      overtaken = written.error().fault == Fault::conflict;
      return written.error();
    }
    if (book) book->strays.clear(), book->stray_ids.clear();
    books_.identity = std::move(book);
    (*copies)->strays.clear();
    books_.copies = std::move(*copies);
    named_ = names_ != nullptr;
    receipt->version = writer.version();
    if (acknowledged_) acknowledged_->write(receipt->version);
    publish(std::make_shared<const StoredView>(std::move(*tables), source_));
    image_.grown(newest());
    return receipt;
  }

  // Nothing is to be written; what the next batch needs is in memory.
  Result<Receipt> ready(Receipt receipt) {
    auto copies = take_copies();
    if (!copies) return copies.error();
    books_.copies = std::move(*copies);
    return receipt;
  }

  // Made in a folder for the while, sorted by RocksDB, and then taken over; only this last step keeps other writers waiting.
  Result<Receipt> load_beside(const Supply& next) {
    const TemporaryFolder folder;
    auto beside = Database::open(folder.path(), {});
    if (!beside) return beside.error();
    if (auto created = create(**beside); !created) return created.error();
    auto loaded = bulk_load(**beside, next, names_, known_);
    if (!loaded) return loaded.error();
    if (loaded->receipt.version == 0) return std::move(loaded->receipt);
    {
      const Turn turn(*this);
      if (auto taken = database_->take_over(**beside, loaded->receipt.version)) {
        if (auto seen = see_anew(); !seen) return seen.error();
        return std::move(loaded->receipt);
      } else if (taken.error().fault != Fault::conflict) {
        return taken.error();
      }
    }
    return apply_all_of(**beside);  // another process was first
  }

  Result<void> see_anew() {
    auto kept = load_kept(*database_);
    if (!kept) return kept.error();
    named_ = kept->settled.names;
    books_ = {};  // these were of the empty graph
    if (kept->view.image) image_.begin(kept->view.image->version, kept->view.imaged_statements);
    publish(std::make_shared<const StoredView>(std::move(kept->view.tables), source_));
    return {};
  }

  Result<Receipt> apply_all_of(const Database& beside) {
    Batch batch;
    const auto scanned = beside.scan(Family::bodies, "", [&](std::string_view key, std::string_view body) -> Result<void> {
      auto extraction = decode_extraction(body);
      if (!extraction) return corrupt(name_of(Family::bodies, key) + ": " + extraction.error().message);
      batch.add.push_back(std::move(*extraction));
      return {};
    });
    if (!scanned) return scanned.error();
    return apply(batch);
  }

  // Made when it is first needed; null without names.
  Result<KeptBook*> need_book() const {
    if (!names_ || books_.identity) return books_.identity.get();
    auto book = load_book(*database_, newest()->tables(), names_, known_);
    if (!book) return book.error();
    books_.identity = std::move(*book);
    return books_.identity.get();
  }

  // What the first batch waits for.
  Result<void> need_books() {
    if (names_ && !ties_complete_)
      if (auto completed = complete_ties(*database_); !completed) return completed;
    ties_complete_ = names_ != nullptr;
    return load_missing(books_, *database_, *source_, newest()->tables(), names_, known_);
  }

  Result<void> check_decisions(const std::vector<Decision>& decide) {
    if (auto needed = need_books(); !needed) return needed;
    return books_.identity ? books_.identity->book.check(decide) : Result<void>();
  }

  Error read_only() const { return io_error(database_->folder() + " was opened read-only: open it for writing to change it"); }

  // Made when it is first needed. The caller gives it back when what it does with it is on disk.
  Result<std::unique_ptr<KeptCopies>> take_copies() {
    if (books_.copies) return std::move(books_.copies);
    return load_copies(*database_, *source_, newest()->tables());
  }

  // Takes the turn to write. What is on disk is the truth, be a write that failed in it or not, and what other processes wrote.
  Result<void> recover() {
    if (database_->failed()) {
      stale_ = true;
      if (auto recovered = database_->recover(); !recovered) return recovered;
    }
    if (auto turn = database_->take_turn(); !turn) return turn;
    const auto version = load_version(*database_);
    if (!version) return version.error();
    if (!stale_ && *version == newest()->version()) return {};
    if (auto followed = follow(*database_); !followed) return followed;
    stale_ = false;
    return {};
  }

  // Brings the view to the newest version of `standing`, to which nothing is written meanwhile.
  Result<void> follow(const Database& standing) {
    std::unique_ptr<KeptBook> book = std::move(books_.identity);
    books_.copies.reset();
    if (book && !book->strays.empty()) book.reset();
    const auto settled = load_settled_with(standing);
    if (!settled) return settled.error();
    if (database_->shared() && share_.everything()) {
      if (auto tables = catch_up(standing, *source_, newest()->tables(), book ? &book->book : nullptr)) {
        named_ = settled->names;
        tables->known = settled->known;
        books_.identity = std::move(book);
        publish(std::make_shared<const StoredView>(std::move(*tables), source_));
        return {};
      }
    }
    auto kept = load_kept(standing, share_);
    if (!kept) return kept.error();
    named_ = kept->settled.names;
    publish(std::make_shared<const StoredView>(std::move(kept->view.tables), source_));
    return {};
  }

  // An error is met again by whoever asks or writes next.
  void look_for_newer() {
    const auto version = load_version(*database_);
    if (!version || *version <= newest()->version()) return;
    const std::lock_guard lock(writing_);
    const AtSnapshot standing(*database_);
    const auto now = load_version(standing);
    if (now && *now > newest()->version()) (void)follow(standing);
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
  std::optional<Acknowledged> acknowledged_;  // guarded by writing_; none when the database is shared
  const std::shared_ptr<const ExtractionSource> source_;
  const bool read_only_;
  bool ties_complete_ = false;  // known to be
  const Share share_;
  const std::shared_ptr<const NameForms> names_;
  const std::shared_ptr<const KnownNames> known_;  // null: none
  mutable std::mutex writing_;
  bool named_;                               // guarded by writing_
  bool stale_ = false;                       // guarded by writing_; the view may not be what is on disk: forgetting changes it and not its version
  mutable Books books_;                      // guarded by writing_; null until needed, and after a failed write
  mutable std::mutex publishing_;            // held only while the pointer is copied or swapped
  std::shared_ptr<const StoredView> view_;   // guarded by publishing_
  ImageKeeper image_;                        // has its own locks; nearly the last to be made, nearly the first to go
  std::optional<Repeater> follower_;         // of what other processes write
};

}  // namespace

Result<std::unique_ptr<Store>> storage::open_kept(std::shared_ptr<Database> database, const OpenOptions& options, const std::optional<Version>& acknowledged) {
  if (database->fresh()) {
    if (auto turn = database->take_turn(); !turn) return turn.error();
    const auto copying = database->get(Family::meta, kCopyingKey);
    if (!copying) return copying.error();
    if (*copying) return conflict(database->folder() + " is the beginning of a copy: bring it to its end with the same `relata copy`");
    const auto state = database->get(Family::meta, kStateKey);
    if (!state) return state.error();
    const auto created = *state ? database->finish_creation() : create(*database);
    database->end_turn();
    if (!created) return created.error();
  }
  if (database->old()) {
    if (auto migrated = migrate_from_2(*database); !migrated) return migrated.error();
    if (auto finished = database->finish_creation(); !finished) return finished.error();
  }
  if (!options.share.everything() && !options.read_only) return bad_input(database->folder() + ": a share of a graph can be read, not written");
  auto kept = database->shared() ? load_kept(AtSnapshot(*database), options.share) : load_kept(*database, options.share);
  if (!kept) return kept.error();
  if (acknowledged)
    if (auto whole = check_acknowledged(database->folder(), *acknowledged, kept->view.tables.version); !whole) return whole.error();
  if (!kept->view.doubt.empty() && options.tell) options.tell(kept->view.doubt + "; the graph was read from the log instead");
  if (options.read_only && options.known && !same(options.known.get(), kept->settled.known.get()))
    return bad_input(database->folder() + " was settled with other known names: settle it anew with `relata identity names FILE`, or read it without naming a file");
  return std::unique_ptr<Store>(std::make_unique<KeptStore>(std::move(database), std::move(*kept), options));
}

Result<std::unique_ptr<Store>> open_rocks(const std::string& folder, const OpenOptions& options) {
  const auto acknowledged = Acknowledged(folder).read();
  if (!acknowledged) return acknowledged.error();
  auto database = Database::open(folder, options);
  if (!database) return database.error();
  return open_kept(std::move(*database), options, *acknowledged);
}

}  // namespace relata
