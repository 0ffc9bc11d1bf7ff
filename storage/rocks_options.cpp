#include "storage/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>

namespace relata::storage {
namespace {

constexpr std::size_t kCacheBytes = 128u << 20;
constexpr std::size_t kMemtableBytes = 32u << 20;
constexpr std::size_t kAllMemtablesBytes = 128u << 20;
constexpr int kBloomBitsPerKey = 10;
constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kPastBytes = 9;  // a letter and an id

// RocksDB's own logger writes into the folder, which a reader must not do; and of Debian's RocksDB, which is built with its assertions, it ends the
// process when that folder's disk is full.
class Silence final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// RocksDB would go on by itself when there is room again: it flushes one family after another and lets go of the log, in which the bytes of the write
// that failed still are. Closed in the middle, as recover() does, the next opening would read that write into some families and not into others.
class NoRecovery final : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* by_itself) override { *by_itself = false; }
};

rocksdb::CompressionType best_compression(std::initializer_list<rocksdb::CompressionType> wanted) {
  const std::vector<rocksdb::CompressionType> built_in = rocksdb::GetSupportedCompressions();
  for (const rocksdb::CompressionType type : wanted)
    if (std::find(built_in.begin(), built_in.end(), type) != built_in.end()) return type;
  return rocksdb::kNoCompression;
}

}  // namespace

std::shared_ptr<rocksdb::Cache> block_cache() { return rocksdb::NewLRUCache(kCacheBytes); }

std::size_t prefix_bytes(Family family) { return family == Family::past ? kPastBytes : kIdBytes; }

rocksdb::ColumnFamilyOptions family_options(Family family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = family == Family::past ? 4u << 10 : 16u << 10;  // of the past single rows are read, here and there
  table.format_version = 5;
  if (family != Family::log && family != Family::meta) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey, false));
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.write_buffer_size = kMemtableBytes;
  options.compression = best_compression({rocksdb::kLZ4Compression, rocksdb::kSnappyCompression});
  if (family != Family::past) options.bottommost_compression = best_compression({rocksdb::kZSTD, rocksdb::kLZ4Compression, rocksdb::kSnappyCompression});
  if (family == Family::actors || family == Family::articles || family == Family::identity || family == Family::addresses)
    options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kIdBytes));
  if (family == Family::past) options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(kPastBytes));
  return options;
}

rocksdb::DBOptions database_options(bool create) {
  rocksdb::DBOptions database;
  database.create_if_missing = create;
  database.create_missing_column_families = create;
  database.max_open_files = -1;  // a reader keeps the files a writer's compaction removes
  database.db_write_buffer_size = kAllMemtablesBytes;
  // A torn tail is a batch that was not acknowledged; any other damage of the log is reported, not skipped.
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  database.max_background_jobs = 2;
  database.bytes_per_sync = 1u << 20;
  database.stats_dump_period_sec = 0;
  database.stats_persist_period_sec = 0;
  database.max_bgerror_resume_count = 0;  // recover() does it, when the next batch comes
  database.listeners.push_back(std::make_shared<NoRecovery>());
  database.info_log = std::make_shared<Silence>();
  return database;
}

Error error_of(const rocksdb::Status& status, const std::string& where) {
  const std::string text = where + ": " + status.ToString();
  if (status.IsCorruption() || status.IsInvalidArgument() || status.IsNotSupported())
    return corrupt(text + "; the store is damaged, restore it from a backup");
  if (status.IsNoSpace()) return io_error(text + "; make room on the disk and try again, what was acknowledged is safe");
  return io_error(text);
}

}  // namespace relata::storage
