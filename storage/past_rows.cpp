#include "storage/past_rows.h"

#include <xxhash.h>

#include <set>

#include "storage/bytes.h"

namespace relata::storage {
namespace {

constexpr std::size_t kVersionBytes = 4;

Error damaged(Family family, std::string_view key) { return corrupt(name_of(family, key) + ": does not decode; the store is damaged, restore it from a backup"); }

}  // namespace

std::string past_record_key(EntityId entity, Version until) {
  ByteWriter out;
  out.raw("e");
  out.big64(entity.value);
  out.big32(until);
  return out.take();
}

std::string past_redirect_key(EntityId id, Version until) {
  ByteWriter out;
  out.raw("r");
  out.big64(id.value);
  out.big32(until);
  return out.take();
}

std::string past_homes_key(const ArticleKey& key, Version until) {
  ByteWriter out;
  out.raw("a");
  out.raw(encode(key));
  out.big32(until);
  return out.take();
}

std::string past_state_key(Version version) {
  ByteWriter out;
  out.raw("s");
  out.big32(version);
  return out.take();
}

Version until_of(std::string_view key) { return ByteReader(key.substr(key.size() - std::min(key.size(), kVersionBytes))).big32(); }

std::string address_prefix(std::string_view uri) {
  ByteWriter out;
  out.big64(XXH3_64bits(uri.data(), uri.size()));
  return out.take();
}

std::string address_key(std::string_view uri, ArticleId article) {
  ByteWriter out;
  out.raw(address_prefix(uri));
  out.big64(article.value);
  return out.take();
}

std::optional<ArticleId> article_of_address(std::string_view key) {
  ByteReader in(key);
  (void)in.big64();
  const ArticleId article{in.big64()};
  return in.done() ? std::optional(article) : std::nullopt;
}

// The value of the first key from `from` on that differs from it in the version alone.
Result<std::optional<std::string>> Past::first(const std::string& from) const {
  auto at_once = database_.get(Family::past, from, at_);  // overwritten in the very next version: one look, where a seek opens a block of every level
  if (!at_once || *at_once) return at_once;
  std::optional<std::string> found;
  const auto take = [&](std::string_view, std::string_view value) -> Result<bool> {
    found = std::string(value);
    return false;
  };
  const auto scanned = database_.visit(Family::past, std::string_view(from).substr(0, from.size() - kVersionBytes), from, take, at_);
  if (!scanned) return scanned.error();
  return found;
}

Result<std::optional<StateRow>> Past::state(Version version) const {
  const std::string key = past_state_key(version);
  const auto bytes = database_.get(Family::past, key, at_);
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<StateRow>();
  const auto row = decode_state_row(**bytes);
  if (!row || row->version != version) return damaged(Family::past, key);
  return row;
}

Result<std::optional<std::string>> Past::record(EntityId entity, Version version) const { return first(past_record_key(entity, version + 1)); }

Result<std::optional<EntityId>> Past::redirect(EntityId id, Version version) const {
  const std::string from = past_redirect_key(id, version + 1);
  const auto bytes = first(from);
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<EntityId>();
  const auto redirect = decode_redirect(redirect_key(id), **bytes);
  if (!redirect) return damaged(Family::past, from);
  return std::optional(redirect->entity);
}

Result<std::vector<MovedActor>> Past::homes(const ArticleKey& key, Version version) const {
  std::vector<MovedActor> homes;
  std::set<ActorIndex> known;  // what the earliest row says counts
  const std::string from = past_homes_key(key, version + 1);
  const auto take = [&](std::string_view bytes, std::string_view value) -> Result<bool> {
    const auto moved = decode_moved(value);
    if (!moved) return damaged(Family::past, bytes);
    for (const MovedActor& each : *moved)
      if (known.insert(each.actor).second) homes.push_back(each);
    return true;
  };
  const auto scanned = database_.visit(Family::past, std::string_view(from).substr(0, from.size() - kVersionBytes), from, take, at_);
  if (!scanned) return scanned.error();
  return homes;
}

Result<Version> load_oldest(const Database& database, const Database::Snapshot& at) {
  const auto bytes = database.get(Family::meta, kOldestKey, at);
  if (!bytes) return bytes.error();
  if (!*bytes) return Version{0};
  ByteReader in(**bytes);
  const Version oldest = in.fixed32();
  if (!in.done()) return damaged(Family::meta, kOldestKey);
  return oldest;
}

}  // namespace relata::storage
