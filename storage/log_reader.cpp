#include "storage/log_reader.h"

#include <algorithm>

#include "storage/bytes.h"
#include "storage/past_rows.h"

namespace relata::storage {
namespace {

class LogReader {
 public:
  LogReader(const Database& database, Version until, std::size_t most) : database_(database), at_(database.snapshot()), until_(until), most_(most) {}

  Result<void> read(Version after) {
    ByteWriter from;
    from.big32(after + 1);
    return database_.visit(Family::log, "", from.bytes(), [&](std::string_view key, std::string_view value) { return row(key, value); }, at_);
  }
  std::vector<VersionChanges> take() && { return std::move(all_); }
  // There are more versions than were wanted.
  bool full() const { return full_; }

 private:
  Result<bool> row(std::string_view bytes, std::string_view value) {
    const auto key = decode_log_key(bytes);
    if (!key) return corrupt(name_of(Family::log, bytes) + ": does not decode; the store is damaged, restore it from a backup");
    if (key->version > until_) return false;
    if (all_.empty() || all_.back().version != key->version) {
      if (all_.size() == most_) {
        full_ = true;
        return false;
      }
      all_.emplace_back().version = key->version;
    }
    if (key->change == Change::article_removed) all_.back().retracted.push_back(key->article.id);
    if (key->change == Change::article_added) all_.back().added.push_back(key->article.id);
    if (key->change == Change::actors_moved) return moved(*key, bytes, value);
    return true;
  }

  Result<bool> moved(const LogKey& key, std::string_view bytes, std::string_view value) {
    const auto now = decode_moved(value);
    const std::string past_key = past_homes_key(key.article, key.version);
    const auto stored = database_.get(Family::past, past_key, at_);
    if (!stored) return stored.error();
    const auto before = *stored ? decode_moved(**stored) : std::nullopt;
    if (!now || !before || now->size() != before->size())
      return corrupt(name_of(Family::log, bytes) + ": the log and what it says was before disagree; the store is damaged, restore it from a backup");
    for (std::size_t i = 0; i < now->size(); ++i)
      all_.back().moved.push_back({{key.article.id, (*now)[i].actor}, (*before)[i].entity, (*now)[i].entity});
    return true;
  }

  const Database& database_;
  Database::Snapshot at_;
  Version until_;
  std::size_t most_;
  bool full_ = false;
  std::vector<VersionChanges> all_;
};

// A version may have decided something that moved nobody.
void put_decisions(const std::vector<Decision>& decisions, Version after, Version until, std::vector<VersionChanges>& all) {
  const auto first = std::upper_bound(decisions.begin(), decisions.end(), after, [](Version version, const Decision& d) { return version < d.version; });
  for (auto each = first; each != decisions.end() && each->version <= until; ++each) {
    auto at = std::lower_bound(all.begin(), all.end(), each->version, [](const VersionChanges& changes, Version version) { return changes.version < version; });
    if (at == all.end() || at->version != each->version) at = all.insert(at, VersionChanges{each->version, {}, {}, {}, {}});
    at->decided.push_back(*each);
  }
}

}  // namespace

Result<std::vector<VersionChanges>> read_changes(const Database& database, const std::vector<Decision>& decisions, Version after, Version until, std::size_t most) {
  LogReader reader(database, until, most);
  if (after >= until || most == 0) return std::vector<VersionChanges>{};
  if (auto read = reader.read(after); !read) return read.error();
  const bool full = reader.full();
  std::vector<VersionChanges> all = std::move(reader).take();
  put_decisions(decisions, after, full ? all.back().version : until, all);
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace relata::storage
