// The database over RocksDB.
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/utilities/checkpoint.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "storage/folder.h"
#include "storage/rocks_options.h"

namespace relata::storage {
namespace {

// Between a reader's look at the list of files and its opening them, the writer beside it may have replaced some.
constexpr int kReadAttempts = 10;
constexpr std::chrono::milliseconds kReadPause{30};

bool is_locked(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() && (text.find("lock hold by current process") != std::string::npos ||
                                text.find("LOCK: Resource temporarily unavailable") != std::string::npos);
}

// Who holds the lock can only be asked when it is not this process.
Error lock_error(const std::string& folder, const std::string& text) {
  if (text.find("lock hold by current process") != std::string::npos)
    return io_error(folder + " is open already in this process: use that store, or open it read-only");
  return io_error(folder + " is in use by another process" + lock_holder(folder) + ": stop it, ask it, or open the store read-only");
}

bool has_current(const std::string& folder) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::path(folder) / "CURRENT", error);
}

bool is_family(const std::string& name) {
  for (std::size_t i = 0; i < kFamilies; ++i)
    if (name == to_string(static_cast<Family>(i))) return true;
  return false;
}

Result<void> check_families(const rocksdb::DBOptions& options, const std::string& folder, bool create) {
  if (!has_current(folder)) {
    if (create) return {};
    return corrupt(folder + " is damaged: the file CURRENT is missing; restore it from a backup");
  }
  std::vector<std::string> names;
  if (const auto status = rocksdb::DB::ListColumnFamilies(options, folder, &names); !status.ok()) return error_of(status, folder);
  for (const std::string& name : names) {
    if (!is_family(name))
      return corrupt(folder + " has a family of keys unknown to this program (" + name + "): use the program that wrote it");
  }
  return {};
}

struct Rocks {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;

  ~Rocks() {
    for (rocksdb::ColumnFamilyHandle* family : families) db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  rocksdb::ColumnFamilyHandle* of(Family family) const { return families[static_cast<std::size_t>(family)]; }
};

class RocksDatabase final : public Database {
 public:
  RocksDatabase(std::string folder, std::unique_ptr<Rocks> rocks, bool fresh, bool old)
      : folder_(std::move(folder)), fresh_(fresh), old_(old), rocks_(std::move(rocks)) {}

  const std::string& folder() const override { return folder_; }
  std::vector<std::pair<std::string, double>> figures() const override;
  bool fresh() const override { return fresh_; }
  bool old() const override { return old_; }
  Result<void> finish_creation() override;
  Snapshot snapshot() const override;
  Result<std::optional<std::string>> get(Family family, std::string_view key, const Snapshot& at) const override;
  Result<void> get_each(Family family, std::span<const std::string> keys, const Taker& take) const override;
  Result<void> visit(Family family, std::string_view prefix, std::string_view from, const Walker& walk, const Snapshot& at) const override;
  Result<WriteSet> writes() const override;
  Result<void> write(WriteSet& writes) override;
  bool failed() const override;
  Result<SortedFile> sorted_file(Family family, const std::string& path) const override;
  Result<void> ingest(const std::vector<SortedFile>& files) override;
  Result<void> recover() override;
  Result<void> compact() override;
  Result<void> checkpoint(const std::string& folder) const override;
  Result<void> verify_checksums() const override;

  static Result<std::unique_ptr<Rocks>> open_rocks(const std::string& folder, bool create, bool read_only);

 private:
  Result<std::shared_ptr<Rocks>> use() const;

  std::string folder_;
  bool fresh_, old_;
  bool failed_ = false;  // the last write; flushes and compactions fail by themselves
  mutable std::mutex exchanging_;  // held long only while recover() replaces rocks_
  std::shared_ptr<Rocks> rocks_;   // guarded by exchanging_; those at work hold it too
};

}  // namespace

Result<void> RocksDatabase::finish_creation() {
  if (auto finished = finish_folder(folder_); !finished) return finished;
  fresh_ = old_ = false;
  return {};
}

Result<std::shared_ptr<Database>> Database::open(const std::string& folder, const OpenOptions& options) {
  const auto state = prepare_folder(folder, options.create && !options.read_only);
  if (!state) return state.error();
  const bool fresh = *state == FolderState::creating;
  if (fresh && options.read_only) return not_found(folder + ": the store is not made yet; open it for writing once");
  const bool old = *state == FolderState::old;
  if (old && options.read_only)
    return corrupt(folder + " was written by an older Relata: open it for writing once (relata migrate --db " + folder + "), which brings it to this format");
  auto rocks = RocksDatabase::open_rocks(folder, fresh || old, options.read_only);
  if (!rocks) return rocks.error();
  return std::shared_ptr<Database>(std::make_shared<RocksDatabase>(folder, std::move(*rocks), fresh, old));
}

Result<std::unique_ptr<Rocks>> RocksDatabase::open_rocks(const std::string& folder, bool create, bool read_only) {
  const rocksdb::DBOptions options = database_options(create);
  if (auto known = check_families(options, folder, create); !known) return known.error();
  const std::shared_ptr<rocksdb::Cache> cache = block_cache();
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (std::size_t i = 0; i < kFamilies; ++i) families.emplace_back(to_string(static_cast<Family>(i)), family_options(static_cast<Family>(i), cache));
  rocksdb::Status status;
  for (int attempt = 0; attempt < (read_only ? kReadAttempts : 1); ++attempt) {
    auto rocks = std::make_unique<Rocks>();
    rocksdb::DB* db = nullptr;
    status = read_only ? rocksdb::DB::OpenForReadOnly(options, folder, families, &rocks->families, &db) : rocksdb::DB::Open(options, folder, families, &rocks->families, &db);
    rocks->db.reset(db);
    if (status.ok()) return rocks;
    if (status.ToString().find("No such file") == std::string::npos) break;
    std::this_thread::sleep_for(kReadPause);
  }
  return is_locked(status) ? lock_error(folder, status.ToString()) : error_of(status, folder);
}

Result<void> RocksDatabase::recover() {
  const std::lock_guard lock(exchanging_);
  while (rocks_.use_count() > 1) std::this_thread::yield();  // nobody new can begin, and reads are short
  rocks_.reset();  // two instances of one folder cannot be
  auto again = open_rocks(folder_, false, false);
  if (again) {
    rocks_ = std::move(*again);
    failed_ = false;
    return {};
  }
  failed_ = true;
  auto readable = open_rocks(folder_, false, true);
  rocks_ = readable ? std::move(*readable) : std::make_unique<Rocks>();
  return again.error();
}

Result<std::shared_ptr<Rocks>> RocksDatabase::use() const {
  const std::lock_guard lock(exchanging_);
  if (!rocks_->db) return io_error(folder_ + " cannot be read since a write failed: see to the disk and start again");
  return rocks_;
}

Database::Snapshot RocksDatabase::snapshot() const {
  const auto used = use();
  if (!used) return nullptr;
  return {(*used)->db->GetSnapshot(),
          [rocks = *used](const void* snapshot) { rocks->db->ReleaseSnapshot(static_cast<const rocksdb::Snapshot*>(snapshot)); }};
}

std::vector<std::pair<std::string, double>> RocksDatabase::figures() const {
  const auto used = use();
  if (!used) return {};
  constexpr std::pair<const char*, const char*> kProperties[] = {{"memtable_bytes", "rocksdb.cur-size-all-mem-tables"},
                                                                 {"table_reader_bytes", "rocksdb.estimate-table-readers-mem"},
                                                                 {"block_cache_bytes", "rocksdb.block-cache-usage"},
                                                                 {"live_data_bytes", "rocksdb.estimate-live-data-size"},
                                                                 {"table_file_bytes", "rocksdb.total-sst-files-size"},
                                                                 {"keys", "rocksdb.estimate-num-keys"},
                                                                 {"pending_compaction_bytes", "rocksdb.estimate-pending-compaction-bytes"},
                                                                 {"running_compactions", "rocksdb.num-running-compactions"},
                                                                 {"running_flushes", "rocksdb.num-running-flushes"},
                                                                 {"background_errors", "rocksdb.background-errors"}};
  std::vector<std::pair<std::string, double>> all;
  for (const auto& [name, property] : kProperties)
    if (std::uint64_t value = 0; (**used).db->GetAggregatedIntProperty(property, &value)) all.emplace_back(name, static_cast<double>(value));
  return all;
}

Result<std::optional<std::string>> RocksDatabase::get(Family family, std::string_view key, const Snapshot& at) const {
  const auto used = use();
  if (!used) return used.error();
  const Rocks& rocks = **used;
  rocksdb::ReadOptions options;
  options.snapshot = static_cast<const rocksdb::Snapshot*>(at.get());
  std::string value;
  const rocksdb::Status status = rocks.db->Get(options, rocks.of(family), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return error_of(status, name_of(family, key));
  return std::optional(std::move(value));
}

// An iterator keeps the block it is in, so that neighbours are unpacked once.
Result<void> RocksDatabase::get_each(Family family, std::span<const std::string> keys, const Taker& take) const {
  const auto used = use();
  if (!used) return used.error();
  const Rocks& rocks = **used;
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> each(rocks.db->NewIterator(options, rocks.of(family)));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    each->Seek(slice(keys[i]));
    if (!each->status().ok()) return error_of(each->status(), name_of(family, keys[i]));
    const bool found = each->Valid() && view(each->key()) == keys[i];
    if (Result<void> taken = take(i, found ? std::optional(view(each->value())) : std::nullopt); !taken) return taken;
  }
  return {};
}

Result<void> RocksDatabase::visit(Family family, std::string_view prefix, std::string_view from, const Walker& walk, const Snapshot& at) const {
  const auto used = use();
  if (!used) return used.error();
  const Rocks& rocks = **used;
  rocksdb::ReadOptions options;
  options.snapshot = static_cast<const rocksdb::Snapshot*>(at.get());
  options.total_order_seek = prefix.size() < prefix_bytes(family);
  options.readahead_size = prefix.empty() && from.empty() ? 2u << 20 : 0;
  options.fill_cache = !prefix.empty();  // a scan of all would push out what questions use
  const std::unique_ptr<rocksdb::Iterator> each(rocks.db->NewIterator(options, rocks.of(family)));
  for (each->Seek(slice(from)); each->Valid() && view(each->key()).starts_with(prefix); each->Next()) {
    const auto on = walk(view(each->key()), view(each->value()));
    if (!on) return on.error();
    if (!*on) return {};
  }
  if (!each->status().ok()) return error_of(each->status(), std::string("family ") + to_string(family));
  return {};
}

Result<WriteSet> RocksDatabase::writes() const {
  const auto used = use();
  if (!used) return used.error();
  return WriteSet();
}

Result<void> RocksDatabase::write(WriteSet& writes) {
  const auto used = use();
  if (!used) return used.error();
  const Rocks& rocks = **used;
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  for (const WriteSet::Change& change : writes.changes()) {
    if (!status.ok()) return error_of(status, folder_);
    status = change.value ? batch.Put(rocks.of(change.family), slice(change.key), slice(*change.value)) : batch.Delete(rocks.of(change.family), slice(change.key));
  }
  if (!status.ok()) return error_of(status, folder_);
  rocksdb::WriteOptions options;
  options.sync = true;
  status = rocks.db->Write(options, &batch);
  if (status.ok()) return {};
  failed_ = true;
  return error_of(status, folder_);
}

bool RocksDatabase::failed() const {
  const auto used = use();
  std::uint64_t errors = 0;
  return failed_ || (used && (*used)->db->GetAggregatedIntProperty("rocksdb.background-errors", &errors) && errors > 0);
}

Result<void> RocksDatabase::compact() {
  const auto used = use();
  if (!used) return used.error();
  for (rocksdb::ColumnFamilyHandle* family : (*used)->families)
    if (const auto status = (*used)->db->CompactRange(rocksdb::CompactRangeOptions(), family, nullptr, nullptr); !status.ok()) return error_of(status, folder_);
  return {};
}

Result<void> RocksDatabase::checkpoint(const std::string& folder) const {
  const auto used = use();
  if (!used) return used.error();
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create((*used)->db.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> owner(made);
  if (status.ok()) status = made->CreateCheckpoint(folder);
  return status.ok() ? Result<void>() : Result<void>(error_of(status, folder));
}

Result<void> RocksDatabase::verify_checksums() const {
  const auto used = use();
  if (!used) return used.error();
  const Rocks& rocks = **used;
  if (const auto status = rocks.db->VerifyChecksum(); !status.ok()) return error_of(status, folder_);
  return {};
}

struct SortedFile::Rocks {
  Family family;
  std::string path;
  rocksdb::SstFileWriter writer;
};

SortedFile::SortedFile(std::unique_ptr<Rocks> rocks) : rocks_(std::move(rocks)) {}
SortedFile::~SortedFile() = default;
SortedFile::SortedFile(SortedFile&&) noexcept = default;
Family SortedFile::family() const { return rocks_->family; }
const std::string& SortedFile::path() const { return rocks_->path; }
std::uint64_t SortedFile::bytes() const { return rocks_->writer.FileSize(); }

Result<void> SortedFile::put(std::string_view key, std::string_view value) {
  const auto status = rocks_->writer.Put(slice(key), slice(value));
  return status.ok() ? Result<void>() : error_of(status, rocks_->path);
}

Result<void> SortedFile::finish() {
  const auto status = rocks_->writer.Finish();
  return status.ok() ? Result<void>() : error_of(status, rocks_->path);
}

Result<SortedFile> RocksDatabase::sorted_file(Family family, const std::string& path) const {
  rocksdb::ColumnFamilyOptions shape = family_options(family, nullptr);
  shape.bottommost_compression = rocksdb::kDisableCompressionOption;  // the fast one; a later compaction packs it tighter
  const rocksdb::Options options(database_options(false), shape);
  auto rocks = std::unique_ptr<SortedFile::Rocks>(new SortedFile::Rocks{family, path, rocksdb::SstFileWriter(rocksdb::EnvOptions(), options)});
  if (const auto status = rocks->writer.Open(path); !status.ok()) return error_of(status, path);
  return SortedFile(std::move(rocks));
}

Result<void> RocksDatabase::ingest(const std::vector<SortedFile>& files) {
  const auto used = use();
  if (!used) return used.error();
  std::vector<rocksdb::IngestExternalFileArg> orders;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    rocksdb::IngestExternalFileArg order;
    order.column_family = (*used)->of(static_cast<Family>(i));
    order.options.move_files = true;
    order.options.write_global_seqno = false;
    for (const SortedFile& file : files)
      if (file.family() == static_cast<Family>(i)) order.external_files.push_back(file.path());
    if (!order.external_files.empty()) orders.push_back(std::move(order));
  }
  const auto status = (*used)->db->IngestExternalFiles(orders);
  if (status.ok()) return {};
  failed_ = true;
  return error_of(status, folder_);
}

}  // namespace relata::storage
