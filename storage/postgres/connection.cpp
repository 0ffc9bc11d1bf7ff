#include "storage/postgres/connection.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <thread>

namespace relata::storage {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBinary = 1;
constexpr std::uint32_t kInt8Oid = 20, kByteaOid = 17;

void big(std::string& out, std::uint64_t value, int width) {
  for (int i = width; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
}

// The head of a one-dimensional array without nulls (array_recv of the server reads it).
std::string array_head(std::uint32_t element, std::size_t size) {
  std::string out;
  big(out, size > 0 ? 1 : 0, 4);
  big(out, 0, 4);
  big(out, element, 4);
  if (size == 0) return out;
  big(out, size, 4);
  big(out, 1, 4);
  return out;
}

// Classes of SQLSTATE, appendix A of the PostgreSQL manual.
Trouble trouble_of(const char* state) {
  if (state == nullptr) return Trouble::lost;
  const std::string_view code(state);
  if (code == "40001" || code == "40P01") return Trouble::again;
  if (code.starts_with("08") || code == "57P01" || code == "57P02" || code == "57P03" || code == "25P03") return Trouble::lost;
  if (code == "23505" || code == "42P07" || code == "42P06" || code == "42710") return Trouble::taken;
  return Trouble::other;
}

std::string one_line(const char* text) {
  std::string line(text == nullptr ? "" : text);
  while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.pop_back();
  for (char& c : line)
    if (c == '\n') c = ' ';
  return line;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 40 || (text.front() >= '0' && text.front() <= '9')) return false;
  for (const char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  return true;
}

// postgresql://user:secret@host -> postgresql://user@host
std::string without_password(const std::string& url) {
  const std::size_t user = url.find("://") + 3, at = url.find('@', user), colon = url.find(':', user);
  std::string shown = at != std::string::npos && colon < at ? url.substr(0, colon) + url.substr(at) : url;
  if (const std::size_t secret = shown.find("password="); secret != std::string::npos) {
    const std::size_t end = shown.find('&', secret);
    shown = shown.substr(0, secret) + (end == std::string::npos ? "" : shown.substr(end + 1));
  }
  return shown;
}

}  // namespace

bool is_postgres(std::string_view db) { return db.starts_with("postgresql://") || db.starts_with("postgres://"); }

Result<PostgresAddress> parse_postgres(const std::string& url) {
  if (!is_postgres(url)) return bad_input("'" + url + "': is no address like postgresql://host:port/database");
  PostgresAddress address{url, "relata", without_password(url)};
  std::size_t at = url.find("?schema=");
  if (at == std::string::npos) at = url.find("&schema=");
  if (at != std::string::npos) {
    const std::size_t begin = at + std::strlen("?schema="), end = std::min(url.find('&', begin), url.size());
    address.schema = url.substr(begin, end - begin);
    const bool more = end < url.size();
    address.conninfo = url.substr(0, more ? at + 1 : at) + (more ? url.substr(end + 1) : "");
  }
  if (!is_name(address.schema))
    return bad_input("schema=" + address.schema + ": use lower-case letters, digits and _, at most 40");
  char* error = nullptr;
  PQconninfoOption* options = PQconninfoParse(address.conninfo.c_str(), &error);
  if (options == nullptr) {
    const std::string why = one_line(error);
    PQfreemem(error);
    return bad_input(address.shown + ": " + why);
  }
  PQconninfoFree(options);
  return address;
}

Result<std::vector<std::pair<std::string, std::string>>> address_parts(const std::string& url) {
  const auto address = parse_postgres(url);
  if (!address) return address.error();
  std::vector<std::pair<std::string, std::string>> parts;
  PQconninfoOption* const options = PQconninfoParse(address->conninfo.c_str(), nullptr);
  for (const PQconninfoOption* each = options; each != nullptr && each->keyword != nullptr; ++each)
    if (each->val != nullptr) parts.emplace_back(each->keyword, each->val);
  PQconninfoFree(options);
  return parts;
}

Parameters& Parameters::bytes(std::string_view value) {
  values_.emplace_back(value);
  return *this;
}

Parameters& Parameters::number(std::int64_t value) {
  big(values_.emplace_back(), static_cast<std::uint64_t>(value), 8);
  return *this;
}

Parameters& Parameters::numbers(const std::vector<std::int64_t>& values) {
  std::string out = array_head(kInt8Oid, values.size());
  for (const std::int64_t value : values) {
    big(out, 8, 4);
    big(out, static_cast<std::uint64_t>(value), 8);
  }
  values_.push_back(std::move(out));
  return *this;
}

Parameters& Parameters::bytes_list(const std::vector<std::string_view>& values) {
  std::string out = array_head(kByteaOid, values.size());
  for (const std::string_view value : values) {
    big(out, value.size(), 4);
    out.append(value);
  }
  values_.push_back(std::move(out));
  return *this;
}

Rows::~Rows() { PQclear(result_); }
int Rows::size() const { return PQntuples(result_); }
std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_, row, column), static_cast<std::size_t>(PQgetlength(result_, row, column))};
}
std::int64_t Rows::number(int row, int column) const {
  std::uint64_t value = 0;
  for (const char byte : bytes(row, column)) value = value << 8 | static_cast<std::uint8_t>(byte);
  return static_cast<std::int64_t>(value);
}

Connection::~Connection() { PQfinish(connection_); }

bool Connection::usable() const { return PQstatus(connection_) == CONNECTION_OK && (parted_ || PQtransactionStatus(connection_) == PQTRANS_IDLE); }

Result<std::unique_ptr<Connection>> Connection::open(const PostgresAddress& address, std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  // A lost server is noticed by keepalives; statements end by themselves; a writer that hangs loses its turn.
  const char* const names[] = {"dbname", "connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "fallback_application_name", nullptr};
  const char* const values[] = {address.conninfo.c_str(), "5", "10", "5", "3", "relata", nullptr};
  const std::string session = "SET search_path TO " + address.schema +
                              "; SET statement_timeout = '120s'; SET lock_timeout = '100s'; SET idle_in_transaction_session_timeout = '600s';"
                              " SET client_min_messages = warning; SET bytea_output = 'hex'";
  for (auto pause = std::chrono::milliseconds(20);; pause = std::min(pause * 2, std::chrono::milliseconds(500))) {
    std::unique_ptr<Connection> made(new Connection(PQconnectdbParams(names, values, 1), address.shown));
    if (PQstatus(made->connection_) == CONNECTION_OK)
      if (made->command(session)) return made;
    const std::string why = one_line(PQerrorMessage(made->connection_));
    const bool hopeless = why.find("authentication") != std::string::npos || why.find("does not exist") != std::string::npos ||
                          why.find("no pg_hba") != std::string::npos || why.find("could not translate host") != std::string::npos;
    if (hopeless || Clock::now() + pause > deadline)
      return io_error(address.shown + ": cannot connect: " + why + (hopeless ? "" : "; see that the server runs and try again"));
    std::this_thread::sleep_for(pause);
  }
}

Error Connection::failed(const pg_result* result) {
  const char* const state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  trouble_ = PQstatus(connection_) == CONNECTION_BAD ? Trouble::lost : trouble_of(state);
  return io_error(shown_ + ": " + one_line(PQerrorMessage(connection_)));
}

Result<void> Connection::done(pg_result* result) {
  const Rows owner(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
    trouble_ = Trouble::none;
    return {};
  }
  return failed(result);
}

Result<void> Connection::command(const std::string& sql) {
  if (auto settled = settle(); !settled) return settled;
  return done(PQexec(connection_, sql.c_str()));
}

// The name of a statement that the server knows then.
Result<std::string> Connection::prepare(const std::string& sql) {
  const auto [prepared, fresh] = prepared_.try_emplace(sql, "s" + std::to_string(prepared_.size()));
  if (fresh) {
    if (auto made = done(PQprepare(connection_, prepared->second.c_str(), sql.c_str(), 0, nullptr)); !made) {
      prepared_.erase(prepared);
      return made.error();
    }
  }
  return prepared->second;
}

Result<Rows> Connection::taken(pg_result* result) {
  Rows rows(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return failed(result);
  trouble_ = Trouble::none;
  return rows;
}

namespace {

// Parameters as libpq takes them; valid as long as they are.
struct Given {
  explicit Given(const Parameters& parameters) : formats(parameters.values().size(), kBinary) {
    for (const std::string& value : parameters.values()) {
      values.push_back(value.data());
      lengths.push_back(static_cast<int>(value.size()));
    }
  }
  int count() const { return static_cast<int>(values.size()); }
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
};

}  // namespace

Result<Rows> Connection::run(const std::string& sql, const Parameters& parameters) {
  if (auto settled = settle(); !settled) return settled.error();
  const auto name = prepare(sql);
  if (!name) return name.error();
  const Given given(parameters);
  return taken(PQexecPrepared(connection_, name->c_str(), given.count(), given.values.data(), given.lengths.data(), given.formats.data(), kBinary));
}

bool Connection::queue(const std::string& name, const Parameters& parameters) {
  const Given given(parameters);
  return PQsendQueryPrepared(connection_, name.c_str(), given.count(), given.values.data(), given.lengths.data(), given.formats.data(), kBinary) == 1;
}

Result<std::vector<Rows>> Connection::run_together(const std::vector<Statement>& statements) {
  // What was parted with is still on its way: the new statements follow it at once, if the server knows them.
  const bool known = std::all_of(statements.begin(), statements.end(), [&](const Statement& each) { return prepared_.contains(each.sql); });
  if (!known)
    if (auto settled = settle(); !settled) return settled.error();
  std::vector<std::string> names;
  for (const Statement& each : statements) {
    auto name = prepare(each.sql);
    if (!name) return name.error();
    names.push_back(std::move(*name));
  }
  if (PQenterPipelineMode(connection_) != 1) return failed(nullptr);
  bool sent = true;
  for (std::size_t i = 0; i < statements.size(); ++i) sent = sent && queue(names[i], statements[i].parameters);
  if (!sent || PQpipelineSync(connection_) != 1) return failed(nullptr);
  if (std::exchange(parted_, false))
    for (int i = 0; i < 3; ++i) PQclear(PQgetResult(connection_));  // it, the null after it, and what answers its PQpipelineSync
  std::vector<Rows> all;
  std::optional<Error> first;
  Trouble why = Trouble::none;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto rows = taken(PQgetResult(connection_));
    if (rows) {
      all.push_back(std::move(*rows));
    } else if (!first) {
      first = rows.error();
      why = trouble_;
    }
    PQclear(PQgetResult(connection_));  // the null after each
  }
  end_pipeline();
  if (!first) return all;
  trouble_ = why;
  return *first;
}

void Connection::end_pipeline() {
  PQclear(PQgetResult(connection_));  // what answers PQpipelineSync
  PQexitPipelineMode(connection_);
}

void Connection::part_with(const std::string& sql) {
  if (!settle()) return;
  const auto name = prepare(sql);
  if (!name || PQenterPipelineMode(connection_) != 1) return;
  parted_ = queue(*name, {}) && PQpipelineSync(connection_) == 1;
}

Result<void> Connection::settle() {
  if (!parted_) return {};
  parted_ = false;
  const auto last = taken(PQgetResult(connection_));
  PQclear(PQgetResult(connection_));
  end_pipeline();
  return last ? Result<void>() : last.error();
}

Result<void> Connection::copy_begin(const std::string& sql) {
  if (auto settled = settle(); !settled) return settled;
  pg_result* const begun = PQexec(connection_, sql.c_str());
  const Rows owner(begun);
  if (PQresultStatus(begun) != PGRES_COPY_IN) return failed(begun);
  // pgcopy's signature, flags and extension (COPY, "Binary Format").
  return copy_piece(std::string_view("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19));
}

Result<void> Connection::copy_piece(std::string_view bytes) {
  if (PQputCopyData(connection_, bytes.data(), static_cast<int>(bytes.size())) == 1) return {};
  return failed(nullptr);
}

Result<void> Connection::copy_end() {
  if (auto put = copy_piece(std::string_view("\377\377", 2)); !put) return put;
  if (PQputCopyEnd(connection_, nullptr) != 1) return failed(nullptr);
  auto ended = done(PQgetResult(connection_));
  while (pg_result* rest = PQgetResult(connection_)) PQclear(rest);
  return ended;
}

}  // namespace relata::storage
