#include "storage/batch_writer.h"

#include <algorithm>

#include "storage/bytes.h"
#include "storage/extraction_bytes.h"
#include "storage/past_rows.h"
#include "storage/tie_rows.h"

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
      hash_(newest.hash),
      builder_(newest, ViewBuilder::Scale::batch),
      types_(*newest.types) {}

Result<void> BatchWriter::retract(ArticleId id) {
  const std::uint32_t place = newest_.find_article(id);
  if (!builder_.remove(id, version_))
    return not_found("article " + relata::to_string(id) + ": cannot be retracted, there is no such article");
  const ArticleKey key{id, newest_.articles[place].added};
  auto extraction = source_.read(key);
  if (!extraction) return extraction.error();
  if ((*extraction)->actors.size() != newest_.articles[place].actors)
    return corrupt("article " + relata::to_string(id) + ": its extraction and the log disagree on the number of actors; run check");
  retracted_.push_back({key, std::move(*extraction)});
  closed_.insert(id);
  return {};
}

Result<bool> BatchWriter::add(const Extraction& extraction) {
  if (builder_.holds(extraction.article.id) || !opened_.insert(extraction.article.id).second) return false;
  added_.push_back(&extraction);
  return true;
}

std::vector<const Extraction*> BatchWriter::retracted() const {
  std::vector<const Extraction*> extractions;
  for (const Retracted& each : retracted_) extractions.push_back(each.extraction.get());
  return extractions;
}

// Of the actors of an article's newest lifetime, before this batch.
std::vector<EntityId> BatchWriter::entities_of(ArticleId id) const {
  const ArticleEntry& article = newest_.articles[newest_.find_article(id)];
  std::vector<EntityId> entities;
  for (std::uint32_t i = 0; i < article.actors; ++i) entities.push_back(newest_.nodes[newest_.actor_nodes[std::size_t{article.first_actor} + i]].id);
  return entities;
}

void BatchWriter::put_retracted(const Retracted& retracted) {
  const ArticleKey& key = retracted.key;
  Derived derived = derive(*retracted.extraction, entities_of(key.id), types_);
  hash_ -= hash_of(*retracted.extraction, derived.columns.entities);
  const ArticleRow row{version_, static_cast<std::uint32_t>(derived.actor_rows.size()),
                       static_cast<std::uint32_t>(derived.columns.statements.size())};
  writes_.put(Family::articles, encode(key), encode(row));
  writes_.put(Family::log, encode(LogKey{version_, Change::article_removed, key}), "");
  if (!ties_of(*retracted.extraction).empty()) writes_.remove(Family::identity, ties_key(key.id));
  for (ActorIndex i = 0; i < derived.actor_rows.size(); ++i) {
    derived.actor_rows[i].removed = version_;
    pending_[{derived.columns.entities[i], key, i}] = std::move(derived.actor_rows[i]);
  }
  recounted_.insert(derived.columns.entities.begin(), derived.columns.entities.end());
}

Result<void> BatchWriter::put_added(const Extraction& extraction, const IdentityBook* book) {
  const ArticleKey key{extraction.article.id, version_};
  const std::vector<std::string> keys = entity_keys(extraction);
  std::vector<EntityId> entities = own_entities(keys);
  for (ActorIndex i = 0; i < keys.size(); ++i) {
    if (book != nullptr) {
      entities[i] = book->home({key.id, i});
    } else if (newest_.find_node(entities[i]) == IdIndex::kNowhere) {
      writes_.put(Family::keys, encode(entities[i]), encode(KeyRow{version_, keys[i]}));
    }
  }
  Derived derived = derive(extraction, std::move(entities), types_);
  if (types_.full()) {
    return bad_input("article " + relata::to_string(key.id) + ": the store knows " + std::to_string(TypeTable::kMost) +
                     " relation types and takes no more");
  }
  const ArticleRow row{kForever, static_cast<std::uint32_t>(derived.actor_rows.size()),
                       static_cast<std::uint32_t>(derived.columns.statements.size())};
  writes_.put(Family::articles, encode(key), encode(row));
  writes_.put(Family::bodies, encode(key), encode_extraction(extraction));
  writes_.put(Family::addresses, address_key(extraction.article.uri, key.id), "");
  put_ties(extraction, writes_);
  hash_ += hash_of(extraction, derived.columns.entities);
  writes_.put(Family::log, encode(LogKey{version_, Change::article_added, key}), encode(derived.columns));
  builder_.add(key, derived.columns);
  for (ActorIndex i = 0; i < derived.actor_rows.size(); ++i)
    pending_[{derived.columns.entities[i], key, i}] = std::move(derived.actor_rows[i]);
  return {};
}

// Those that are in the graph before and after, and are not what the tables say.
BatchWriter::Moves BatchWriter::moves(const Settlement& settlement) const {
  Moves moves;
  for (const std::set<ActorRef> actors(settlement.moved.begin(), settlement.moved.end()); const ActorRef& actor : actors) {
    const std::uint32_t place = newest_.find_article(actor.article);
    if (place == IdIndex::kNowhere || closed_.contains(actor.article) || newest_.articles[place].removed != kForever) continue;
    const EntityId now = settlement.book->home(actor);
    if (newest_.nodes[newest_.actor_nodes[std::size_t{newest_.articles[place].first_actor} + actor.actor]].id != now)
      moves[actor.article].push_back({actor.actor, now});
  }
  return moves;
}

Result<void> BatchWriter::put_moved(ArticleId id, const std::vector<MovedActor>& moved) {
  const ArticleKey key{id, newest_.articles[newest_.find_article(id)].added};
  const auto extraction = source_.read(key);
  if (!extraction) return extraction.error();
  const std::vector<EntityId> before = entities_of(id);
  std::vector<EntityId> after = before;
  for (const MovedActor& each : moved) after[each.actor] = each.entity;
  const Derived was = derive(**extraction, before, types_), is = derive(**extraction, after, types_);
  for (ActorIndex i = 0; i < is.actor_rows.size(); ++i) {
    if (before[i] == after[i] && was.actor_rows[i].share == is.actor_rows[i].share) continue;
    recounted_.insert(before[i]);
    if (before[i] != after[i]) pending_[{before[i], key, i}] = moved_on(is.actor_rows[i], version_);
    pending_[{after[i], key, i}] = is.actor_rows[i];
  }
  std::vector<MovedActor> were;
  for (const MovedActor& each : moved) {
    were.push_back({each.actor, before[each.actor]});
    hash_ -= hash_of({id, each.actor}, before[each.actor]);
    hash_ += hash_of({id, each.actor}, each.entity);
  }
  writes_.put(Family::past, past_homes_key(key, version_), encode(were));
  writes_.put(Family::log, encode(LogKey{version_, Change::actors_moved, key}), encode(moved));
  if (!builder_.move(key, moved, version_, &is.columns)) return corrupt("article " + relata::to_string(id) + ": the log disagrees with its extraction; run check");
  return {};
}

void BatchWriter::put_identity(const Settlement& settlement) {
  for (const std::string& key : settlement.book->met()) writes_.put(Family::keys, encode(entity_id(key)), encode(KeyRow{version_, key}));
  for (const Decision& decision : settlement.decided) writes_.put(Family::identity, decision_key(decision.id), encode(decision));
  for (const std::set<EntityId> ids(settlement.redirected.begin(), settlement.redirected.end()); const EntityId id : ids) {
    const Redirect redirect{id, settlement.book->entity(id).value_or(id)};
    const EntityId before = newest_.entity_now(id);
    if (before == redirect.entity) continue;
    writes_.put(Family::past, past_redirect_key(id, version_), encode(Redirect{id, before}));
    writes_.put(Family::identity, redirect_key(id), encode(redirect));
    builder_.redirect(redirect);
  }
}

// The sketches of what is added, and what is a copy of something else than before.
Result<void> BatchWriter::put_copies(const Settlement& settlement) {
  for (std::size_t i = 0; i < added_.size(); ++i) writes_.put(Family::identity, sketch_key(added_[i]->article.id), encode(settlement.sketches[i]));
  for (const std::set<ArticleId> copied(settlement.copied.begin(), settlement.copied.end()); const ArticleId id : copied) {
    const bool fresh = opened_.contains(id);
    if (!fresh && closed_.contains(id)) continue;
    const std::uint32_t place = newest_.find_article(id);
    const ArticleId original = settlement.copies->original(id);
    if (original == (fresh ? id : newest_.original(newest_.articles[place]))) continue;
    const ArticleKey key{id, fresh ? version_ : newest_.articles[place].added};
    writes_.put(Family::log, encode(LogKey{version_, Change::original_changed, key}), encode_original(original));
    if (!builder_.copy(key, original, version_)) return corrupt("article " + relata::to_string(id) + ": its original is not there; run check");
  }
  return {};
}

// The record of an entity from all its stored actors, and those rows [begin, end) that this batch writes over them.
Result<EntityRecord> BatchWriter::recount(EntityId entity, Pending::const_iterator begin, Pending::const_iterator end) const {
  RecordCount counted;
  const auto stored = [&](std::string_view key_bytes, std::string_view value) -> Result<void> {
    const auto key = decode_actor_key(key_bytes);
    const auto row = decode_actor_row(value);
    if (!key || !row) return corrupt(name_of(Family::actors, key_bytes) + " does not decode; restore the store from a backup");
    if (!pending_.contains(*key)) counted.add(*row);
    return {};
  };
  if (auto scanned = database_.scan(Family::actors, encode(entity), stored); !scanned) return scanned.error();
  for (auto each = begin; each != end; ++each) counted.add(each->second);
  return std::move(counted).record();
}

// The record of an entity that only gains: what it is now, or nothing when nobody mentioned it any more.
EntityRecord BatchWriter::continued(EntityId entity) const {
  const Node node = newest_.find_node(entity);
  if (node == IdIndex::kNowhere) return {};
  const auto record = decode_entity_record(newest_.nodes[node].record_view());
  if (record && record->holds()) return *record;
  EntityRecord anew;
  if (record) anew.remember({&*record});
  return anew;
}

Result<void> BatchWriter::put_actors_and_records() {
  for (auto first = pending_.cbegin(), last = first; first != pending_.cend(); first = last) {
    const EntityId entity = first->first.entity;
    while (last != pending_.cend() && last->first.entity == entity) ++last;
    EntityRecord record;
    if (recounted_.contains(entity)) {
      auto counted = recount(entity, first, last);
      if (!counted) return counted.error();
      record = std::move(*counted);
    } else {
      record = continued(entity);
      for (auto each = first; each != last; ++each) record.add(each->second.actor, each->second.share);
    }
    for (auto each = first; each != last; ++each) writes_.put(Family::actors, encode(each->first), encode(each->second));
    const std::string bytes = encode(record);
    const Node node = newest_.find_node(entity);
    writes_.put(Family::past, past_record_key(entity, version_), node == IdIndex::kNowhere ? "" : newest_.nodes[node].record_view());
    writes_.put(Family::entities, encode(entity), bytes);
    builder_.record(entity, bytes);
  }
  return {};
}

void BatchWriter::decided(const std::vector<Decision>& fresh, ViewTables& tables) {
  if (fresh.empty()) return;
  auto all = std::make_shared<std::vector<Decision>>(*newest_.decisions);
  hash_ -= hash_of(*all);
  all->insert(all->end(), fresh.begin(), fresh.end());
  hash_ += hash_of(*all);
  tables.decisions = std::move(all);
}

StateRow state_of(const ViewTables& tables) {
  const Counts& counts = tables.counts;
  return {tables.version, counts.articles, counts.entities, counts.statements, counts.relations, static_cast<std::uint32_t>(tables.types->size()), tables.hash};
}

Result<ViewTables> BatchWriter::finish(const Settlement& settlement) {
  for (const Retracted& each : retracted_) put_retracted(each);
  for (const Extraction* each : added_)
    if (auto put = put_added(*each, settlement.book); !put) return put.error();
  if (settlement.book != nullptr) {
    for (const auto& [article, moved] : moves(settlement))
      if (auto put = put_moved(article, moved); !put) return put.error();
    put_identity(settlement);
  }
  if (auto put = put_copies(settlement); !put) return put.error();
  if (auto put = put_actors_and_records(); !put) return put.error();
  if (!builder_.fits()) return bad_input("the batch is refused: a store holds less than 2^32 statements, entities and actors");
  for (std::size_t i = newest_.types->size(); i < types_.names().size(); ++i) writes_.put(Family::meta, type_key(i), types_.names()[i]);
  if (types_.names().size() > newest_.types->size()) builder_.set_types(types_.names());
  ViewTables tables = builder_.finish(version_);
  decided(settlement.decided, tables);
  tables.hash = hash_;
  const std::string state = encode(state_of(tables));
  writes_.put(Family::meta, kStateKey, state);
  writes_.put(Family::past, past_state_key(version_), state);
  return tables;
}

}  // namespace relata::storage
