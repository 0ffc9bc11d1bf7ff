#include "storage/tie_rows.h"

#include <functional>

#include "storage/bytes.h"
#include "storage/extraction_bytes.h"
#include "storage/rows.h"

namespace relata::storage {

std::string ties_key(ArticleId id) {
  ByteWriter out;
  out.raw(kTiesPrefix);
  out.big64(id.value);
  return out.take();
}

std::optional<ArticleId> decode_ties_key(std::string_view key) {
  if (!key.starts_with(kTiesPrefix)) return std::nullopt;
  ByteReader in(key.substr(kTiesPrefix.size()));
  const ArticleId id{in.big64()};
  return in.done() ? std::optional(id) : std::nullopt;
}

std::string encode(const std::vector<TiedActor>& tied) {
  ByteWriter out;
  out.varint(tied.size());
  for (const TiedActor& each : tied) {
    out.varint(each.actor);
    out.varint(each.ties.size());
    for (const Tie& tie : each.ties) {
      out.text(tie.office);
      out.text(tie.body);
    }
  }
  return out.take();
}

std::optional<std::vector<TiedActor>> decode_ties(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<TiedActor> tied(in.count());
  for (TiedActor& each : tied) {
    each.actor = in.varint32();
    each.ties.resize(in.count());
    for (Tie& tie : each.ties) {
      tie.office = in.text();
      tie.body = in.text();
    }
  }
  return in.done() ? std::optional(std::move(tied)) : std::nullopt;
}

void put_ties(const Extraction& extraction, WriteSet& writes) {
  if (const std::vector<TiedActor> tied = ties_of(extraction); !tied.empty()) writes.put(Family::identity, ties_key(extraction.article.id), encode(tied));
}

namespace {

// What each article that holds says people are, by its body.
Result<void> each_held(const Database& database, const Database::Snapshot& at, const std::function<Result<void>(ArticleId, std::vector<TiedActor>)>& take) {
  return database.scan(Family::articles, "", [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto article = decode_article_key(key);
    const auto row = decode_article_row(value);
    if (!article || !row) return corrupt(name_of(Family::articles, key) + ": does not decode; the store is damaged, restore it from a backup");
    if (row->removed != kForever) return {};
    const auto body = database.get(Family::bodies, key, at);
    if (!body) return body.error();
    const auto extraction = *body ? decode_extraction(**body) : Result<Extraction>(corrupt("missing"));
    if (!extraction) return corrupt(name_of(Family::bodies, key) + ": " + extraction.error().message + "; the store is damaged, restore it from a backup");
    return take(article->id, ties_of(*extraction));
  }, at);
}

}  // namespace

Result<bool> ties_complete(const Database& database, const Database::Snapshot& at) {
  const auto mark = database.get(Family::meta, kTiesKey, at);
  if (!mark) return mark.error();
  return mark->has_value();
}

Result<void> complete_ties(Database& database) {
  constexpr std::size_t kChunk = 10'000;  // rows
  const auto complete = ties_complete(database);
  if (!complete) return complete.error();
  if (*complete) return {};
  std::vector<std::pair<ArticleId, std::string>> rows;
  const auto write = [&](bool last) -> Result<void> {
    auto writes = database.writes();
    if (!writes) return writes.error();
    for (const auto& [id, row] : rows) writes->put(Family::identity, ties_key(id), row);
    if (last) writes->put(Family::meta, kTiesKey, "");
    rows.clear();
    return database.write(*writes);
  };
  const auto scanned = each_held(database, nullptr, [&](ArticleId id, const std::vector<TiedActor>& tied) -> Result<void> {
    if (!tied.empty()) rows.emplace_back(id, encode(tied));
    return rows.size() < kChunk ? Result<void>() : write(false);
  });
  return scanned ? write(true) : scanned;
}

Result<void> retell_ties(const Database& database, IdentityBook& book, const Database::Snapshot& at) {
  const auto complete = ties_complete(database, at);
  if (!complete) return complete.error();
  if (!*complete)
    return each_held(database, at, [&](ArticleId id, std::vector<TiedActor> tied) -> Result<void> {
      if (!tied.empty()) book.retell(id, std::move(tied));
      return {};
    });
  return database.scan(Family::identity, kTiesPrefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto id = decode_ties_key(key);
    auto tied = decode_ties(value);
    if (!id || !tied) return corrupt(name_of(Family::identity, key) + ": does not decode; the store is damaged, restore it from a backup");
    book.retell(*id, std::move(*tied));
    return {};
  }, at);
}

}  // namespace relata::storage
