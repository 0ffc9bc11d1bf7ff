// Articles: what is derived from each body, against what is stored.
#include "storage/batch_writer.h"
#include "storage/checker.h"
#include "storage/copy_rows.h"
#include "storage/extraction_bytes.h"
#include "storage/past_rows.h"
#include "storage/tie_rows.h"

namespace relata::storage {

Result<void> Checker::articles() {
  std::optional<ArticleKey> last;
  Version last_removed = 0;
  return database_.scan(Family::articles, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_article_key(bytes);
    const auto row = decode_article_row(value);
    if (!key || !row) {
      fault(Family::articles, bytes, "does not decode");
      return {};
    }
    const bool ends = row->removed != kForever;
    if (key->added == 0 || key->added > view_.version() || (ends && (row->removed <= key->added || row->removed > view_.version())))
      fault(Family::articles, bytes, "its versions are out of order");
    if (last && last->id == key->id && last_removed > key->added) fault(Family::articles, bytes, "overlaps an earlier lifetime");
    last = key;
    last_removed = row->removed;
    return article(*key, *row);
  }, at_);
}

Result<void> Checker::article(const ArticleKey& key, const ArticleRow& row) {
  const std::string bytes = encode(key);
  const auto body = database_.get(Family::bodies, bytes, at_);
  if (!body) return body.error();
  const auto extraction = *body ? decode_extraction(**body) : Result<Extraction>(corrupt("missing"));
  if (!extraction) {
    fault(Family::bodies, bytes, extraction.error().message);
    return {};
  }
  if (extraction->article.id != key.id) fault(Family::bodies, bytes, "belongs to another article");
  if (auto valid = validate(*extraction); !valid) fault(Family::bodies, bytes, valid.error().message);
  const std::vector<EntityId> entities = entities_of(key);
  if (entities.size() != extraction->actors.size()) {
    fault(Family::bodies, bytes, "the graph in memory has not the same actors");
    return {};
  }
  const Derived derived = derive(*extraction, entities, types_);
  if (types_.names().size() != known_types_) fault(Family::bodies, bytes, "has a relation type the store does not list");
  if (row.actors != derived.actor_rows.size() || row.statements != derived.columns.statements.size())
    fault(Family::articles, bytes, "its counts are not those of its body");
  if (auto seen = sketch(extraction->article); !seen) return seen;
  if (row.removed == kForever)
    if (auto seen = ties(*extraction); !seen) return seen;
  for (const std::string& text : entity_keys(*extraction)) {
    const auto [known, fresh] = known_keys_.try_emplace(entity_id(text), KeyRow{key.added, text});
    known->second.added = std::min(known->second.added, key.added);
  }
  ++bodies_;
  ++log_rows_;
  addresses_.insert(address_key(extraction->article.uri, key.id));
  if (row.removed == kForever) hash_ += hash_of(*extraction, entities);
  if (row.removed == kForever) {
    ++report_.articles;
    report_.statements += row.statements;
  }
  return derived_rows(key, row, derived);
}

Result<void> Checker::sketch(const Article& article) {
  const std::string key = sketch_key(article.id);
  const auto stored = database_.get(Family::identity, key, at_);
  if (!stored) return stored.error();
  if (!*stored || !sketches_.insert(article.id).second) return {};
  if (**stored != encode(sketch_row(article))) fault(Family::identity, key, "differs from what its article says");
  return {};
}

Result<void> Checker::ties(const Extraction& extraction) {
  const std::string key = ties_key(extraction.article.id);
  const auto stored = database_.get(Family::identity, key, at_);
  if (!stored) return stored.error();
  if (!*stored) return {};
  ties_.insert(extraction.article.id);
  if (**stored != encode(ties_of(extraction))) fault(Family::identity, key, "differs from what its article says");
  return {};
}

std::vector<EntityId> Checker::entities_of(const ArticleKey& key) const {
  std::vector<EntityId> entities;
  const ViewTables& tables = view_.tables();
  const auto lifetime = lifetimes_.find(key);
  if (lifetime == lifetimes_.end()) return entities;
  const ArticleEntry& article = tables.articles[lifetime->second];
  for (std::uint32_t i = 0; i < article.actors; ++i) entities.push_back(tables.nodes[tables.actor_nodes[std::size_t{article.first_actor} + i]].id);
  return entities;
}

Result<std::vector<EntityId>> Checker::first_entities_of(const ArticleKey& key) const {
  const auto stored = database_.get(Family::log, encode(LogKey{key.added, Change::article_added, key}), at_);
  if (!stored) return stored.error();
  const auto columns = *stored ? decode_columns(**stored, known_types_) : std::nullopt;
  return columns ? columns->entities : std::vector<EntityId>{};
}

Result<void> Checker::derived_rows(const ArticleKey& key, const ArticleRow& row, const Derived& derived) {
  const auto first = first_entities_of(key);
  if (!first) return first.error();
  ArticleColumns columns = derived.columns;
  if (first->size() == columns.entities.size()) columns.entities = *first;
  if (auto seen = expect(Family::log, encode(LogKey{key.added, Change::article_added, key}), encode(columns)); !seen) return seen;
  if (row.removed != kForever) {
    ++log_rows_;
    if (auto seen = expect(Family::log, encode(LogKey{row.removed, Change::article_removed, key}), ""); !seen) return seen;
  }
  for (ActorIndex i = 0; i < derived.actor_rows.size(); ++i) {
    ActorRow actor = derived.actor_rows[i];
    actor.removed = row.removed;
    if (auto seen = expect(Family::actors, encode(ActorKey{derived.columns.entities[i], key, i}), encode(actor)); !seen) return seen;
    ++actor_rows_;
  }
  return {};
}

}  // namespace relata::storage
