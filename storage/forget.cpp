#include "storage/forget.h"

#include <map>
#include <set>

#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "storage/copy_rows.h"
#include "storage/extraction_bytes.h"
#include "storage/past_rows.h"
#include "storage/view_image.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

Error damaged(Family family, std::string_view key) { return corrupt(name_of(family, key) + ": does not decode; run check"); }

class Forgetter {
 public:
  Forgetter(Database& database, WriteSet& writes, Version oldest) : database_(database), writes_(writes), oldest_(oldest), at_(database.snapshot()) {}

  Result<ForgetReport> run() {
    using Step = Result<void> (Forgetter::*)();
    for (const Step step : {&Forgetter::lifetimes, &Forgetter::log, &Forgetter::actors, &Forgetter::past})
      if (auto done = (this->*step)(); !done) return done.error();
    ByteWriter oldest;
    oldest.fixed32(oldest_);
    writes_.put(Family::meta, kOldestKey, oldest.bytes());
    writes_.remove(Family::meta, kImageKey);  // it has what is forgotten
    return report_;
  }

 private:
  void remove(Family family, std::string_view key) {
    writes_.remove(family, key);
    ++report_.keys;
  }

  // Articles that ended by then, with their words; an address goes with the last lifetime of its article.
  Result<void> lifetimes() {
    std::map<ArticleId, std::string> ended;  // key of the address
    std::set<ArticleId> stays;
    const auto scanned = database_.scan(Family::articles, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto key = decode_article_key(bytes);
      const auto row = decode_article_row(value);
      if (!key || !row) return damaged(Family::articles, bytes);
      if (row->removed > oldest_) {
        stays.insert(key->id);
        return {};
      }
      const auto body = database_.get(Family::bodies, bytes, at_);
      if (!body) return body.error();
      const auto extraction = *body ? decode_extraction(**body) : Result<Extraction>(damaged(Family::bodies, bytes));
      if (!extraction) return extraction.error();
      ended[key->id] = address_key(extraction->article.uri, key->id);
      gone_.insert(*key);
      ++report_.articles;
      remove(Family::articles, bytes);
      remove(Family::bodies, bytes);
      return {};
    }, at_);
    if (!scanned) return scanned;
    for (const auto& [id, address] : ended)
      if (!stays.contains(id)) {
        remove(Family::addresses, address);
        remove(Family::identity, sketch_key(id));
      }
    return {};
  }

  // What ended is as if it had never been; what moved by then began where it was then.
  Result<void> log() {
    const auto types = load_types(database_, at_);
    if (!types) return types.error();
    std::map<ArticleKey, std::string> originals;  // keys of the newest rows up to then: earlier ones may name what is gone
    return database_.scan(Family::log, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto key = decode_log_key(bytes);
      if (!key) return damaged(Family::log, bytes);
      if (gone_.contains(key->article)) {
        remove(Family::log, bytes);
        return {};
      }
      if (key->version > oldest_) return {};
      if (key->change == Change::original_changed) {
        std::string& newest = originals[key->article];
        if (!newest.empty()) remove(Family::log, newest);
        newest = bytes;
      }
      if (key->change != Change::actors_moved) return {};
      remove(Family::log, bytes);
      return fold(key->article, value, types->size());
    }, at_);
  }

  Result<void> fold(const ArticleKey& article, std::string_view value, std::size_t types) {
    const std::string key = encode(LogKey{article.added, Change::article_added, article});
    auto [at, fresh] = folded_.try_emplace(article);
    if (fresh) {
      const auto stored = database_.get(Family::log, key, at_);
      if (!stored) return stored.error();
      const auto columns = *stored ? decode_columns(**stored, types) : std::nullopt;
      if (!columns) return damaged(Family::log, key);
      at->second = *columns;
    }
    const auto moved = decode_moved(value);
    if (!moved) return damaged(Family::log, key);
    for (const MovedActor& each : *moved) {
      if (each.actor >= at->second.entities.size()) return damaged(Family::log, key);
      at->second.entities[each.actor] = each.entity;
    }
    writes_.put(Family::log, key, encode(at->second));
    return {};
  }

  // Rows that ended by then; an entity whose last row goes is gone, one that only rows of the past have is counted again.
  Result<void> actors() {
    std::optional<EntityId> open;
    RecordCount left;
    bool lost = false, any = false;
    const auto close = [&] {
      if (!open || !lost) return;
      if (any) {
        writes_.put(Family::entities, encode(*open), encode(std::move(left).record()));
      } else {
        remove(Family::entities, encode(*open));
      }
    };
    const auto scanned = database_.scan(Family::actors, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto key = decode_actor_key(bytes);
      const auto row = decode_actor_row(value);
      if (!key || !row) return damaged(Family::actors, bytes);
      if (open != key->entity) {
        close();
        open = key->entity;
        left = RecordCount{};
        lost = any = false;
      }
      if (row->removed <= oldest_) {
        lost = true;
        remove(Family::actors, bytes);
      } else {
        any = true;
        left.add(*row);
      }
      return {};
    }, at_);
    close();
    return scanned;
  }

  Result<void> past() {
    return database_.scan(Family::past, "", [&](std::string_view bytes, std::string_view) -> Result<void> {
      const Version until = until_of(bytes);
      const bool state = bytes.starts_with('s');
      if (state ? until < oldest_ : until <= oldest_) remove(Family::past, bytes);
      return {};
    }, at_);
  }

  Database& database_;
  WriteSet& writes_;
  Version oldest_;
  Database::Snapshot at_;
  ForgetReport report_;
  std::set<ArticleKey> gone_;
  std::map<ArticleKey, ArticleColumns> folded_;
};

}  // namespace

Result<ForgetReport> forget_before(Database& database, Version oldest) {
  auto writes = database.writes();
  if (!writes) return writes.error();
  auto report = Forgetter(database, *writes, oldest).run();
  if (!report) return report;
  if (auto written = database.write(*writes); !written) return written.error();
  (void)database.compact();  // what is forgotten is forgotten, be its space given back now or by a later compaction
  return report;
}

}  // namespace relata::storage
