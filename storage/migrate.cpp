#include "storage/migrate.h"

#include <map>

#include "graph/content_hash.h"
#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "storage/extraction_bytes.h"
#include "storage/past_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

Error damaged(Family family, std::string_view key) { return corrupt(name_of(family, key) + ": does not decode; the store is damaged, restore it from a backup"); }

// The state of format 2 had no hash and no number of types.
std::optional<StateRow> decode_old_state(std::string_view bytes) {
  ByteReader in(bytes);
  StateRow row;
  row.version = in.fixed32();
  for (std::uint64_t* count : {&row.articles, &row.entities, &row.statements, &row.relations}) *count = in.fixed64();
  return in.done() ? std::optional(row) : std::nullopt;
}

// Which entities the actors of each article that holds are now.
Result<std::map<ArticleKey, std::vector<EntityId>>> homes_now(const Database& database, std::size_t types) {
  std::map<ArticleKey, std::vector<EntityId>> homes;
  const auto scanned = database.scan(Family::log, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_log_key(bytes);
    if (!key) return damaged(Family::log, bytes);
    if (key->change == Change::article_removed) homes.erase(key->article);
    if (key->change == Change::article_added) {
      const auto columns = decode_columns(value, types);
      if (!columns) return damaged(Family::log, bytes);
      homes[key->article] = columns->entities;
    }
    if (key->change != Change::actors_moved) return {};
    const auto moved = decode_moved(value);
    std::vector<EntityId>& entities = homes[key->article];
    if (!moved) return damaged(Family::log, bytes);
    for (const MovedActor& each : *moved) {
      if (each.actor >= entities.size()) return damaged(Family::log, bytes);
      entities[each.actor] = each.entity;
    }
    return {};
  });
  if (!scanned) return scanned.error();
  return homes;
}

}  // namespace

Result<void> migrate_from_2(Database& database) {
  const auto bytes = database.get(Family::meta, kStateKey);
  if (!bytes) return bytes.error();
  if (*bytes && decode_state_row(**bytes)) return {};  // was interrupted after its write
  auto state = *bytes ? decode_old_state(**bytes) : std::nullopt;
  if (!state) return damaged(Family::meta, kStateKey);
  const auto types = load_types(database);
  if (!types) return types.error();
  const auto homes = homes_now(database, types->size());
  if (!homes) return homes.error();
  const auto decisions = load_decisions(database);
  if (!decisions) return decisions.error();
  auto writes = database.writes();
  if (!writes) return writes.error();
  state->types = static_cast<std::uint32_t>(types->size());
  state->hash = hash_of(*decisions);
  const auto scanned = database.scan(Family::bodies, "", [&](std::string_view key_bytes, std::string_view value) -> Result<void> {
    const auto key = decode_article_key(key_bytes);
    const auto extraction = decode_extraction(value);
    if (!key || !extraction) return damaged(Family::bodies, key_bytes);
    writes->put(Family::addresses, address_key(extraction->article.uri, key->id), "");
    if (const auto held = homes->find(*key); held != homes->end()) state->hash += hash_of(*extraction, held->second);
    return {};
  });
  if (!scanned) return scanned;
  // A record of format 2 lacks the list of former names at its end.
  const auto renewed = database.scan(Family::entities, "", [&](std::string_view key, std::string_view value) -> Result<void> {
    writes->put(Family::entities, key, std::string(value) + '\0');
    return {};
  });
  if (!renewed) return renewed;
  ByteWriter oldest;
  oldest.fixed32(state->version);
  writes->put(Family::meta, kOldestKey, oldest.bytes());
  writes->put(Family::past, past_state_key(state->version), encode(*state));
  writes->put(Family::meta, kStateKey, encode(*state));
  return database.write(*writes);
}

}  // namespace relata::storage
