// RocksDB behind a narrow door: families of keys, atomic synced writes, scans in key order. Reads may come from any thread;
// writes are the caller's to serialize. No RocksDB type shows here.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/result.h"
#include "storage/store.h"

namespace relata::storage {

// RocksDB column families; the names on disk are those of FORMAT.md.
enum class Family { meta, articles, bodies, log, actors, entities, keys, identity, past, addresses };
inline constexpr std::size_t kFamilies = 10;
const char* to_string(Family family);

// Changes that happen together or not at all. Made by Database::writes(), which must outlive it.
class WriteSet {
 public:
  ~WriteSet();
  WriteSet(WriteSet&&) noexcept;
  void put(Family family, std::string_view key, std::string_view value);
  void remove(Family family, std::string_view key);

 private:
  friend class Database;
  struct Rocks;
  explicit WriteSet(std::unique_ptr<Rocks> rocks);
  std::unique_ptr<Rocks> rocks_;
};

// A file of sorted keys of one family, to be taken into a database with Database::ingest().
class SortedFile {
 public:
  ~SortedFile();
  SortedFile(SortedFile&&) noexcept;
  // Keys ascend, each stands once.
  Result<void> put(std::string_view key, std::string_view value);
  Result<void> finish();  // synced. Precondition: has a key
  std::uint64_t bytes() const;  // so far
  Family family() const;
  const std::string& path() const;

 private:
  friend class Database;
  struct Rocks;
  explicit SortedFile(std::unique_ptr<Rocks> rocks);
  std::unique_ptr<Rocks> rocks_;
};

class Database {
 public:
  // Errors as of open_rocks.
  static Result<std::shared_ptr<Database>> open(const std::string& folder, const OpenOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  struct Rocks;  // known to database.cpp alone

  const std::string& folder() const { return folder_; }
  // RocksDB's own figures, summed over the families.
  std::vector<std::pair<std::string, double>> figures() const;
  // Its creation is not finished: the caller writes the first rows and calls finish_creation().
  bool fresh() const { return fresh_; }
  // Of format 2: the caller migrates it and calls finish_creation().
  bool old() const { return old_; }
  Result<void> finish_creation();

  // A fixed state of all families; reads that are given one see it, others see the newest.
  using Snapshot = std::shared_ptr<const void>;
  Snapshot snapshot() const;

  // Nothing when there is no such key.
  Result<std::optional<std::string>> get(Family family, std::string_view key, const Snapshot& at = nullptr) const;

  // Visits the keys that begin with `prefix`, from `from` on, in order, until the visitor returns an error, which is handed on.
  // The visited bytes are valid only during the call.
  using Visitor = std::function<Result<void>(std::string_view key, std::string_view value)>;
  Result<void> scan(Family family, std::string_view prefix, std::string_view from, const Visitor& visit,
                    const Snapshot& at = nullptr) const;
  Result<void> scan(Family family, std::string_view prefix, const Visitor& visit, const Snapshot& at = nullptr) const {
    return scan(family, prefix, prefix, visit, at);
  }

  // The same, until the visitor returns false.
  using Walker = std::function<Result<bool>(std::string_view key, std::string_view value)>;
  Result<void> visit(Family family, std::string_view prefix, std::string_view from, const Walker& walk, const Snapshot& at = nullptr) const;

  // Empty. io after a write failed and the disk could not be read again.
  Result<WriteSet> writes() const;
  // Atomic, and on disk when it returns. After an error nothing of it is visible, and nothing more is written until recover().
  Result<void> write(WriteSet& writes);
  bool failed() const { return failed_; }
  // A new file, which must be on the file system of the folder.
  Result<SortedFile> sorted_file(Family family, const std::string& path) const;
  // Takes finished files in, all or none, as if their keys were written now; on disk when it returns. Files of a family do not overlap.
  // The files are linked, not copied, and may be gone afterwards.
  Result<void> ingest(const std::vector<SortedFile>& files);
  // After a failed write: closes and opens again, which makes the disk's state the truth. The failed write is then there whole
  // or not at all. When the disk is still not writable: io, and reads go on.
  Result<void> recover();

  // Gives back the space of what was removed.
  Result<void> compact();

  // A database of the same state in `folder`, which must not exist; files that never change are shared by hard links where the
  // file system can. Reads and writes go on.
  Result<void> checkpoint(const std::string& folder) const;

  // Reads every block of every file and compares checksums.
  Result<void> verify_checksums() const;

 private:
  Database(std::string folder, std::unique_ptr<Rocks> rocks, bool fresh, bool old);
  Result<std::shared_ptr<Rocks>> use() const;
  static Result<std::unique_ptr<Rocks>> open_rocks(const std::string& folder, bool create, bool read_only);

  std::string folder_;
  bool fresh_, old_;
  bool failed_ = false;  // the last write
  mutable std::mutex exchanging_;  // held long only while recover() replaces rocks_
  std::shared_ptr<Rocks> rocks_;   // guarded by exchanging_; those at work hold it too
};

// "family articles, key 0a1b...": for messages.
std::string name_of(Family family, std::string_view key);

}  // namespace relata::storage
