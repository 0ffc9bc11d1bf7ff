#include "storage/rows.h"

#include "storage/bytes.h"

namespace relata::storage {
namespace {

// Bits of an actor's flag byte.
constexpr std::uint8_t kCountsArticle = 1, kMovedOn = 2;

void put(ByteWriter& out, const ArticleKey& key) {
  out.big64(key.id.value);
  out.big32(key.added);
}

ArticleKey get_article_key(ByteReader& in) {
  ArticleKey key;
  key.id = {in.big64()};
  key.added = in.big32();
  return key;
}

void put_day(ByteWriter& out, std::optional<Day> day) {
  out.u8(day ? 1 : 0);
  if (day) out.zigzag(day->number);
}

std::optional<Day> get_day(ByteReader& in) {
  const std::uint8_t known = in.u8();
  if (known > 1) in.fail();
  if (known != 1) return std::nullopt;
  const std::int64_t number = in.zigzag();
  if (number != static_cast<std::int32_t>(number)) in.fail();
  return Day{static_cast<std::int32_t>(number)};
}

template <typename Row>
std::optional<Row> whole(const ByteReader& in, Row row) {
  return in.done() ? std::optional(std::move(row)) : std::nullopt;
}

}  // namespace

std::string encode(const ArticleKey& key) {
  ByteWriter out;
  put(out, key);
  return out.take();
}

std::optional<ArticleKey> decode_article_key(std::string_view bytes) {
  ByteReader in(bytes);
  const ArticleKey key = get_article_key(in);
  return whole(in, key);
}

std::string to_string(const ArticleKey& key) { return relata::to_string(key.id) + "@" + std::to_string(key.added); }

std::string encode(const ArticleRow& row) {
  ByteWriter out;
  out.fixed32(row.removed);
  out.varint(row.actors);
  out.varint(row.statements);
  return out.take();
}

std::optional<ArticleRow> decode_article_row(std::string_view bytes) {
  ByteReader in(bytes);
  ArticleRow row;
  row.removed = in.fixed32();
  row.actors = in.varint32();
  row.statements = in.varint32();
  return whole(in, row);
}

std::string encode(const ActorKey& key) {
  ByteWriter out;
  encode(key, out);
  return out.take();
}

void encode(const ActorKey& key, ByteWriter& out) {
  out.big64(key.entity.value);
  put(out, key.article);
  out.big32(key.actor);
}

std::optional<ActorKey> decode_actor_key(std::string_view bytes) {
  ByteReader in(bytes);
  ActorKey key;
  key.entity = {in.big64()};
  key.article = get_article_key(in);
  key.actor = in.big32();
  return whole(in, key);
}

std::string encode(const ActorRow& row) {
  ByteWriter out;
  encode(row, out);
  return out.take();
}

void encode(const ActorRow& row, ByteWriter& out) {
  encode_share(row, out);
  encode_naming(row.actor, out);
}

void encode_share(const ActorRow& row, ByteWriter& out) {
  out.fixed32(row.removed);
  put_day(out, row.share.published);
  out.varint(row.share.statements);
  out.u8(static_cast<std::uint8_t>((row.share.counts_article ? kCountsArticle : 0) | (row.moved_on ? kMovedOn : 0)));
}

void encode_naming(const Actor& actor, ByteWriter& out) {
  out.u8(static_cast<std::uint8_t>(actor.type));
  out.text(actor.name);
  out.varint(actor.aliases.size());
  for (const std::string& alias : actor.aliases) out.text(alias);
}

std::optional<SpelledActorRow> decode_spelled_actor_row(std::string_view bytes) {
  ByteReader in(bytes);
  SpelledActorRow row;
  row.removed = in.fixed32();
  row.share.published = get_day(in);
  row.share.statements = in.varint32();
  const std::uint8_t flags = in.u8();
  if (flags > (kCountsArticle | kMovedOn)) in.fail();
  row.share.counts_article = (flags & kCountsArticle) != 0;
  row.moved_on = (flags & kMovedOn) != 0;
  if (!in.ok()) return std::nullopt;
  row.actor = in.rest();
  return row;
}

std::optional<Actor> decode_actor(std::string_view spelled) {
  ByteReader in(spelled);
  Actor actor;
  const std::uint8_t type = in.u8();
  if (type >= kEntityTypes) in.fail();
  actor.type = static_cast<EntityType>(type);
  actor.name = in.text();
  actor.aliases.resize(in.count());
  for (std::string& alias : actor.aliases) alias = in.text();
  return whole(in, std::move(actor));
}

std::optional<ActorRow> decode_actor_row(std::string_view bytes) {
  const auto row = decode_spelled_actor_row(bytes);
  auto actor = row ? decode_actor(row->actor) : std::nullopt;
  if (!actor) return std::nullopt;
  return ActorRow{row->removed, row->moved_on, std::move(*actor), row->share};
}

std::string encode(const LogKey& key) {
  ByteWriter out;
  out.big32(key.version);
  out.u8(static_cast<std::uint8_t>(key.change));
  put(out, key.article);
  return out.take();
}

std::optional<LogKey> decode_log_key(std::string_view bytes) {
  ByteReader in(bytes);
  LogKey key;
  key.version = in.big32();
  const std::uint8_t change = in.u8();
  if (change < 1 || change > 4) in.fail();
  key.change = static_cast<Change>(change);
  key.article = get_article_key(in);
  const bool now = key.article.added == key.version;
  if (key.change == Change::article_added ? !now : now && key.change != Change::original_changed) in.fail();
  return whole(in, key);
}

std::string encode(EntityId key) {
  ByteWriter out;
  out.big64(key.value);
  return out.take();
}

std::optional<EntityId> decode_entity_id(std::string_view bytes) {
  ByteReader in(bytes);
  const EntityId id{in.big64()};
  return whole(in, id);
}

std::string encode(const KeyRow& row) {
  ByteWriter out;
  out.fixed32(row.added);
  out.raw(row.text);
  return out.take();
}

std::optional<KeyRow> decode_key_row(std::string_view bytes) {
  ByteReader in(bytes);
  KeyRow row;
  row.added = in.fixed32();
  row.text = in.rest();
  return whole(in, std::move(row));
}

std::string encode(const StateRow& row) {
  ByteWriter out;
  out.fixed32(row.version);
  for (const std::uint64_t count : {row.articles, row.entities, row.statements, row.relations}) out.fixed64(count);
  out.fixed32(row.types);
  out.fixed64(row.hash.high);
  out.fixed64(row.hash.low);
  return out.take();
}

std::optional<StateRow> decode_state_row(std::string_view bytes) {
  ByteReader in(bytes);
  StateRow row;
  row.version = in.fixed32();
  for (std::uint64_t* count : {&row.articles, &row.entities, &row.statements, &row.relations}) *count = in.fixed64();
  row.types = in.fixed32();
  row.hash.high = in.fixed64();
  row.hash.low = in.fixed64();
  return whole(in, row);
}

}  // namespace relata::storage
