// How a graph's RocksDB is set up, and its errors in our words.
#pragma once

#include <rocksdb/options.h>
#include <rocksdb/slice.h>

#include <string>
#include <string_view>

#include "storage/database.h"

namespace relata::storage {

rocksdb::DBOptions database_options(bool create);
// `cache`: null for files that are written and not read.
rocksdb::ColumnFamilyOptions family_options(Family family, const std::shared_ptr<rocksdb::Cache>& cache);
std::shared_ptr<rocksdb::Cache> block_cache();
// Keys of a family that share so many bytes are found by a filter; a search with fewer must look everywhere.
std::size_t prefix_bytes(Family family);

Error error_of(const rocksdb::Status& status, const std::string& where);

inline rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace relata::storage
