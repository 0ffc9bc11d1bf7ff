#include "storage/postgres/standing.h"

namespace relata::storage {
namespace {

const std::string kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const std::string kToken = "SELECT CASE WHEN EXISTS (SELECT 1 FROM journal) THEN '' ELSE token END FROM turn WHERE one = 1";

Result<std::string> token_in(const Rows& rows) {
  if (rows.size() != 1) return corrupt("table turn is empty; restore the graph from a backup");
  return std::string(rows.bytes(0, 0));
}

}  // namespace

// Connections that lay idle may have been lost with their server: another is tried.
Result<std::optional<Rows>> Standing::begin(const Connection::Statement* first) {
  std::vector<Connection::Statement> statements{{kBegin}, {kToken}};
  if (first != nullptr) statements.push_back(*first);
  const auto deadline = std::chrono::steady_clock::now() + patience();
  for (;;) {
    auto connection = pool_->lease();
    if (!connection) return connection.error();
    auto rows = (*connection)->run_together(statements);
    const bool lost = !rows && (*connection)->trouble() == Trouble::lost;
    if (lost && std::chrono::steady_clock::now() < deadline) continue;
    connection_ = std::move(*connection);
    begun_ = true;
    if (!rows) return rows.error();
    auto token = token_in((*rows)[1]);
    if (!token) return token.error();
    token_ = std::move(*token);
    return first == nullptr ? std::optional<Rows>() : std::optional(std::move(rows->back()));
  }
}

Result<Rows> Standing::run(const std::string& sql, const Parameters& parameters) {
  const std::lock_guard lock(mutex_);
  if (!begun_) {
    const Connection::Statement statement{sql, parameters};
    auto rows = begin(&statement);
    return rows ? Result<Rows>(std::move(**rows)) : Result<Rows>(rows.error());
  }
  if (!connection_) return io_error("the server cannot be read; see that it runs and try again");
  return connection_->run(sql, parameters);
}

Result<std::string> Standing::token() {
  const std::lock_guard lock(mutex_);
  if (!begun_)
    if (auto begun = begin(nullptr); !begun) return begun.error();
  if (token_) return *token_;
  if (!connection_) return io_error("the server cannot be read; see that it runs and try again");
  const auto rows = connection_->run(kToken);
  if (!rows) return rows.error();
  auto token = token_in(*rows);
  if (token) token_ = *token;
  return token;
}

}  // namespace relata::storage
