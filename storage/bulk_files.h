// The stored rows of a bulk load, as files of sorted keys.
#pragma once

#include <string>
#include <vector>

#include "storage/body_spool.h"
#include "storage/bulk_graph.h"
#include "storage/database.h"

namespace relata::storage {

// Starts a new file when one is full.
class SortedRows {
 public:
  SortedRows(const Database& database, std::string folder, Family family) : database_(database), folder_(std::move(folder)), family_(family) {}
  Result<void> put(std::string_view key, std::string_view value);  // keys ascend
  Result<void> finish(std::vector<SortedFile>& files);             // adds those that were written

 private:
  static constexpr std::uint64_t kFull = 64u << 20;
  const Database& database_;
  std::string folder_;
  Family family_;
  std::vector<SortedFile> files_;
};

// Bodies, articles, log and addresses. Gives the content hash of the graph.
Result<ContentHash> write_articles(const Database& database, const std::string& folder, const BulkGraph& graph, BodySpool& bodies, Version version,
                            std::vector<SortedFile>& files);

// Actors and entities. Gives the records of the nodes: all bytes, and where each begins (one more than nodes).
struct BulkRecords {
  std::string bytes;
  std::vector<std::uint64_t> first;
};
Result<BulkRecords> write_entities(const Database& database, const std::string& folder, const BulkGraph& graph, Version version,
                                   std::vector<SortedFile>& files);

}  // namespace relata::storage
