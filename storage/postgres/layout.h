// Which table a family of keys is, and on which shard a key lies (docs/postgresql.md has the tables one by one).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/database.h"

namespace relata::storage {

inline constexpr std::size_t kAtEnd = static_cast<std::size_t>(-1);

struct TableLayout {
  const char* name;
  bool sharded;            // else small, and kept on the first server
  std::size_t shard_at;    // of a key: the byte where the 8 begin that decide its shard, or kAtEnd
  bool by_shard;           // rows of one shard are asked for together: it has an index on `shard`
};

// The folded names of entities, found by prefix: a name, a byte 0, an entity. No family, since other engines have an index in memory.
inline constexpr TableLayout kNamesTable{"names", true, kAtEnd, true};

// What is said of each entity, in blocks (adjacency.h). It has the days of each block in columns of its own.
inline constexpr TableLayout kEdgesTable{"edges", true, 0, true};

const TableLayout& layout_of(Family family);

// The first bytes after all that begin with `prefix`; empty: there is no end.
std::string after_all(std::string_view prefix);

// The number that a row is distributed by: an article or an entity, as a signed number. 0 in tables that are not sharded.
std::int64_t shard_of(const TableLayout& layout, std::string_view key);
// The same from the beginning of a key, when that is enough to tell.
std::optional<std::int64_t> shard_of_prefix(const TableLayout& layout, std::string_view prefix);

}  // namespace relata::storage
