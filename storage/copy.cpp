#include "storage/copy.h"

#include <xxhash.h>

#include "storage/at_snapshot.h"
#include "storage/batch_writer.h"
#include "storage/copy_database.h"
#include "storage/postgres/postgres_database.h"
#include "storage/view_image.h"

namespace relata {
namespace {

using namespace storage;

constexpr std::size_t kChunkBytes = 4u << 20, kChunkRows = 20000;
constexpr std::string_view kCopiedPrefix = "copied/";  // then a family: the last of its keys that is copied

Result<std::shared_ptr<Database>> open_database(const std::string& db, bool write) {
  if (!is_postgres(db)) return Database::open(db, {.create = write, .read_only = !write});
  auto opened = PostgresDatabase::open_address(db, write, !write);
  if (!opened) return opened.error();
  return std::shared_ptr<Database>(std::move(*opened));
}

// Rows that belong to a place and not to its graph.
bool of_copying(Family family, std::string_view key) { return family == Family::meta && (key == kImageKey || key == kCopyingKey || key.starts_with(kCopiedPrefix)); }

std::string copied_key(Family family) { return std::string(kCopiedPrefix) + to_string(family); }

// The sum of the hashes of all rows: the same rows, the same sum.
Result<ContentHash> hash_rows(const Database& database) {
  ContentHash sum;
  for (std::size_t f = 0; f < kFamilies; ++f) {
    const auto family = static_cast<Family>(f);
    const auto scanned = database.scan(family, "", [&](std::string_view key, std::string_view value) -> Result<void> {
      if (of_copying(family, key)) return {};
      const XXH64_hash_t seed = XXH3_64bits_withSeed(key.data(), key.size(), f);
      const XXH128_hash_t hash = XXH3_128bits_withSeed(value.data(), value.size(), seed);
      sum += ContentHash{hash.high64, hash.low64};
      return {};
    });
    if (!scanned) return scanned.error();
  }
  return sum;
}

class Copier {
 public:
  Copier(const Database& from, Database& to, const std::function<void(std::uint64_t)>& progress) : from_(from), to_(to), progress_(progress) {}

  // All rows of a family but the state, which is written last and makes the copy a graph.
  Result<void> copy(Family family) {
    const auto last = to_.get(Family::meta, copied_key(family));
    if (!last) return last.error();
    std::string first;
    if (*last) first = **last + '\0';  // the next possible key
    WriteSet chunk(WriteSet::Rows::new_ones);
    std::string newest;
    const auto scanned = from_.scan(family, "", first, [&](std::string_view key, std::string_view value) -> Result<void> {
      if (family == Family::meta && (key == kStateKey || of_copying(family, key))) return {};
      chunk.put(family, key, value);
      newest = key;
      ++rows_in_chunk_;
      bytes_in_chunk_ += key.size() + value.size();
      return rows_in_chunk_ < kChunkRows && bytes_in_chunk_ < kChunkBytes ? Result<void>() : flush(family, chunk, newest);
    });
    if (!scanned) return scanned;
    return rows_in_chunk_ > 0 ? flush(family, chunk, newest) : Result<void>();
  }

  std::uint64_t rows() const { return rows_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  Result<void> flush(Family family, WriteSet& chunk, const std::string& newest) {
    chunk.put(Family::meta, copied_key(family), newest);
    if (auto written = to_.write(chunk); !written) return written;
    rows_ += rows_in_chunk_;
    bytes_ += bytes_in_chunk_;
    rows_in_chunk_ = bytes_in_chunk_ = 0;
    chunk = WriteSet(WriteSet::Rows::new_ones);
    if (progress_) progress_(rows_);
    return {};
  }

  const Database& from_;
  Database& to_;
  const std::function<void(std::uint64_t)>& progress_;
  std::uint64_t rows_ = 0, bytes_ = 0;
  std::size_t rows_in_chunk_ = 0, bytes_in_chunk_ = 0;
};

// Marks `to` as a copy of `state` in the making, or finds that it is one already.
Result<void> begin(Database& to, const std::string& state, const std::string& name) {
  const auto marked = to.get(Family::meta, kCopyingKey);
  if (!marked) return marked.error();
  if (*marked && **marked != state) return conflict(name + " is the beginning of a copy of another graph, or of an earlier state of this one: copy to a new place");
  if (*marked) return {};
  if (!to.fresh()) return conflict(name + " holds a graph: copy to a new place");
  auto first = to.writes();
  if (!first) return first.error();
  first->put(Family::meta, kCopyingKey, state);
  return to.write(*first);
}

Result<void> end(Database& to, const std::string& state) {
  auto last = to.writes();
  if (!last) return last.error();
  last->put(Family::meta, kStateKey, state);
  last->remove(Family::meta, kCopyingKey);
  for (std::size_t f = 0; f < kFamilies; ++f) last->remove(Family::meta, copied_key(static_cast<Family>(f)));
  if (auto written = to.write(*last); !written) return written;
  return to.finish_creation();
}

}  // namespace

Result<CopyReport> storage::copy_database(const Database& from, const std::string& to, const std::function<void(std::uint64_t)>& progress) {
  const AtSnapshot standing(from);
  const auto state = standing.get(Family::meta, kStateKey);
  if (!state) return state.error();
  if (!*state) return not_found(from.folder() + ": holds no graph");
  const auto target = open_database(to, true);
  if (!target) return target.error();
  if (auto begun = begin(**target, **state, to); !begun) return begun.error();
  Copier copier(standing, **target, progress);
  for (std::size_t f = 0; f < kFamilies; ++f)
    if (auto copied = copier.copy(static_cast<Family>(f)); !copied) return copied.error();
  // Before the copy counts as a graph it is read again; only the state is not there yet.
  const auto theirs = hash_rows(standing), ours = hash_rows(AtSnapshot(**target));
  if (!theirs) return theirs.error();
  if (!ours) return ours.error();
  ContentHash expected = *theirs;
  const XXH128_hash_t of_state =
      XXH3_128bits_withSeed((*state)->data(), (*state)->size(), XXH3_64bits_withSeed(kStateKey.data(), kStateKey.size(), static_cast<XXH64_hash_t>(Family::meta)));
  expected -= ContentHash{of_state.high64, of_state.low64};
  if (expected != *ours) return corrupt(to + ": the rows copied are not those of " + from.folder() + "; remove it and copy again");
  if (auto ended = end(**target, **state); !ended) return ended.error();
  return CopyReport{copier.rows(), copier.bytes(), *theirs};
}

Result<CopyReport> copy_graph(const std::string& from, const std::string& to, const std::function<void(std::uint64_t)>& progress) {
  const auto source = open_database(from, false);
  return source ? copy_database(**source, to, progress) : source.error();
}

}  // namespace relata
