#include "storage/postgres/postgres_database.h"

#include <algorithm>
#include <random>
#include <thread>

#include "storage/batch_writer.h"
#include "storage/copy_database.h"
#include "storage/postgres/row_writer.h"
#include "storage/rows.h"

namespace relata::storage {
namespace {

constexpr int kPageRows = 2000, kFirstRows = 30;

// A transaction that sees one state. Its statements are one after the other.
struct Frozen {
  std::mutex mutex;
  std::unique_ptr<Connection> connection;
};

// The first bytes after all that begin with `prefix`; empty: there is no end.
std::string after_all(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(end.back() + 1);
  return end;
}

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
  return {};
}

Result<Rows> PostgresDatabase::read(const std::string& sql, const Parameters& parameters, const Snapshot& at) const {
  if (!at) return pool_.read(sql, parameters);
  Frozen& frozen = *static_cast<Frozen*>(const_cast<void*>(at.get()));
  const std::lock_guard lock(frozen.mutex);
  if (!frozen.connection) return io_error(address_.shown + ": cannot be read; see that the server runs and try again");
  return frozen.connection->run(sql, parameters);
}

// With several servers a batch comes to one after the other: the turn is held while all of them are asked for a snapshot, if this
// thread does not hold it anyway.
Database::Snapshot PostgresDatabase::snapshot() const {
  auto frozen = std::make_shared<Frozen>();
  auto opened = Connection::open(address_, patience());
  if (!opened) return frozen;
  std::unique_ptr<Connection> turn;
  const bool mine = turn_of_ == std::this_thread::get_id() && turn_;
  if (spread_ == Spread::fdw && !mine)
    if (auto second = Connection::open(address_, patience()); second && (*second)->command("BEGIN; SELECT 1 FROM turn WHERE one = 1 FOR UPDATE")) turn = std::move(*second);
  if (!(*opened)->command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")) return frozen;
  for (const Family family : {Family::meta, Family::log})
    if (!(*opened)->run("SELECT key FROM " + std::string(layout_of(family).name) + " ORDER BY key LIMIT 1")) return frozen;
  frozen->connection = std::move(*opened);
  return frozen;
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
  if (auto put = write_changes(*writer_, *writes, version_of(*writes), spread_); !put) return put;
  turn_ = false;
  if (auto done = writer_->command("DELETE FROM journal; COMMIT"); !done) return done;
  return take_turn();
}

Result<void> PostgresDatabase::mark(const std::string& token) {
  const auto marked = writer_->run("UPDATE turn SET token = $1 WHERE one = 1", Parameters().bytes(token));
  return marked ? Result<void>() : marked.error();
}

Result<void> PostgresDatabase::put(const WriteSet& writes, const std::string& token) {
  if (auto put = write_changes(*writer_, writes, version_of(writes), spread_); !put) return put;
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
