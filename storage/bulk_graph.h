// The graph of a bulk load in its final order: articles by id, as the log has them, and nodes by the id of their entity.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/bulk_articles.h"
#include "storage/view_tables.h"

namespace relata::storage {

struct BulkGraph {
  std::vector<BulkArticle> articles;
  std::vector<BulkStatement> statements;
  std::vector<std::uint32_t> sources;      // places among the article's actors
  std::vector<std::uint32_t> forms_of;     // of each actor, into forms
  std::vector<Node> actor_nodes;           // of each actor
  std::vector<EntityId> nodes;             // ascending
  std::vector<BulkForm> forms;
  std::vector<std::string> types;
  std::vector<CopyOf> copies;              // of articles, by their places
  std::vector<std::vector<SketchRow>> sketches;  // by portion

  const SketchRow& sketch(const BulkArticle& article) const { return sketches[article.portion][article.sketch]; }
  Node node(const BulkArticle& article, std::uint32_t actor) const { return actor_nodes[article.first_actor + actor]; }
  std::size_t end_of_sources(std::size_t statement) const { return statement + 1 < statements.size() ? statements[statement + 1].first_source : sources.size(); }
};

// Without nodes, and without what is outdated.
BulkGraph arrange(BulkArticles&& articles);
// How many actors have each form: none when only outdated articles have it.
std::vector<std::uint32_t> actors_of_forms(const BulkGraph& graph);
// `homes`: the entity of each form. Makes the nodes.
void house(BulkGraph& graph, const std::vector<EntityId>& homes);
// The same with the entity of each actor, in the order of the articles.
void house_actors(BulkGraph& graph, const std::vector<EntityId>& homes);

// The columns that the log has of an article. `columns` is overwritten, so that its memory is used again.
void log_columns(const BulkGraph& graph, const BulkArticle& article, ArticleColumns& columns);

// Edges and counts of the graph at `version`; records and names are to be added (see bulk_view.h).
struct BulkEdges {
  std::vector<std::uint64_t> first;  // edges of node i: [first[i], first[i + 1])
  std::unique_ptr<Edge[]> edges;
  std::vector<std::int32_t> longest;  // of each node: see NodeRow
  std::uint64_t relations = 0;
};
BulkEdges link(const BulkGraph& graph, Version version);

}  // namespace relata::storage
