#include "storage/batch_writer.h"

#include "storage/bytes.h"
#include "storage/extraction_bytes.h"

namespace relata::storage {

std::string type_key(std::size_t place) {
  ByteWriter out;
  out.raw(kTypePrefix);
  out.u8(static_cast<std::uint8_t>(place >> 8));
  out.u8(static_cast<std::uint8_t>(place));
  return out.take();
}

BatchWriter::BatchWriter(const Database& database, const ExtractionSource& source, const ViewTables& newest, WriteSet& writes)
    : database_(database),
      source_(source),
      newest_(newest),
      writes_(writes),
      version_(newest.version + 1),
      builder_(newest, ViewBuilder::Scale::batch),
      types_(*newest.types) {}

Result<void> BatchWriter::retract(ArticleId id) {
  const std::uint32_t place = newest_.find_article(id);
  if (!builder_.remove(id, version_))
    return not_found("article " + relata::to_string(id) + ": cannot be retracted, there is no such article");
  const ArticleKey key{id, newest_.articles[place].added};
  const auto extraction = source_.read(key);
  if (!extraction) return extraction.error();
  const Derived derived = derive(**extraction, types_);
  const ArticleRow row{version_, static_cast<std::uint32_t>(derived.actor_rows.size()),
                       static_cast<std::uint32_t>(derived.columns.statements.size())};
  writes_.put(Family::articles, encode(key), encode(row));
  writes_.put(Family::log, encode(LogKey{version_, Change::article_removed, key}), "");
  put_actors(key, derived, version_);
  closed_.insert(key);
  recounted_.insert(derived.columns.actor_keys.begin(), derived.columns.actor_keys.end());
  return {};
}

Result<bool> BatchWriter::add(const Extraction& extraction) {
  const ArticleKey key{extraction.article.id, version_};
  if (builder_.holds(key.id)) return false;
  Derived derived = derive(extraction, types_);
  if (types_.full()) {
    return bad_input("article " + relata::to_string(key.id) + ": the store knows " + std::to_string(TypeTable::kMost) +
                     " relation types and takes no more");
  }
  const ArticleRow row{kForever, static_cast<std::uint32_t>(derived.actor_rows.size()),
                       static_cast<std::uint32_t>(derived.columns.statements.size())};
  writes_.put(Family::articles, encode(key), encode(row));
  writes_.put(Family::bodies, encode(key), encode_extraction(extraction));
  writes_.put(Family::log, encode(LogKey{version_, Change::article_added, key}), encode(derived.columns));
  put_actors(key, derived, kForever);
  builder_.add(key, derived.columns);
  for (std::size_t i = 0; i < derived.actor_rows.size(); ++i) {
    const EntityId entity_key = derived.columns.actor_keys[i];
    std::vector<ActorRow>& rows = gained_[entity_key];
    if (rows.empty() && newest_.find_node(entity_key) == IdIndex::kNowhere)
      writes_.put(Family::keys, encode(entity_key), encode(KeyRow{version_, derived.key_texts[i]}));
    rows.push_back(std::move(derived.actor_rows[i]));
  }
  return true;
}

void BatchWriter::put_actors(const ArticleKey& key, const Derived& derived, Version removed) {
  for (ActorIndex i = 0; i < derived.actor_rows.size(); ++i) {
    ActorRow row = derived.actor_rows[i];
    row.removed = removed;
    writes_.put(Family::actors, encode(ActorKey{derived.columns.actor_keys[i], key, i}), encode(row));
  }
}

// The record of a key from all its stored actors, without those this batch takes back.
Result<EntityRecord> BatchWriter::recount(EntityId entity_key) const {
  EntityRecord now, ever;
  const auto count = [&](std::string_view key_bytes, std::string_view value) -> Result<void> {
    const auto key = decode_actor_key(key_bytes);
    const auto row = decode_actor_row(value);
    if (!key || !row) return corrupt(name_of(Family::actors, key_bytes) + " does not decode; restore the store from a backup");
    ever.add(row->actor, row->share);
    if (row->removed == kForever && !closed_.contains(key->article)) now.add(row->actor, row->share);
    return {};
  };
  if (auto scanned = database_.scan(Family::actors, encode(entity_key), count); !scanned) return scanned.error();
  if (now.holds() || gained_.contains(entity_key)) return now;
  ever.close();
  return ever;
}

// The record of a key that only gains: what it is now, or nothing when nobody mentioned it any more.
EntityRecord BatchWriter::continued(EntityId key) const {
  const Node node = newest_.find_node(key);
  if (node == IdIndex::kNowhere) return {};
  const auto record = decode_entity_record(newest_.nodes[node].record_view());
  return record && record->holds() ? *record : EntityRecord{};
}

Result<void> BatchWriter::put_records() {
  std::map<EntityId, EntityRecord> records;
  for (const EntityId key : recounted_) {
    auto record = recount(key);
    if (!record) return record.error();
    records.emplace(key, std::move(*record));
  }
  for (const auto& [key, rows] : gained_) {
    EntityRecord& record = recounted_.contains(key) ? records.at(key) : records.emplace(key, continued(key)).first->second;
    for (const ActorRow& row : rows) record.add(row.actor, row.share);
  }
  for (const auto& [key, record] : records) {
    const std::string bytes = encode(record);
    writes_.put(Family::entities, encode(key), bytes);
    builder_.record(key, bytes);
  }
  return {};
}

Result<ViewTables> BatchWriter::finish() {
  if (auto put = put_records(); !put) return put.error();
  if (!builder_.fits()) return bad_input("the batch is refused: a store holds less than 2^32 statements, entities and actors");
  for (std::size_t i = newest_.types->size(); i < types_.names().size(); ++i) writes_.put(Family::meta, type_key(i), types_.names()[i]);
  if (types_.names().size() > newest_.types->size()) builder_.set_types(types_.names());
  ViewTables tables = builder_.finish(version_);
  const Counts& counts = tables.counts;
  writes_.put(Family::meta, kStateKey, encode(StateRow{version_, counts.articles, counts.entities, counts.statements, counts.relations}));
  return tables;
}

}  // namespace relata::storage
