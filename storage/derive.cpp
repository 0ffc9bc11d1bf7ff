#include "storage/derive.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace relata::storage {
namespace {

std::uint32_t time_hash(const When& time) {
  const std::string text = time.mod + time.value;
  return static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
}

}  // namespace

StatementColumns columns_of(const Statement& statement, TypeTable& types) {
  StatementColumns columns;
  columns.type = types.place(statement.type);
  columns.subject = statement.subject;
  columns.object = statement.object;
  if (statement.time && (statement.time->begin != kLastDay || statement.time->end != kFirstDay)) {
    columns.begin = statement.time->begin;
    columns.end = statement.time->end;
    columns.time_hash = time_hash(*statement.time);
  }
  columns.polarity = statement.polarity;
  columns.modality = statement.modality;
  columns.confidence = static_cast<std::uint8_t>(std::lround(std::clamp(statement.confidence, 0.0f, 1.0f) * 255));
  for (const Attribution& attribution : statement.attribution) columns.attribution.push_back(attribution.source);
  return columns;
}

std::uint64_t publisher_number(std::string_view publisher) { return XXH3_64bits(publisher.data(), publisher.size()) | 1u; }

TypeIndex TypeTable::place(const std::string& name) {
  const auto [at, fresh] = places_.try_emplace(name, static_cast<TypeIndex>(std::min(names_.size(), kMost)));
  if (fresh) names_.push_back(name);
  return at->second;
}

std::vector<std::string> entity_keys(const Extraction& extraction) {
  std::vector<std::string> keys;
  for (const Actor& actor : extraction.actors) keys.push_back(entity_key(actor));
  return keys;
}

std::vector<EntityId> own_entities(const std::vector<std::string>& keys) {
  std::vector<EntityId> entities;
  for (const std::string& key : keys) entities.push_back(entity_id(key));
  return entities;
}

ActorRow moved_on(const ActorRow& row, Version version) {
  ActorRow left = row;
  left.removed = version;
  left.moved_on = true;
  left.share = {row.share.published, 0, false};
  return left;
}

Derived derive(const Extraction& extraction, std::vector<EntityId> entities, TypeTable& types) {
  Derived derived;
  ArticleColumns& columns = derived.columns;
  columns.published = extraction.article.published;
  columns.publisher = publisher_number(extraction.article.publisher);
  columns.entities = std::move(entities);
  std::unordered_set<EntityId> seen;
  for (std::size_t i = 0; i < extraction.actors.size(); ++i) {
    const Actor& actor = extraction.actors[i];
    ActorRow& row = derived.actor_rows.emplace_back();
    row.actor.name = actor.name;
    row.actor.type = actor.type;
    row.actor.aliases = actor.aliases;
    row.share.published = extraction.article.published;
    row.share.counts_article = seen.insert(columns.entities[i]).second;
  }
  for (const Statement& statement : extraction.statements) {
    columns.statements.push_back(columns_of(statement, types));
    if (columns.entities[statement.subject] == columns.entities[statement.object]) continue;
    ++derived.actor_rows[statement.subject].share.statements;
    ++derived.actor_rows[statement.object].share.statements;
  }
  return derived;
}

}  // namespace relata::storage
