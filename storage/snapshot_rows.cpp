#include "storage/snapshot_rows.h"

#include <map>

#include "storage/bytes.h"
#include "storage/snapshots.h"

namespace relata::storage {
namespace {

constexpr std::string_view kPrefix = "snapshot/";

std::optional<Snapshot> decode(std::string_view key, std::string_view value) {
  ByteReader in(value);
  Snapshot snapshot;
  snapshot.name = key.substr(kPrefix.size());
  snapshot.version = in.fixed32();
  for (std::uint64_t* count : {&snapshot.counts.articles, &snapshot.counts.entities, &snapshot.counts.statements, &snapshot.counts.relations}) *count = in.fixed64();
  snapshot.hash.high = in.fixed64();
  snapshot.hash.low = in.fixed64();
  snapshot.time = in.text();
  snapshot.note = in.text();
  return in.done() ? std::optional(std::move(snapshot)) : std::nullopt;
}

std::string key_of(const std::string& name) { return std::string(kPrefix) + name; }

std::string encode(const Snapshot& snapshot) {
  ByteWriter out;
  out.fixed32(snapshot.version);
  for (const std::uint64_t count : {snapshot.counts.articles, snapshot.counts.entities, snapshot.counts.statements, snapshot.counts.relations}) out.fixed64(count);
  out.fixed64(snapshot.hash.high);
  out.fixed64(snapshot.hash.low);
  out.text(snapshot.time);
  out.text(snapshot.note);
  return out.take();
}

}  // namespace

Result<void> put_snapshot(Database& database, const Snapshot& snapshot) {
  const std::string key = key_of(snapshot.name);
  const auto known = database.get(Family::meta, key);
  if (!known) return known.error();
  if (*known) return snapshot_taken(snapshot.name);
  auto writes = database.writes();
  if (!writes) return writes.error();
  writes->put(Family::meta, key, encode(snapshot));
  return database.write(*writes);
}

Result<void> drop_snapshot(Database& database, const std::string& name) {
  const std::string key = key_of(name);
  const auto known = database.get(Family::meta, key);
  if (!known) return known.error();
  if (!*known) return no_snapshot(name);
  auto writes = database.writes();
  if (!writes) return writes.error();
  writes->remove(Family::meta, key);
  return database.write(*writes);
}

Result<std::vector<Snapshot>> load_snapshots(const Database& database, const Database::Snapshot& at) {
  std::map<std::string, Snapshot> all;
  const auto scanned = database.scan(Family::meta, kPrefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto snapshot = decode(key, value);
    if (!snapshot) return corrupt(name_of(Family::meta, key) + ": does not decode; the store is damaged, restore it from a backup");
    all.emplace(snapshot->name, *snapshot);
    return {};
  }, at);
  if (!scanned) return scanned.error();
  return in_order(all);
}

}  // namespace relata::storage
