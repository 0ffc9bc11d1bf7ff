#include "storage/postgres/edge_writer.h"

#include <algorithm>
#include <set>

#include "storage/bytes.h"
#include "storage/copy_rows.h"
#include "storage/postgres/adjacency.h"
#include "storage/postgres/layout.h"

namespace relata::storage {
namespace {

constexpr std::size_t kChunkBytes = 8u << 20;
constexpr int kFetched = 2000;

Error damaged(std::string_view key) { return corrupt(name_of(Family::log, key) + ": does not decode; run check"); }

std::int64_t shard(std::uint64_t id) { return static_cast<std::int64_t>(id); }

using Lifetimes = std::map<ArticleKey, Lifetime>;

// Of articles by their ids, with what is told of their originals' publishers.
class Publishers {
 public:
  explicit Publishers(Connection& connection) : connection_(connection) {}

  Result<void> need(const Lifetimes& lifetimes) {
    std::set<ArticleId> missing;
    for (const auto& [key, lifetime] : lifetimes) known_[key.id] = lifetime.columns.publisher;
    for (const auto& [key, lifetime] : lifetimes)
      for (const auto& [since, original] : lifetime.originals)
        if (!known_.contains(original)) missing.insert(original);
    if (missing.empty()) return {};
    std::vector<std::int64_t> shards;
    for (const ArticleId id : missing) shards.push_back(shard(id.value));
    const auto rows = connection_.run("SELECT key, value FROM log WHERE shard = ANY($1::bigint[])", Parameters().numbers(shards));
    if (!rows) return rows.error();
    Lifetimes originals;
    for (int i = 0; i < rows->size(); ++i)
      if (auto taken = take_log_row(rows->bytes(i, 0), rows->bytes(i, 1), originals); !taken) return taken;
    for (const auto& [key, lifetime] : originals) known_[key.id] = lifetime.columns.publisher;
    return {};
  }
  std::uint64_t of(ArticleId id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? 0 : found->second;
  }

 private:
  Connection& connection_;
  std::map<ArticleId, std::uint64_t> known_;
};

// Rows of the table on their way to it.
class EdgeRows {
 public:
  EdgeRows(Connection& connection, Spread spread) : connection_(connection), spread_(spread) {}

  Result<void> add(EntityId entity, std::string_view place, const Block& block) {
    const auto [first, last] = days_of(block);
    keys_.push_back(block_key(entity, place));
    values_.push_back(encode(block));
    shards_.push_back(shard(entity.value));
    firsts_.push_back(first);
    lasts_.push_back(last);
    bytes_ += values_.back().size();
    return bytes_ < kChunkBytes ? Result<void>() : flush();
  }
  // Precondition: rows with these keys are gone.
  Result<void> flush() {
    if (keys_.empty()) return {};
    auto sent = spread_ == Spread::fdw ? insert() : copy();
    keys_.clear();
    values_.clear();
    shards_.clear();
    firsts_.clear();
    lasts_.clear();
    bytes_ = 0;
    return sent;
  }

 private:
  Result<void> insert() {
    const std::vector<std::string_view> keys(keys_.begin(), keys_.end()), values(values_.begin(), values_.end());
    const auto done = connection_.run(
        "INSERT INTO edges (key, shard, written, first_day, last_day, value) SELECT k, s, 0, f, l, v "
        "FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bytea[]) AS u(k, s, f, l, v)",
        Parameters().bytes_list(keys).numbers(shards_).numbers(firsts_).numbers(lasts_).bytes_list(values));
    return done ? Result<void>() : done.error();
  }
  Result<void> copy() {
    if (auto begun = connection_.copy_begin("COPY edges (key, shard, written, first_day, last_day, value) FROM STDIN (FORMAT binary)"); !begun) return begun;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      ByteWriter out;
      const auto number = [&](std::int64_t value) {
        out.big32(8);
        out.big64(static_cast<std::uint64_t>(value));
      };
      out.u8(0);
      out.u8(6);  // columns, as 16 bits
      out.big32(static_cast<std::uint32_t>(keys_[i].size()));
      out.raw(keys_[i]);
      number(shards_[i]);
      number(0);
      number(firsts_[i]);
      number(lasts_[i]);
      out.big32(static_cast<std::uint32_t>(values_[i].size()));
      out.raw(values_[i]);
      if (auto sent = connection_.copy_piece(out.bytes()); !sent) return sent;
    }
    return connection_.copy_end();
  }

  Connection& connection_;
  const Spread spread_;
  std::vector<std::string> keys_, values_;
  std::vector<std::int64_t> shards_, firsts_, lasts_;
  std::size_t bytes_ = 0;
};

using Said = std::map<EntityId, Block>;

Result<Said> said_in(Connection& connection, const Lifetimes& lifetimes) {
  Publishers publishers(connection);
  if (auto needed = publishers.need(lifetimes); !needed) return needed.error();
  Said said;
  for (const auto& [key, lifetime] : lifetimes)
    for (const auto& [entity, adjacent] : adjacent_in(lifetime, key.added, [&](ArticleId id) { return publishers.of(id); }))
      said[entity][encode(AdjacentPlace{lifetime.columns.published, key})] = encode(adjacent);
  return said;
}

// The blocks that places fall into: of each entity, by the place each begins at.
using Blocks = std::map<EntityId, std::map<std::string, std::optional<Block>>>;

Result<Blocks> blocks_for(Connection& connection, const Said& said) {
  Blocks blocks;
  std::vector<std::int64_t> entities;
  for (const auto& [entity, block] : said) entities.push_back(shard(entity.value));
  const auto keys = connection.run("SELECT shard, key FROM edges WHERE shard = ANY($1::bigint[])", Parameters().numbers(entities));
  if (!keys) return keys.error();
  for (int i = 0; i < keys->size(); ++i)
    blocks[EntityId{static_cast<std::uint64_t>(keys->number(i, 0))}][std::string(keys->bytes(i, 1).substr(8))] = std::nullopt;
  std::set<std::string> wanted;
  for (const auto& [entity, block] : said) {
    const auto here = blocks.find(entity);
    if (here == blocks.end()) continue;
    for (const auto& [place, adjacent] : block) {
      const auto after = here->second.upper_bound(place);
      if (after != here->second.begin()) wanted.insert(block_key(entity, std::prev(after)->first));
    }
  }
  if (wanted.empty()) return blocks;
  const std::vector<std::string_view> list(wanted.begin(), wanted.end());
  const auto rows = connection.run("SELECT shard, key, value FROM edges WHERE key = ANY($1::bytea[])", Parameters().bytes_list(list));
  if (!rows) return rows.error();
  for (int i = 0; i < rows->size(); ++i) {
    auto block = decode_block(rows->bytes(i, 2));
    if (!block) return corrupt("table edges: a block does not decode; restore the graph from a backup");
    blocks[EntityId{static_cast<std::uint64_t>(rows->number(i, 0))}][std::string(rows->bytes(i, 1).substr(8))] = std::move(block);
  }
  return blocks;
}

Result<void> merge(Connection& connection, Said said, Spread spread) {
  auto blocks = blocks_for(connection, said);
  if (!blocks) return blocks.error();
  for (auto& [entity, block] : said) {
    auto& here = (*blocks)[entity];
    if (here.empty()) here[""] = Block();
    for (auto& [place, adjacent] : block) {
      auto& into = std::prev(here.upper_bound(place))->second;
      if (!into) into = Block();
      (*into)[place] = std::move(adjacent);
    }
  }
  std::vector<std::string> gone;
  for (const auto& [entity, here] : *blocks)
    for (const auto& [place, block] : here)
      if (block) gone.push_back(block_key(entity, place));
  const auto removed = connection.run("DELETE FROM edges WHERE key = ANY($1::bytea[])", Parameters().bytes_list({gone.begin(), gone.end()}));
  if (!removed) return removed.error();
  EdgeRows rows(connection, spread);
  for (auto& [entity, here] : *blocks)
    for (auto& [place, block] : here) {
      if (!block) continue;
      bool first = true;
      for (const Block& piece : split(std::move(*block))) {
        if (auto added = rows.add(entity, first ? place : piece.begin()->first, piece); !added) return added;
        first = false;
      }
    }
  return rows.flush();
}

// One pass over the log, for every `of`th entity.
class Pass {
 public:
  Pass(Connection& connection, std::size_t number, std::size_t of) : connection_(connection), publishers_(connection), number_(number), of_(of) {}

  Result<void> run(Spread spread) {
    if (auto open = connection_.command("DECLARE of_log NO SCROLL CURSOR FOR SELECT shard, key, value FROM log ORDER BY shard"); !open) return open;
    Lifetimes lifetimes;
    std::int64_t last = 0;
    for (bool more = true; more;) {
      const auto rows = connection_.run("FETCH " + std::to_string(kFetched) + " FROM of_log");
      if (!rows) return rows.error();
      more = rows->size() > 0;
      for (int i = 0; i < rows->size(); ++i) {
        if (rows->number(i, 0) != last && lifetimes.size() >= kFetched)
          if (auto told = tell(lifetimes); !told) return told;
        last = rows->number(i, 0);
        if (auto taken = take_log_row(rows->bytes(i, 1), rows->bytes(i, 2), lifetimes); !taken) return taken;
      }
    }
    if (auto told = tell(lifetimes); !told) return told;
    if (auto closed = connection_.command("CLOSE of_log"); !closed) return closed;
    return write(spread);
  }

 private:
  struct One {
    EntityId entity;
    std::string place, adjacent;
  };

  Result<void> tell(Lifetimes& lifetimes) {
    if (auto needed = publishers_.need(lifetimes); !needed) return needed;
    for (const auto& [key, lifetime] : lifetimes)
      for (const auto& [entity, adjacent] : adjacent_in(lifetime, key.added, [&](ArticleId id) { return publishers_.of(id); }))
        if (entity.value % of_ == number_) all_.push_back({entity, encode(AdjacentPlace{lifetime.columns.published, key}), encode(adjacent)});
    lifetimes.clear();
    return {};
  }

  Result<void> write(Spread spread) {
    std::sort(all_.begin(), all_.end(), [](const One& a, const One& b) { return std::tie(a.entity, a.place) < std::tie(b.entity, b.place); });
    EdgeRows rows(connection_, spread);
    for (std::size_t begin = 0, end = 0; begin < all_.size(); begin = end) {
      Block block;
      for (; end < all_.size() && all_[end].entity == all_[begin].entity; ++end) block.emplace_hint(block.end(), all_[end].place, std::move(all_[end].adjacent));
      std::string place;
      for (const Block& piece : split(std::move(block))) {
        if (auto added = rows.add(all_[begin].entity, place.empty() ? std::string_view() : std::string_view(piece.begin()->first), piece); !added) return added;
        place = piece.begin()->first;
      }
    }
    return rows.flush();
  }

  Connection& connection_;
  Publishers publishers_;
  const std::size_t number_, of_;
  std::vector<One> all_;
};

}  // namespace

Result<bool> edges_filled(Connection& connection) {
  const auto rows = connection.run("SELECT count(*) FROM filled WHERE name = 'edges'");
  if (!rows) return rows.error();
  return rows->number(0, 0) > 0;
}

Result<void> mark_edges_filled(Connection& connection) {
  const auto marked = connection.run("INSERT INTO filled VALUES ('edges') ON CONFLICT DO NOTHING");
  return marked ? Result<void>() : marked.error();
}

Result<void> write_edges(Connection& connection, const WriteSet& writes, Spread spread) {
  Lifetimes told;
  std::set<ArticleKey> whole, touched;
  for (const WriteSet::Change& change : writes.changes()) {
    if (change.family != Family::log) continue;
    if (!change.value) return fill_edges(connection, spread);  // something was forgotten
    const auto key = decode_log_key(change.key);
    if (!key) return damaged(change.key);
    if (key->change == Change::article_added) whole.insert(key->article);
    touched.insert(key->article);
    if (auto taken = take_log_row(change.key, *change.value, told); !taken) return taken;
  }
  std::set<std::int64_t> earlier;
  for (const ArticleKey& key : touched)
    if (!whole.contains(key)) earlier.insert(shard(key.id.value));
  if (!earlier.empty()) {
    const auto rows = connection.run("SELECT key, value FROM log WHERE shard = ANY($1::bigint[])", Parameters().numbers({earlier.begin(), earlier.end()}));
    if (!rows) return rows.error();
    for (int i = 0; i < rows->size(); ++i) {
      const auto key = decode_log_key(rows->bytes(i, 0));
      if (key && !touched.contains(key->article)) continue;
      if (auto taken = take_log_row(rows->bytes(i, 0), rows->bytes(i, 1), told); !taken) return taken;
    }
  }
  if (told.empty()) return {};
  auto said = said_in(connection, told);
  if (!said) return said.error();
  return merge(connection, std::move(*said), spread);
}

Result<void> fill_edges(Connection& connection, Spread spread, std::size_t memory) {
  constexpr std::size_t kBytesAnEdge = 120;  // with what holds it here
  const auto rows = connection.run("SELECT coalesce(sum(octet_length(value)), 0)::bigint FROM log");
  if (!rows) return rows.error();
  const auto statements = static_cast<std::size_t>(rows->number(0, 0)) / 15;  // bytes of columns
  const std::size_t passes = statements * 2 * kBytesAnEdge / memory + 1;
  if (auto cleared = connection.command("DELETE FROM edges"); !cleared) return cleared;
  for (std::size_t pass = 0; pass < passes; ++pass)
    if (auto filled = Pass(connection, pass, passes).run(spread); !filled) return filled;
  return mark_edges_filled(connection);
}

}  // namespace relata::storage
