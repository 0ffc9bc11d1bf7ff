#include "storage/catch_up.h"

#include <map>

#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "storage/copy_rows.h"
#include "storage/derive.h"
#include "storage/view_builder.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

Error damaged(Family family, std::string_view key) { return corrupt(name_of(family, key) + ": does not follow from what is before it; run check"); }

struct LogRow {
  LogKey key;
  std::string value;
};

Result<std::map<Version, std::vector<LogRow>>> log_after(const Database& database, Version version) {
  std::map<Version, std::vector<LogRow>> rows;
  ByteWriter from;
  from.big32(version + 1);
  const auto scanned = database.scan(Family::log, "", from.bytes(), [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_log_key(bytes);
    if (!key) return damaged(Family::log, bytes);
    rows[key->version].push_back({*key, std::string(value)});
    return {};
  });
  if (!scanned) return scanned.error();
  return rows;
}

class Follower {
 public:
  Follower(const Database& database, const ExtractionSource& source, IdentityBook* book, std::vector<std::string> types, std::vector<Decision> decisions)
      : database_(database), source_(source), book_(book), types_(std::move(types)), table_(types_), decisions_(std::move(decisions)) {}

  Result<void> step(ViewBuilder& builder, Version version, const std::vector<LogRow>& rows) {
    std::vector<std::shared_ptr<const Extraction>> read;
    std::vector<const Extraction*> retracted, added;
    for (const LogRow& row : rows) {
      const auto extraction = source_.read(row.key.article);
      if (!extraction) return extraction.error();
      read.push_back(*extraction);
      if (row.key.change == Change::article_removed) retracted.push_back(extraction->get());
      if (row.key.change == Change::article_added) added.push_back(extraction->get());
      if (auto followed = follow(builder, row, **extraction); !followed) return followed;
    }
    if (book_ == nullptr) return {};
    std::vector<Decision> decided;
    for (const Decision& decision : decisions_)
      if (decision.version == version) decided.push_back(decision);
    (void)book_->apply(retracted, added, decided);
    return {};
  }

  // What is kept at the newest version only.
  Result<void> end(ViewBuilder& builder, Version since) {
    builder.set_types(types_);
    const auto records = database_.written_since(Family::entities, since, [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto id = decode_entity_id(bytes);
      if (!id || !builder.record(*id, value)) return damaged(Family::entities, bytes);
      return {};
    });
    if (!records) return records;
    return database_.written_since(Family::identity, since, [&](std::string_view key, std::string_view value) -> Result<void> {
      if (!key.starts_with(kRedirectPrefix)) return {};
      const auto redirect = decode_redirect(key, value);
      if (!redirect) return damaged(Family::identity, key);
      builder.redirect(*redirect);
      return {};
    });
  }

  const std::vector<Decision>& decisions() const { return decisions_; }

 private:
  Result<void> follow(ViewBuilder& builder, const LogRow& row, const Extraction& extraction) {
    const ArticleKey& article = row.key.article;
    bool fits = false;
    if (row.key.change == Change::article_removed) {
      fits = builder.remove(article.id, row.key.version);
    } else if (row.key.change == Change::article_added) {
      const auto columns = decode_columns(row.value, types_.size());
      fits = columns && !builder.holds(article.id);
      if (fits) builder.add(article, *columns);
      fits = fits && builder.fits();
    } else if (row.key.change == Change::original_changed) {
      const auto original = decode_original(row.value);
      fits = original && builder.copy(article, *original, row.key.version);
    } else {
      const auto moved = decode_moved(row.value);
      const Derived derived = derive(extraction, std::vector<EntityId>(extraction.actors.size()), table_);
      fits = moved && builder.move(article, *moved, row.key.version, &derived.columns);
    }
    return fits ? Result<void>() : Result<void>(damaged(Family::log, encode(row.key)));
  }

  const Database& database_;
  const ExtractionSource& source_;
  IdentityBook* const book_;
  const std::vector<std::string> types_;
  TypeTable table_;
  const std::vector<Decision> decisions_;
};

}  // namespace

Result<ViewTables> catch_up(const Database& database, const ExtractionSource& source, const ViewTables& base, IdentityBook* book) {
  auto types = load_types(database);
  if (!types) return types.error();
  auto decisions = load_decisions(database);
  if (!decisions) return decisions.error();
  const auto newest = load_version(database);
  if (!newest) return newest.error();
  const auto rows = log_after(database, base.version);
  if (!rows) return rows.error();
  Follower follower(database, source, book, std::move(*types), std::move(*decisions));
  ViewTables tables = base;
  // A version of decisions alone may have no row in the log.
  for (Version version = base.version + 1; version <= *newest; ++version) {
    ViewBuilder builder(tables, ViewBuilder::Scale::batch);
    const auto of_version = rows->find(version);
    if (auto done = follower.step(builder, version, of_version == rows->end() ? std::vector<LogRow>() : of_version->second); !done) return done.error();
    if (version == *newest)
      if (auto done = follower.end(builder, base.version); !done) return done.error();
    tables = builder.finish(version);
  }
  const auto state = load_state(database);
  if (!state) return state.error();
  tables.hash = state->hash;
  tables.decisions = std::make_shared<const std::vector<Decision>>(follower.decisions());
  if (*state != state_of(tables)) return damaged(Family::meta, kStateKey);
  return tables;
}

}  // namespace relata::storage
