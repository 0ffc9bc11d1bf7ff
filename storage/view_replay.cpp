#include "storage/view_replay.h"

#include <memory>
#include <unordered_set>

#include "storage/copy_rows.h"
#include "storage/rows.h"
#include "storage/view_builder.h"

namespace relata::storage {
namespace {

Error damaged(Family family, std::string_view key, const std::string& what) {
  return corrupt(name_of(family, key) + ": " + what + "; the store is damaged, restore it from a backup");
}

class Replay {
 public:
  Replay(const Database& database, ViewTables tables, std::size_t types) : database_(database), tables_(std::move(tables)), types_(types) { begin(); }

  Result<void> row(std::string_view bytes, std::string_view value) {
    const auto key = decode_log_key(bytes);
    if (!key) return damaged(Family::log, bytes, "does not decode");
    switch (key->change) {
      case Change::article_removed: return remove(*key, bytes);
      case Change::article_added: return add(*key, bytes, value);
      case Change::actors_moved: return move(*key, bytes, value);
      case Change::original_changed: return copy(*key, bytes, value);
    }
    return damaged(Family::log, bytes, "is a change unknown to this program");
  }

  // The records of all entities that the log touched, as they are now.
  Result<void> records() {
    for (const EntityId entity : touched_) {
      const auto bytes = database_.get(Family::entities, encode(entity));
      if (!bytes) return bytes.error();
      if (!*bytes) return damaged(Family::entities, encode(entity), "missing");
      if (!builder_->record(entity, **bytes)) return damaged(Family::entities, encode(entity), "does not decode");
    }
    return {};
  }

  ViewBuilder& builder() { return *builder_; }
  ViewTables finish(Version version) { return builder_->finish(version); }

 private:
  // A builder takes one change of what older tables have; the next needs tables that show it.
  void begin() {
    if (builder_) tables_ = builder_->finish(tables_.version);
    builder_.emplace(tables_, ViewBuilder::Scale::batch);
    changed_.clear();
    old_articles_ = tables_.articles.size();
  }
  void claim(ArticleId article) {
    const std::uint32_t place = tables_.find_article(article);
    if (place < old_articles_ && !changed_.insert(article).second) {
      begin();
      changed_.insert(article);
    }
  }

  Result<void> add(const LogKey& key, std::string_view bytes, std::string_view value) {
    const auto columns = decode_columns(value, types_);
    if (!columns) return damaged(Family::log, bytes, "does not decode");
    if (builder_->holds(key.article.id)) return damaged(Family::log, bytes, "adds an article that is there");
    builder_->add(key.article, *columns);
    if (!builder_->fits()) return damaged(Family::log, bytes, "has more statements than a store can hold");
    touched_.insert(columns->entities.begin(), columns->entities.end());
    return {};
  }

  Result<void> remove(const LogKey& key, std::string_view bytes) {
    claim(key.article.id);
    builder_->actors_of(key.article.id, touched_);
    if (!builder_->remove(key.article.id, key.version)) return damaged(Family::log, bytes, "removes an article that is not there");
    return {};
  }

  Result<void> move(const LogKey& key, std::string_view bytes, std::string_view value) {
    const auto moved = decode_moved(value);
    const std::string from = encode(LogKey{key.article.added, Change::article_added, key.article});
    const auto stored = database_.get(Family::log, from);
    if (!stored) return stored.error();
    const auto columns = *stored ? decode_columns(**stored, types_) : std::nullopt;
    if (!columns) return damaged(Family::log, from, "missing or does not decode");
    claim(key.article.id);
    builder_->actors_of(key.article.id, touched_);
    if (!moved || !builder_->move(key.article, *moved, key.version, &*columns)) return damaged(Family::log, bytes, "moves an actor that is not there");
    builder_->actors_of(key.article.id, touched_);
    return {};
  }

  Result<void> copy(const LogKey& key, std::string_view bytes, std::string_view value) {
    const auto original = decode_original(value);
    if (!original || !builder_->copy(key.article, *original, key.version)) return damaged(Family::log, bytes, "names an original that never was");
    return {};
  }

  const Database& database_;
  ViewTables tables_;
  std::size_t types_;
  std::size_t old_articles_ = 0;
  std::optional<ViewBuilder> builder_;
  std::unordered_set<ArticleId> changed_;  // articles of tables_ that builder_ has changed
  std::unordered_set<EntityId> touched_;
};

}  // namespace

Result<ViewTables> replay_log(const Database& database, ViewTables tables, std::vector<std::string> types, Version newest) {
  const Version since = tables.version;
  const bool same_types = types.size() == tables.types->size();
  Replay replay(database, std::move(tables), types.size());
  const std::string from = encode(LogKey{since + 1, Change::article_removed, {}});
  const auto scanned = database.scan(Family::log, "", from, [&](std::string_view key, std::string_view value) { return replay.row(key, value); });
  if (!scanned) return scanned.error();
  if (auto read = replay.records(); !read) return read.error();
  if (!same_types) replay.builder().set_types(std::move(types));
  return replay.finish(newest);
}

}  // namespace relata::storage
