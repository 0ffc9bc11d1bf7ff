#include "storage/postgres/row_writer.h"

#include <algorithm>

#include "graph/identity.h"
#include "storage/bytes.h"
#include "storage/identity_rows.h"
#include "storage/rows.h"

namespace relata::storage {
namespace {

constexpr std::size_t kChunkRows = 5000, kChunkBytes = 8u << 20;

// The last change of each key.
using Changes = Records;

// Some rows of one table as arrays.
struct Chunk {
  std::vector<std::int64_t> shards;
  std::vector<std::string_view> keys, values;
  std::size_t bytes = 0;
  bool full() const { return keys.size() >= kChunkRows || bytes >= kChunkBytes; }
};

// Whether a key says itself that it is of this version, and so is not there yet: such rows need no look for an older one.
bool is_new(Family family, std::string_view key, std::int64_t version) {
  ByteWriter mark;
  mark.big32(static_cast<std::uint32_t>(version));
  return (family == Family::log && key.starts_with(mark.bytes())) || (family == Family::bodies && key.ends_with(mark.bytes()));
}

class TableWriter {
 public:
  TableWriter(Connection& connection, const TableLayout& table, std::int64_t version, Spread spread)
      : connection_(connection), table_(table), name_(table.name), version_(version), by_deleting_(spread == Spread::fdw && table.sharded) {}

  Result<void> write(const Changes& changes, bool fresh) {
    Chunk put, gone;
    for (const auto& [key, value] : changes) {
      Chunk& chunk = value ? put : gone;
      chunk.shards.push_back(shard_of(table_, key));
      chunk.keys.push_back(key);
      if (value) chunk.values.push_back(*value);
      chunk.bytes += key.size() + value.value_or("").size();
      if (!chunk.full()) continue;
      if (auto flushed = value ? this->put(put, fresh) : remove(gone); !flushed) return flushed;
      chunk = {};
    }
    if (auto flushed = remove(gone); !flushed) return flushed;
    return this->put(put, fresh);
  }

 private:
  Result<void> remove(const Chunk& chunk) {
    if (chunk.keys.empty()) return {};
    const auto done = connection_.run("DELETE FROM " + name_ + " WHERE key = ANY($1::bytea[])", Parameters().bytes_list(chunk.keys));
    return done ? Result<void>() : done.error();
  }

  Result<void> put(const Chunk& chunk, bool fresh) {
    if (chunk.keys.empty()) return {};
    if (fresh && !by_deleting_) return copy(chunk);
    if (by_deleting_ && !fresh)
      if (auto removed = remove(chunk); !removed) return removed;
    std::string sql = "INSERT INTO " + name_ + " (key, shard, written, value) SELECT k, s, $4::bigint, v FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS u(k, s, v)";
    if (!by_deleting_) sql += " ON CONFLICT (key, shard) DO UPDATE SET value = excluded.value, written = excluded.written";
    const auto done = connection_.run(sql, Parameters().bytes_list(chunk.keys).numbers(chunk.shards).bytes_list(chunk.values).number(version_));
    return done ? Result<void>() : done.error();
  }

  Result<void> copy(const Chunk& chunk) {
    CopyIn in(connection_, table_);
    if (auto begun = in.begin(); !begun) return begun;
    for (std::size_t i = 0; i < chunk.keys.size(); ++i)
      if (auto put = in.row(chunk.keys[i], chunk.values[i], version_); !put) return put;
    return in.end();
  }

  Connection& connection_;
  const TableLayout& table_;
  const std::string name_;
  const std::int64_t version_;
  const bool by_deleting_;  // foreign tables take no ON CONFLICT DO UPDATE
};

}  // namespace

Result<void> CopyIn::begin() { return connection_.copy_begin("COPY " + std::string(table_.name) + " (key, shard, written, value) FROM STDIN (FORMAT binary)"); }

Result<void> CopyIn::row(std::string_view key, std::string_view value, std::int64_t version) {
  ByteWriter out;
  out.u8(0);
  out.u8(4);  // columns, as 16 bits
  out.big32(static_cast<std::uint32_t>(key.size()));
  out.raw(key);
  out.big32(8);
  out.big64(static_cast<std::uint64_t>(shard_of(table_, key)));
  out.big32(8);
  out.big64(static_cast<std::uint64_t>(version));
  out.big32(static_cast<std::uint32_t>(value.size()));
  out.raw(value);
  pending_ += out.bytes();
  if (pending_.size() < (64u << 10)) return {};
  auto sent = connection_.copy_piece(pending_);
  pending_.clear();
  return sent;
}

Result<void> CopyIn::end() {
  if (!pending_.empty())
    if (auto sent = connection_.copy_piece(pending_); !sent) return sent;
  return connection_.copy_end();
}

std::vector<std::string> name_keys(std::string_view entity_key, std::string_view record) {
  std::vector<std::string> keys;
  const auto id = decode_entity_id(entity_key);
  const auto decoded = decode_entity_record(record);
  if (!id || !decoded) return keys;
  for (const std::string& alias : decoded->entity(*id).aliases) {
    const std::string folded = fold_name(alias);
    if (!folded.empty()) keys.push_back(folded.substr(0, kLongestName) + '\0' + std::string(entity_key));
  }
  return keys;
}

Result<void> write_changes(Connection& connection, const WriteSet& writes, std::int64_t version, Spread spread) {
  std::map<Family, Changes> tables;
  for (const WriteSet::Change& change : writes.changes())
    tables[change.family][change.key] = change.value ? std::optional<std::string_view>(*change.value) : std::nullopt;
  for (const auto& [family, changes] : tables) {
    bool fresh = true;
    if (writes.rows() == WriteSet::Rows::any || family == Family::meta)
      for (const auto& [key, value] : changes) fresh = fresh && value && is_new(family, key, version);
    if (auto done = TableWriter(connection, layout_of(family), version, spread).write(changes, fresh); !done) return done;
  }
  const auto entities = tables.find(Family::entities);
  return entities == tables.end() ? Result<void>() : write_names(connection, entities->second, version, spread);
}

std::string_view name_mark(std::string_view record) { return articles_of_record(record).value_or(0) > 0 ? kHolds : kHeld; }

Result<void> write_names(Connection& connection, const Records& records, std::int64_t version, Spread spread) {
  std::map<std::string, std::string_view> marks;
  std::vector<std::int64_t> entities;
  for (const auto& [key, record] : records) {
    entities.push_back(shard_of(layout_of(Family::entities), key));
    if (!record) continue;
    for (std::string& name : name_keys(key, *record)) marks[std::move(name)] = name_mark(*record);
  }
  for (std::size_t begin = 0; begin < entities.size(); begin += kChunkRows) {
    const auto first = entities.begin() + static_cast<std::ptrdiff_t>(begin), last = entities.begin() + static_cast<std::ptrdiff_t>(std::min(entities.size(), begin + kChunkRows));
    const auto rows = connection.run("SELECT key, value FROM names WHERE shard = ANY($1::bigint[])", Parameters().numbers({first, last}));
    if (!rows) return rows.error();
    for (int i = 0; i < rows->size(); ++i) {
      const std::string name(rows->bytes(i, 0));
      const auto now = marks.try_emplace(name, kHeld).first;
      if (now->second == rows->bytes(i, 1)) marks.erase(now);
    }
  }
  Changes changes;
  for (const auto& [name, mark] : marks) changes[name] = mark;
  return TableWriter(connection, kNamesTable, version, spread).write(changes, false);
}

Result<void> fill_names(Connection& connection, Spread spread) {
  std::string last;
  for (bool more = true; more;) {
    const auto rows = connection.run("SELECT key, value FROM entities WHERE key > $1 ORDER BY key LIMIT " + std::to_string(kChunkRows), Parameters().bytes(last));
    if (!rows) return rows.error();
    more = rows->size() == static_cast<int>(kChunkRows);
    Records records;
    for (int i = 0; i < rows->size(); ++i) records[rows->bytes(i, 0)] = rows->bytes(i, 1);
    if (auto written = write_names(connection, records, 0, spread); !written) return written;
    if (more) last = rows->bytes(rows->size() - 1, 0);
  }
  const auto marked = connection.run("INSERT INTO filled VALUES ('names') ON CONFLICT DO NOTHING");
  return marked ? Result<void>() : marked.error();
}

std::string encode_changes(const WriteSet& writes) {
  ByteWriter out;
  for (const WriteSet::Change& change : writes.changes()) {
    out.u8(static_cast<std::uint8_t>(change.family));
    out.u8(change.value ? 1 : 0);
    out.text(change.key);
    out.text(change.value.value_or(""));
  }
  return out.take();
}

Result<WriteSet> decode_changes(std::string_view bytes) {
  WriteSet writes;
  ByteReader in(bytes);
  while (in.ok() && !in.done()) {
    const std::uint8_t family = in.u8(), put = in.u8();
    const std::string_view key = in.text(), value = in.text();
    if (!in.ok() || family >= kFamilies || put > 1) return corrupt("table journal does not decode; restore the graph from a backup");
    if (put == 1) writes.put(static_cast<Family>(family), key, value);
    else writes.remove(static_cast<Family>(family), key);
  }
  return writes;
}

}  // namespace relata::storage
