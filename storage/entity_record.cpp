#include <algorithm>
#include <set>

#include "storage/bytes.h"
#include "storage/rows.h"

namespace relata::storage {
namespace {

void put(ByteWriter& out, const std::map<std::string, std::int64_t>& counts) {
  out.varint(counts.size());
  for (const auto& [text, count] : counts) {
    out.text(text);
    out.varint(static_cast<std::uint64_t>(count));
  }
}

void get(ByteReader& in, std::map<std::string, std::int64_t>& counts) {
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    std::string text(in.text());
    counts.emplace_hint(counts.end(), std::move(text), in.varint32());
  }
}

void get_types(ByteReader& in, std::map<EntityType, std::int64_t>& types) {
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    const std::uint8_t type = in.u8();
    if (type >= kEntityTypes) in.fail();
    types.emplace(static_cast<EntityType>(type), in.varint32());
  }
}

}  // namespace

void EntityRecord::add(const Actor& actor, const EntityTally::Share& share) {
  name(actor, 1);
  tally(share);
}

void EntityRecord::name(const Actor& actor, int actors) {
  named_.count(actor, actors);
  if (!former_.empty()) std::erase_if(former_, [&](const std::string& name) { return has_name(name); });
}

void EntityRecord::tally(const EntityTally::Share& share) {
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
    for (const auto* texts : {&other->named_.names, &other->named_.aliases})
      for (const auto& [text, count] : *texts)
        if (!has_name(text)) former.insert(text);
  for (const EntityRecord* other : others)
    for (const std::string& text : other->former_)
      if (!has_name(text)) former.insert(text);
  former_.assign(former.begin(), former.end());
}

Entity EntityRecord::entity(EntityId id) const {
  Entity entity = named_.entity(id);
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
  out.varint(record.named_.types.size());
  for (const auto& [type, count] : record.named_.types) {
    out.u8(static_cast<std::uint8_t>(type));
    out.varint(static_cast<std::uint64_t>(count));
  }
  put(out, record.named_.names);
  put(out, record.named_.aliases);
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
  get_types(in, record.named_.types);
  get(in, record.named_.names);
  get(in, record.named_.aliases);
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
  NameCounts named;
  get_types(in, named.types);
  return in.ok() && !named.types.empty() ? std::optional(named.entity({}).type) : std::nullopt;
}

}  // namespace relata::storage
