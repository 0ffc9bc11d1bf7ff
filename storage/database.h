// A database behind a narrow door: families of keys, atomic durable writes, scans in key order. Reads may come from any thread;
// writes are the caller's to serialize within a process, and take_turn() between processes. RocksDB (database.cpp) and PostgreSQL
// (postgres/) stand behind it; no type of theirs shows here.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
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

// Changes that happen together or not at all; of two for one key the later counts.
class WriteSet {
 public:
  struct Change {
    Family family;
    std::string key;
    std::optional<std::string> value;  // none: the key is removed
  };
  // What is known of the rows that are put.
  enum class Rows {
    any,
    new_ones,  // none of those outside `meta` is there yet: an engine may add them faster
  };
  explicit WriteSet(Rows rows = Rows::any) : rows_(rows) {}

  Rows rows() const { return rows_; }
  void put(Family family, std::string_view key, std::string_view value) { changes_.push_back({family, std::string(key), std::string(value)}); }
  void remove(Family family, std::string_view key) { changes_.push_back({family, std::string(key), std::nullopt}); }
  const std::vector<Change>& changes() const { return changes_; }

 private:
  std::vector<Change> changes_;
  Rows rows_;
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

  struct Rocks;  // known to database.cpp alone
  explicit SortedFile(std::unique_ptr<Rocks> rocks);

 private:
  std::unique_ptr<Rocks> rocks_;
};

class Database {
 public:
  // A RocksDB folder. Errors as of open_rocks.
  static Result<std::shared_ptr<Database>> open(const std::string& folder, const OpenOptions& options);
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  virtual const std::string& folder() const = 0;  // or the address, for messages
  // The engine's own figures, for monitoring: name in snake_case and value.
  virtual std::vector<std::pair<std::string, double>> figures() const { return {}; }
  // Its creation is not finished: the caller writes the first rows and calls finish_creation().
  virtual bool fresh() const = 0;
  // Of format 2: the caller migrates it and calls finish_creation().
  virtual bool old() const { return false; }
  virtual Result<void> finish_creation() = 0;

  // A fixed state of all families; reads that are given one see it, others see the newest.
  using Snapshot = std::shared_ptr<const void>;
  virtual Snapshot snapshot() const = 0;

  // Nothing when there is no such key.
  virtual Result<std::optional<std::string>> get(Family family, std::string_view key, const Snapshot& at = nullptr) const = 0;

  // The values of many keys, which ascend: take(i, value) for each in turn, nothing when it is not there, until it returns an error, which is
  // handed on. The bytes are valid only during the call. Quicker than get() for keys that lie near each other.
  using Taker = std::function<Result<void>(std::size_t, std::optional<std::string_view>)>;
  virtual Result<void> get_each(Family family, std::span<const std::string> keys, const Taker& take) const;

  // Visits the keys that begin with `prefix`, from `from` on, in order, until the visitor returns an error, which is handed on.
  // The visited bytes are valid only during the call.
  using Visitor = std::function<Result<void>(std::string_view key, std::string_view value)>;
  Result<void> scan(Family family, std::string_view prefix, std::string_view from, const Visitor& visit, const Snapshot& at = nullptr) const;
  Result<void> scan(Family family, std::string_view prefix, const Visitor& visit, const Snapshot& at = nullptr) const {
    return scan(family, prefix, prefix, visit, at);
  }

  // The same, until the visitor returns false.
  using Walker = std::function<Result<bool>(std::string_view key, std::string_view value)>;
  virtual Result<void> visit(Family family, std::string_view prefix, std::string_view from, const Walker& walk, const Snapshot& at = nullptr) const = 0;

  // Whether other processes may write it too.
  virtual bool shared() const { return false; }
  // Waits until no other process writes, and keeps others from it until write() or end_turn(). Where one process alone can have the
  // database open for writing there is nothing to wait for. io: the wait is over without success.
  virtual Result<void> take_turn() { return {}; }
  virtual void end_turn() {}
  // The keys that were last written after the batch that made `version`, in order. Only for databases that are shared.
  virtual Result<void> written_since(Family family, Version version, const Visitor& visit, const Snapshot& at = nullptr) const;

  // Empty. io after a write failed and the disk could not be read again.
  virtual Result<WriteSet> writes() const = 0;
  // Atomic, and on disk when it returns. After an error nothing of it is visible, and nothing more is written until recover().
  // conflict: another process of a shared database wrote first, and nothing is written.
  virtual Result<void> write(WriteSet& writes) = 0;
  virtual bool failed() const = 0;  // a write, or what the engine does in the background
  // Whether take_over() works here.
  virtual bool takes_over() const { return false; }
  // Puts all rows of a database that was just made by a bulk load in place of an empty graph, all or none; on disk when it returns.
  // conflict: the graph is not empty any more.
  virtual Result<void> take_over(const Database& from, Version version);
  // A new file, which must be on the file system of the folder. bad_input: not that kind of database.
  virtual Result<SortedFile> sorted_file(Family family, const std::string& path) const;
  // Takes finished files in, all or none, as if their keys were written now; on disk when it returns. Files of a family do not overlap.
  // The files are linked, not copied, and may be gone afterwards.
  virtual Result<void> ingest(const std::vector<SortedFile>& files);
  // After a failed write: closes and opens again, which makes the disk's state the truth. The failed write is then there whole
  // or not at all. When the disk is still not writable: io, and reads go on.
  virtual Result<void> recover() = 0;

  // Gives back the space of what was removed.
  virtual Result<void> compact() = 0;

  // A RocksDB database of the same state in `folder`, which must not exist; files that never change are shared by hard links where
  // the file system can. Reads and writes go on.
  virtual Result<void> checkpoint(const std::string& folder) const = 0;

  // Reads every block of every file and compares checksums.
  virtual Result<void> verify_checksums() const = 0;

 protected:
  Database() = default;
};

// "family articles, key 0a1b...": for messages.
std::string name_of(Family family, std::string_view key);

}  // namespace relata::storage
