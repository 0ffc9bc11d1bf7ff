// libpq behind a narrow door: one connection, statements prepared once, everything binary. Not thread-safe; no libpq type shows.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/result.h"

struct pg_conn;
struct pg_result;

namespace relata::storage {

// Where a graph is. "postgresql://user@host:port/database?schema=kursk": `schema` is ours (default "relata") and not handed on;
// everything else is as libpq documents it. Passwords are better kept in ~/.pgpass.
struct PostgresAddress {
  std::string conninfo;  // for libpq
  std::string schema;    // lower-case letters, digits and _, at most 40
  std::string shown;     // for messages: without a password
};
bool is_postgres(std::string_view db);  // whether a --db is such an address
Result<PostgresAddress> parse_postgres(const std::string& url);
// host, port, dbname, user and what else an address names, as libpq calls them.
Result<std::vector<std::pair<std::string, std::string>>> address_parts(const std::string& url);

// Parameters of a statement, in its order; bytes are bytea, arrays are bigint[] and bytea[].
class Parameters {
 public:
  Parameters& bytes(std::string_view value);
  Parameters& number(std::int64_t value);
  Parameters& numbers(const std::vector<std::int64_t>& values);
  Parameters& bytes_list(const std::vector<std::string_view>& values);
  const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
};

class Rows {
 public:
  explicit Rows(pg_result* result) : result_(result) {}
  ~Rows();
  Rows(Rows&& other) noexcept : result_(std::exchange(other.result_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  int size() const;
  std::string_view bytes(int row, int column) const;  // valid as long as the rows
  std::int64_t number(int row, int column) const;     // of a bigint column

 private:
  pg_result* result_;
};

// Why the last statement failed.
enum class Trouble {
  none,
  again,  // a serialization failure or deadlock: the transaction may be tried again
  lost,   // the server is gone, going or coming: the outcome of a commit is unknown
  taken,  // somebody made the same thing at the same time
  other,
};

class Connection {
 public:
  // Waits up to `patience` for a server that does not answer, or is starting or stopping. io: none, or it refuses us.
  static Result<std::unique_ptr<Connection>> open(const PostgresAddress& address, std::chrono::milliseconds patience);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // A statement with parameters, prepared when it is first run here.
  Result<Rows> run(const std::string& sql, const Parameters& parameters = {});
  // Statements without parameters or rows.
  Result<void> command(const std::string& sql);
  // Several of them with one round trip (libpq's pipeline mode): the rows of each, in order. After one that fails none is run.
  struct Statement {
    std::string sql;
    Parameters parameters = {};
  };
  Result<std::vector<Rows>> run_together(const std::vector<Statement>& statements);
  // Runs a last statement without waiting for it: whatever is run next does, and fails if it failed.
  void part_with(const std::string& sql);
  // Binary COPY ... FROM STDIN: begin, any number of pieces (see CopyBuffer), end.
  Result<void> copy_begin(const std::string& sql);
  Result<void> copy_piece(std::string_view bytes);
  Result<void> copy_end();

  Trouble trouble() const { return trouble_; }
  bool usable() const;

 private:
  Connection(pg_conn* connection, std::string shown) : connection_(connection), shown_(std::move(shown)) {}
  Error failed(const pg_result* result);
  Result<void> done(pg_result* result);
  Result<std::string> prepare(const std::string& sql);
  Result<Rows> taken(pg_result* result);
  bool queue(const std::string& name, const Parameters& parameters);
  void end_pipeline();
  Result<void> settle();

  pg_conn* connection_;
  std::string shown_;
  Trouble trouble_ = Trouble::none;
  std::unordered_map<std::string, std::string> prepared_;  // names by statement
  bool parted_ = false;  // a statement was parted with whose result was not awaited
};

}  // namespace relata::storage
