#include "storage/postgres/postgres_database.h"

#include <algorithm>
#include <random>
#include <thread>

#include "storage/batch_writer.h"
#include "storage/copy_database.h"
#include "storage/postgres/bulk_copy.h"
#include "storage/postgres/edge_writer.h"
#include "storage/postgres/layout.h"
#include "storage/postgres/row_writer.h"
#include "storage/postgres/standing.h"
#include "storage/rows.h"

namespace relata::storage {
namespace {

constexpr int kPageRows = 2000, kFirstRows = 30;

std::string random_token() {
  std::random_device device;
  std::string token;
  for (int i = 0; i < 16; ++i) token.push_back(static_cast<char>(device()));
  return token;
}

// Of the batch that a write set is, or 0 when it makes no version.
Version version_of(const WriteSet& writes) {
  Version version = 0;
  for (const WriteSet::Change& change : writes.changes())
    if (change.family == Family::meta && change.key == kStateKey && change.value)
      if (const auto state = decode_state_row(*change.value)) version = state->version;
  return version;
}

}  // namespace

Result<std::shared_ptr<PostgresDatabase>> PostgresDatabase::open_address(const std::string& url, bool create, bool read_only) {
  const auto address = parse_postgres(url);
  if (!address) return address.error();
  auto connection = Connection::open(*address, patience());
  if (!connection) return connection.error();
  auto spread = bring_up_to_date(**connection, *address, read_only);
  if (!spread && spread.error().fault == Fault::not_found && create && !read_only) {
    // Another process may be making them too: whoever is second finds them.
    if (auto made = create_tables(**connection, *address, {}); !made && made.error().fault != Fault::conflict) return made.error();
    spread = bring_up_to_date(**connection, *address, read_only);
  }
  if (!spread) return spread.error();
  const auto state = (*connection)->run("SELECT value FROM meta WHERE key = $1", Parameters().bytes(kStateKey));
  if (!state) return state.error();
  const bool fresh = state->size() == 0;
  if (fresh && read_only) return not_found(address->shown + ": the graph is not made yet; open it for writing once");
  return std::shared_ptr<PostgresDatabase>(new PostgresDatabase(*address, *spread, fresh));
}

Result<void> PostgresDatabase::finish_creation() {
  fresh_ = false;
  return fill();
}

Result<Rows> PostgresDatabase::read(const std::string& sql, const Parameters& parameters, const Snapshot& at) const {
  if (!at) return pool_->read(sql, parameters);
  return static_cast<Standing*>(const_cast<void*>(at.get()))->run(sql, parameters);
}

Database::Snapshot PostgresDatabase::snapshot_at_first_read() const { return spread_ == Spread::fdw ? snapshot() : std::make_shared<Standing>(pool_); }

Result<std::string> PostgresDatabase::token(const Snapshot& at) const { return static_cast<Standing*>(const_cast<void*>(at.get()))->token(); }

// With several servers a batch comes to one after the other: the turn is held while all of them are asked for a snapshot, if this
// thread does not hold it anyway.
Database::Snapshot PostgresDatabase::snapshot() const {
  std::unique_ptr<Connection> turn;
  const bool mine = turn_of_ == std::this_thread::get_id() && turn_;
  if (spread_ == Spread::fdw && !mine)
    if (auto second = pool_->lease(); second && (*second)->command("BEGIN; SELECT 1 FROM turn WHERE one = 1 FOR UPDATE")) turn = std::move(*second);
  auto standing = stand_still();
  if (!standing) standing = stand_still();  // one that lay idle may have been lost with its server
  if (turn) pool_->end_lease(std::move(turn));
  return std::make_shared<Standing>(pool_, std::move(standing));
}

// Null when there is no server.
std::unique_ptr<Connection> PostgresDatabase::stand_still() const {
  auto connection = pool_->lease();
  if (!connection || !(*connection)->command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")) return nullptr;
  // The first read of a server is what it sees from then on: of several, all are read now, and no key is empty.
  const auto first = (*connection)->run(spread_ == Spread::fdw ? "SELECT count(*) FROM log WHERE key = ''::bytea"
                                                               : "SELECT 1 FROM turn");
  if (!first) return nullptr;
  return std::move(*connection);
}

Result<std::optional<std::string>> PostgresDatabase::get(Family family, std::string_view key, const Snapshot& at) const {
  const TableLayout& table = layout_of(family);
  const auto rows = read("SELECT value FROM " + std::string(table.name) + " WHERE key = $1 AND shard = $2::bigint", Parameters().bytes(key).number(shard_of(table, key)), at);
  if (!rows) return rows.error();
  return rows->size() == 0 ? std::optional<std::string>() : std::optional(std::string(rows->bytes(0, 0)));
}

// In pages, the first one small where little is expected.
Result<void> PostgresDatabase::visit(Family family, std::string_view prefix, std::string_view from, const Walker& walk, const Snapshot& at) const {
  const TableLayout& table = layout_of(family);
  const auto shard = shard_of_prefix(table, prefix);
  const std::string end = after_all(prefix);
  const std::string tail = std::string(shard ? " AND shard = $2::bigint" : " AND $2::bigint = 0") + (end.empty() ? "" : " AND key < $3") + " ORDER BY key LIMIT ";
  const int most = family == Family::bodies ? kPageRows / 10 : kPageRows;
  std::string first(from);
  int page = prefix.empty() ? most : kFirstRows;
  for (const char* beyond = ">= $1"; true; beyond = "> $1", page = std::min(page * 8, most)) {
    Parameters parameters;
    parameters.bytes(first).number(shard.value_or(0));
    if (!end.empty()) parameters.bytes(end);
    const auto rows = read("SELECT key, value FROM " + std::string(table.name) + " WHERE key " + beyond + tail + std::to_string(page), parameters, at);
    if (!rows) return rows.error();
    for (int i = 0; i < rows->size(); ++i) {
      const auto on = walk(rows->bytes(i, 0), rows->bytes(i, 1));
      if (!on) return on.error();
      if (!*on) return {};
    }
    if (rows->size() < page) return {};
    first = rows->bytes(rows->size() - 1, 0);
  }
}

Result<void> PostgresDatabase::checkpoint(const std::string& folder) const {
  const auto copied = copy_database(*this, folder);
  return copied ? Result<void>() : copied.error();
}

Result<void> PostgresDatabase::written_since(Family family, Version version, const Visitor& visit, const Snapshot& at) const {
  const TableLayout& table = layout_of(family);
  std::string last;
  for (;;) {
    const auto rows = read("SELECT key, value FROM " + std::string(table.name) + " WHERE written > $1::bigint AND key > $2 ORDER BY key LIMIT " + std::to_string(kPageRows),
                                 Parameters().number(version).bytes(last), at);
    if (!rows) return rows.error();
    for (int i = 0; i < rows->size(); ++i)
      if (auto visited = visit(rows->bytes(i, 0), rows->bytes(i, 1)); !visited) return visited;
    if (rows->size() < kPageRows) return {};
    last = rows->bytes(rows->size() - 1, 0);
  }
}

Result<void> PostgresDatabase::take_turn() {
  if (turn_) return {};
  const auto deadline = std::chrono::steady_clock::now() + patience();
  for (;;) {
    if (!writer_ || !writer_->usable()) {
      auto opened = Connection::open(address_, patience());
      if (!opened) return opened.error();
      writer_ = std::move(*opened);
    }
    Result<void> begun = writer_->command("BEGIN ISOLATION LEVEL READ COMMITTED");
    if (begun) {
      const auto rows = writer_->run("SELECT token FROM turn WHERE one = 1 FOR UPDATE");
      if (rows && rows->size() == 1) {
        turn_ = true;
        turn_of_ = std::this_thread::get_id();
        turn_token_ = rows->bytes(0, 0);
        auto replayed = replay();
        if (!replayed) end_turn();
        return replayed;
      }
      begun = rows ? Result<void>(corrupt(address_.shown + ": table turn is empty")) : Result<void>(rows.error());
    }
    const Trouble trouble = writer_->trouble();
    writer_.reset();
    if ((trouble != Trouble::lost && trouble != Trouble::again) || std::chrono::steady_clock::now() > deadline) return begun;
  }
}

void PostgresDatabase::end_turn() {
  if (!turn_) return;
  turn_ = false;
  if (writer_ && !writer_->command("ROLLBACK")) writer_.reset();
}

// A batch that was decided on but did not come to every server is brought to its end by whoever has the next turn.
Result<void> PostgresDatabase::replay() {
  if (spread_ != Spread::fdw) return {};
  const auto rows = writer_->run("SELECT changes FROM journal ORDER BY part");
  if (!rows) return rows.error();
  if (rows->size() == 0) return {};
  std::string bytes;
  for (int i = 0; i < rows->size(); ++i) bytes += rows->bytes(i, 0);
  const auto writes = decode_changes(bytes);
  if (!writes) return writes.error();
  if (auto put = write_all(*writes); !put) return put;
  turn_ = false;
  if (auto done = writer_->command("DELETE FROM journal; COMMIT"); !done) return done;
  return take_turn();
}

// The first state that is written is that of an empty graph, unless it ends a copy.
Result<void> PostgresDatabase::write_all(const WriteSet& writes) {
  if (auto put = write_changes(*writer_, writes, version_of(writes), spread_); !put) return put;
  const bool creates = std::any_of(writes.changes().begin(), writes.changes().end(), [](const WriteSet::Change& change) {
    const auto state = change.family == Family::meta && change.key == kStateKey && change.value ? decode_state_row(*change.value) : std::nullopt;
    return state && state->version == 0;
  });
  if (creates) return mark_edges_filled(*writer_);
  if (!filled_) {
    const auto filled = edges_filled(*writer_);
    if (!filled) return filled.error();
    filled_ = *filled;
  }
  return filled_ ? write_edges(*writer_, writes, spread_) : Result<void>();
}

Result<bool> PostgresDatabase::filled(const Snapshot& at) const {
  const auto rows = read("SELECT count(*) FROM filled WHERE name IN ('edges', 'names')", {}, at);
  if (!rows) return rows.error();
  return rows->number(0, 0) == 2;
}

Result<void> PostgresDatabase::fill() {
  const auto there = filled(nullptr);
  if (!there) return there.error();
  if (*there) return {};
  if (auto turn = take_turn(); !turn) return turn;
  auto done = writer_->command("SET LOCAL statement_timeout = 0");
  const auto names = writer_->run("SELECT count(*) FROM filled WHERE name = 'names'");
  if (done && !names) done = names.error();
  if (done && names->number(0, 0) == 0) done = fill_names(*writer_, spread_);
  const auto edges = edges_filled(*writer_);
  if (done && !edges) done = edges.error();
  if (done && !*edges) done = fill_edges(*writer_, spread_);
  if (done) done = writer_->command("COMMIT; ANALYZE edges");
  if (done) vacuum_names();
  turn_ = turn_ && !done;
  if (!done) end_turn();
  return done;
}

// What is listed is read from its index alone where a vacuum has been; autovacuum would come later. Of other servers' parts it does.
void PostgresDatabase::vacuum_names() { (void)writer_->command(spread_ == Spread::fdw ? "VACUUM ANALYZE names_p0" : "VACUUM ANALYZE names"); }

Result<void> PostgresDatabase::take_over(const Database& from, Version version) {
  if (auto turn = take_turn(); !turn) return turn;
  const auto state = get(Family::meta, kStateKey);
  if (!state) return state.error();
  const auto row = *state ? decode_state_row(**state) : std::nullopt;
  if (!row || row->version != 0) return conflict(address_.shown + ": another process wrote first; load again");
  auto done = writer_->command("SET LOCAL statement_timeout = 0");
  if (done) done = copy_all(*writer_, from, version);
  if (done) done = fill_edges(*writer_, spread_);
  if (done) done = mark(random_token());
  if (done) done = writer_->command("COMMIT");
  turn_ = turn_ && !done;
  if (!done) return end_turn(), done;
  vacuum_names();
  (void)writer_->command("ANALYZE entities; ANALYZE edges; ANALYZE actors; ANALYZE log");  // the planner knows the tables as they were; autovacuum would see to it later
  return done;
}

Result<void> PostgresDatabase::mark(const std::string& token) {
  const auto marked = writer_->run("UPDATE turn SET token = $1 WHERE one = 1", Parameters().bytes(token));
  return marked ? Result<void>() : marked.error();
}

Result<void> PostgresDatabase::put(const WriteSet& writes, const std::string& token) {
  if (auto put = write_all(writes); !put) return put;
  if (auto marked = mark(token); !marked) return marked;
  return writer_->command("COMMIT");
}

Result<void> PostgresDatabase::put_with_journal(const WriteSet& writes, const std::string& token) {
  constexpr std::size_t kPart = 64u << 20;
  const std::string bytes = encode_changes(writes);
  for (std::size_t at = 0, part = 0; at < bytes.size(); at += kPart, ++part) {
    const auto kept = writer_->run("INSERT INTO journal VALUES ($1::bigint, $2)", Parameters().number(static_cast<std::int64_t>(part)).bytes(std::string_view(bytes).substr(at, kPart)));
    if (!kept) return kept.error();
  }
  if (auto marked = mark(token); !marked) return marked;
  if (auto decided = writer_->command("COMMIT"); !decided) return decided;
  turn_ = false;
  if (auto again = take_turn(); !again) return again;  // replays the journal
  return writer_->command("ROLLBACK");
}

// A lost server leaves it open whether a commit came through: the token tells.
Result<void> PostgresDatabase::write(WriteSet& writes) {
  if (auto turn = take_turn(); !turn) return turn;
  const std::string before = turn_token_, token = random_token();
  for (int attempt = 0;; ++attempt) {
    const auto done = spread_ == Spread::fdw ? put_with_journal(writes, token) : put(writes, token);
    turn_ = turn_ && !done;
    if (done) return {};
    const Trouble trouble = writer_ ? writer_->trouble() : Trouble::lost;
    if (trouble == Trouble::again) end_turn();
    turn_ = false;
    if (trouble != Trouble::again) writer_.reset();
    if ((trouble != Trouble::lost && trouble != Trouble::again) || attempt == 5) return done;
    if (auto turn = take_turn(); !turn) return turn;
    if (turn_token_ == token) {
      end_turn();
      return {};
    }
    if (turn_token_ != before) {
      end_turn();
      return conflict(address_.shown + ": another process wrote first; try again");
    }
  }
}

}  // namespace relata::storage
