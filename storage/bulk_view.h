// The view of a bulk load, before it is in its image.
#pragma once

#include "storage/bulk_files.h"
#include "storage/bulk_graph.h"
#include "storage/identity_rows.h"
#include "storage/view_tables.h"

namespace relata::storage {

// Columns that a view's tables point into.
struct BulkView {
  std::vector<ImageNode> nodes;
  std::vector<ArticleEntry> articles;
  std::vector<StatementEntry> statements;
  std::vector<Node> actor_nodes;
  std::vector<std::uint32_t> sources;
  std::vector<Redirect> redirects;
  std::vector<CopyEntry> copies;
  BulkEdges edges;
  BulkRecords records;
};

// In two steps, for records come last; what it is given by value it takes over. The tables have no indexes: they are to be written as an image only.
std::shared_ptr<BulkView> view_without_records(const BulkGraph& graph, BulkEdges edges, std::vector<Redirect> redirects, Version version);
ViewTables view_of(const BulkGraph& graph, const std::shared_ptr<BulkView>& view, BulkRecords records, Version version);

}  // namespace relata::storage
