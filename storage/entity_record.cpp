#include <algorithm>
#include <set>

#include "storage/bytes.h"
#include "storage/rows.h"

namespace relata::storage {
namespace {

bool better_name(const std::pair<const std::string, std::uint32_t>& a, const std::pair<const std::string, std::uint32_t>& b) {
  if (a.second != b.second) return a.second > b.second;
  if (a.first.size() != b.first.size()) return a.first.size() > b.first.size();
  return a.first < b.first;
}

void put(ByteWriter& out, const std::map<std::string, std::uint32_t>& counts) {
  out.varint(counts.size());
  for (const auto& [text, count] : counts) {
    out.text(text);
    out.varint(count);
  }
}

void get(ByteReader& in, std::map<std::string, std::uint32_t>& counts) {
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    std::string text(in.text());
    counts.emplace_hint(counts.end(), std::move(text), in.varint32());
  }
}

// The type of most, then the one with the smallest number.
EntityType best_type(const std::map<EntityType, std::uint32_t>& types) {
  return std::max_element(types.begin(), types.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

void get_types(ByteReader& in, std::map<EntityType, std::uint32_t>& types) {
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    const std::uint8_t type = in.u8();
    if (type >= kEntityTypes) in.fail();
    types.emplace(static_cast<EntityType>(type), in.varint32());
  }
}

}  // namespace

void EntityRecord::add(const Actor& actor, const EntityTally::Share& share) {
  ++names_[actor.name];
  for (const std::string& alias : actor.aliases) ++aliases_[alias];
  if (!former_.empty()) std::erase_if(former_, [&](const std::string& name) { return names_.contains(name) || aliases_.contains(name); });
  ++types_[actor.type];
  statements_ += share.statements;
  if (!share.counts_article) return;
  ++articles_;
  if (!share.published) return;
  first_ = first_ ? std::min(*first_, *share.published) : *share.published;
  last_ = last_ ? std::max(*last_, *share.published) : *share.published;
}

void EntityRecord::remember(std::initializer_list<const EntityRecord*> others) {
  std::set<std::string> former;
  for (const EntityRecord* other : others)
    for (const auto* texts : {&other->names_, &other->aliases_})
      for (const auto& [text, count] : *texts)
        if (!names_.contains(text) && !aliases_.contains(text)) former.insert(text);
  for (const EntityRecord* other : others)
    for (const std::string& text : other->former_)
      if (!names_.contains(text) && !aliases_.contains(text)) former.insert(text);
  former_.assign(former.begin(), former.end());
}

Entity EntityRecord::entity(EntityId id) const {
  Entity entity;
  entity.id = id;
  if (!names_.empty()) entity.name = std::min_element(names_.begin(), names_.end(), better_name)->first;
  if (!types_.empty()) entity.type = best_type(types_);
  for (const auto& [alias, count] : aliases_) entity.aliases.push_back(alias);
  for (const auto& [name, count] : names_)
    if (!aliases_.contains(name)) entity.aliases.push_back(name);
  std::sort(entity.aliases.begin(), entity.aliases.end());
  entity.articles = articles_;
  entity.statements = statements_;
  entity.first = first_;
  entity.last = last_;
  return entity;
}

std::string encode(const EntityRecord& record) {
  ByteWriter out;
  out.varint(record.articles_);
  out.varint(record.statements_);
  out.u8(record.first_ ? 1 : 0);
  if (record.first_) {
    out.zigzag(record.first_->number);
    out.zigzag(record.last_->number);
  }
  out.varint(record.types_.size());
  for (const auto& [type, count] : record.types_) {
    out.u8(static_cast<std::uint8_t>(type));
    out.varint(count);
  }
  put(out, record.names_);
  put(out, record.aliases_);
  out.varint(record.former_.size());
  for (const std::string& name : record.former_) out.text(name);
  return out.take();
}

std::optional<EntityRecord> decode_entity_record(std::string_view bytes) {
  ByteReader in(bytes);
  EntityRecord record;
  record.articles_ = in.varint32();
  record.statements_ = in.varint32();
  if (in.u8() != 0) {
    record.first_ = Day{static_cast<std::int32_t>(in.zigzag())};
    record.last_ = Day{static_cast<std::int32_t>(in.zigzag())};
  }
  get_types(in, record.types_);
  get(in, record.names_);
  get(in, record.aliases_);
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) record.former_.emplace_back(in.text());
  if (!in.done()) return std::nullopt;
  return record;
}

std::optional<std::uint32_t> articles_of_record(std::string_view bytes) {
  ByteReader in(bytes);
  const std::uint32_t articles = in.varint32();
  return in.ok() ? std::optional(articles) : std::nullopt;
}

std::optional<EntityType> type_of_record(std::string_view bytes) {
  ByteReader in(bytes);
  (void)in.varint();  // articles
  (void)in.varint();  // statements
  if (in.u8() != 0) {
    (void)in.zigzag();  // first
    (void)in.zigzag();  // last
  }
  std::map<EntityType, std::uint32_t> types;
  get_types(in, types);
  return in.ok() && !types.empty() ? std::optional(best_type(types)) : std::nullopt;
}

}  // namespace relata::storage
