// Writes the changes of a batch into the tables, inside a transaction of the caller.
#pragma once

#include <map>
#include <optional>

#include "storage/database.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/layout.h"
#include "storage/postgres/schema.h"

namespace relata::storage {

// `version`: of the batch; rows are marked with it.
Result<void> write_changes(Connection& connection, const WriteSet& writes, std::int64_t version, Spread spread);

// Adds rows of one table by binary COPY: none of them may be there yet.
class CopyIn {
 public:
  CopyIn(Connection& connection, const TableLayout& table) : connection_(connection), table_(table) {}
  Result<void> begin();
  Result<void> row(std::string_view key, std::string_view value, std::int64_t version);
  Result<void> end();

 private:
  Connection& connection_;
  const TableLayout& table_;
  std::string pending_;
};

// Changes as the bytes of the journal, which is replayed when a batch was cut off between servers.
std::string encode_changes(const WriteSet& writes);
Result<WriteSet> decode_changes(std::string_view bytes);

// Rows of table `names` for records of entities as they are now, by key; a record that is gone leaves the names it had. Those that hold now are marked
// kHolds, those of before kHeld; what is right already is not written.
using Records = std::map<std::string_view, std::optional<std::string_view>>;
Result<void> write_names(Connection& connection, const Records& records, std::int64_t version, Spread spread);
// The same for all entities, in a graph of a program that did not mark them.
Result<void> fill_names(Connection& connection, Spread spread);
inline constexpr std::string_view kHolds{"\1", 1}, kHeld{"\0", 1};
std::string_view name_mark(std::string_view record);

// The keys of table `names` that the record of an entity calls for: its folded names, a byte 0 and its id.
std::vector<std::string> name_keys(std::string_view entity_key, std::string_view record);
// In bytes. Longer names are cut there: what is found must be looked at again.
inline constexpr std::size_t kLongestName = 200;

}  // namespace relata::storage
