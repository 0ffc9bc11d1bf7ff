// The stored rows of a bulk load, as files of sorted keys.
#pragma once

#include <string>
#include <vector>

#include "storage/body_spool.h"
#include "storage/bulk_graph.h"
#include "storage/database.h"

namespace relata::storage {

using SortedFiles = std::vector<SortedFile>;

// Where the rows of a load go.
struct BulkPlace {
  const Database& database;
  std::string folder;  // for the files
};

// Starts a new file when one is full.
class SortedRows {
 public:
  // `part`: tells what is written of the family from what others write; keys of two parts do not overlap.
  SortedRows(const BulkPlace& place, Family family, std::string part) : place_(place), family_(family), part_(std::move(part)) {}
  Result<void> put(std::string_view key, std::string_view value);  // keys ascend
  Result<void> finish(SortedFiles& files);                         // adds those that were written

 private:
  static constexpr std::uint64_t kFull = 64u << 20;
  const BulkPlace& place_;
  Family family_;
  std::string part_;
  SortedFiles files_;
};

// One of several parts that are made at the same time.
struct Slice {
  std::size_t number = 0, of = 1;
  std::size_t begin(std::size_t size) const { return size * number / of; }
  std::size_t end(std::size_t size) const { return size * (number + 1) / of; }
};

// What does not depend on who is who: bodies; then articles, addresses and sketches.
Result<SortedFiles> write_bodies(const BulkPlace& place, const BulkGraph& graph, const BodySpool& bodies, Version version, Slice slice);
Result<SortedFiles> write_articles(const BulkPlace& place, const BulkGraph& graph, Version version);

// The log, and the content hash of the graph.
struct WrittenLog {
  SortedFiles files;
  ContentHash hash;
};
Result<WrittenLog> write_log(const BulkPlace& place, const BulkGraph& graph, Version version);

// All actors by node, and those of a node by article and place.
struct Cast {
  struct Part {
    std::uint32_t article = 0;     // place
    std::uint32_t actor = 0;       // place among the article's
    std::uint32_t form = 0;
    std::uint32_t statements = 0;  // that join it to another entity
  };
  std::vector<std::uint64_t> first;  // of node i: [first[i], first[i + 1])
  std::vector<Part> parts;
};
Cast cast_of(const BulkGraph& graph);

// Actors and entities, and the records of the nodes: all bytes, and where each begins (one more than nodes).
struct BulkRecords {
  std::string bytes;
  std::vector<std::uint64_t> first;
};
struct WrittenEntities {
  SortedFiles files;
  BulkRecords records;  // of the slice
};
Result<WrittenEntities> write_entities(const BulkPlace& place, const BulkGraph& graph, const Cast& cast, Version version, Slice slice);

}  // namespace relata::storage
