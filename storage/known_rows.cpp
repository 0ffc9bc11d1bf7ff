#include "storage/known_rows.h"

#include "storage/bytes.h"

namespace relata::storage {
namespace {

constexpr std::string_view kNamesKey = "names";
constexpr std::string_view kKnownPrefix = "known/";

std::string known_key(std::uint64_t fingerprint, std::optional<std::uint32_t> place = {}) {
  ByteWriter out;
  out.raw(kKnownPrefix);
  out.big64(fingerprint);
  if (place) out.big32(*place);
  return out.take();
}

void put(ByteWriter& out, const std::vector<std::string>& names) {
  out.varint(names.size());
  for (const std::string& name : names) out.text(name);
}

std::vector<std::string> get(ByteReader& in) {
  std::vector<std::string> names(in.count());
  for (std::string& name : names) name = in.text();
  return names;
}

std::string encode(const KnownEntity& entity) {
  ByteWriter out;
  out.text(entity.id);
  out.text(entity.name);
  out.u8(entity.type ? static_cast<std::uint8_t>(static_cast<int>(*entity.type) + 1) : 0);
  put(out, entity.aliases);
  put(out, entity.weak);
  out.varint(entity.external.size());
  for (const auto& [scheme, id] : entity.external) {
    out.text(scheme);
    out.text(id);
  }
  return out.take();
}

std::optional<KnownEntity> decode(std::string_view bytes) {
  ByteReader in(bytes);
  KnownEntity entity;
  entity.id = in.text();
  entity.name = in.text();
  const std::uint8_t type = in.u8();
  if (type > kEntityTypes) in.fail();
  else if (type > 0) entity.type = static_cast<EntityType>(type - 1);
  entity.aliases = get(in);
  entity.weak = get(in);
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    std::string scheme(in.text());
    entity.external[std::move(scheme)] = in.text();
  }
  return in.done() ? std::optional(std::move(entity)) : std::nullopt;
}

Error damaged(std::string_view key, const std::string& what) {
  return corrupt(name_of(Family::meta, key) + ": " + what + "; the store is damaged, restore it from a backup");
}

}  // namespace

Result<SettledWith> load_settled_with(const Database& database) {
  SettledWith with;
  const auto row = database.get(Family::meta, kNamesKey);
  if (!row) return row.error();
  with.names = row->has_value();
  if (!with.names || (*row)->empty()) return with;
  ByteReader in(**row);
  const std::uint64_t fingerprint = in.fixed64();
  if (!in.done()) return damaged(kNamesKey, "does not decode");
  std::vector<KnownEntity> entities;
  const auto scanned = database.scan(Family::meta, known_key(fingerprint), [&](std::string_view key, std::string_view value) -> Result<void> {
    auto entity = decode(value);
    if (!entity) return damaged(key, "does not decode");
    entities.push_back(std::move(*entity));
    return {};
  });
  if (!scanned) return scanned.error();
  with.known = std::make_shared<const KnownNames>(std::move(entities));
  if (with.known->fingerprint() != fingerprint) return damaged(kNamesKey, "is not the sum of the known entities");
  return with;
}

std::map<std::string, std::string> settled_rows(const KnownNames* known, bool anew) {
  std::map<std::string, std::string> rows;
  std::string& mark = rows[std::string(kNamesKey)];
  if (same(known, nullptr)) return rows;
  ByteWriter fingerprint;
  fingerprint.fixed64(known->fingerprint());
  mark = fingerprint.take();
  if (!anew) return rows;
  std::uint32_t place = 0;
  for (const KnownEntity& entity : known->entities()) rows[known_key(known->fingerprint(), place++)] = encode(entity);
  return rows;
}

bool same(const KnownNames* a, const KnownNames* b) {
  const auto size = [](const KnownNames* names) { return names == nullptr ? 0 : names->entities().size(); };
  return size(a) == size(b) && (size(a) == 0 || a->fingerprint() == b->fingerprint());
}

}  // namespace relata::storage
