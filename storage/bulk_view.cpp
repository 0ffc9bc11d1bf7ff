#include "storage/bulk_view.h"

namespace relata::storage {
namespace {

void add_articles(const BulkGraph& graph, Version version, BulkView& view) {
  view.articles.reserve(graph.articles.size());
  view.statements.reserve(graph.statements.size());
  view.sources.reserve(graph.sources.size());
  for (std::uint32_t place = 0; place < graph.articles.size(); ++place) {
    const BulkArticle& from = graph.articles[place];
    view.articles.push_back({from.id, from.publisher, version, kForever, from.first_statement, from.statements, from.first_actor, from.actors});
    for (std::size_t i = from.first_statement; i < std::size_t{from.first_statement} + from.statements; ++i) {
      const BulkStatement& statement = graph.statements[i];
      view.statements.push_back({place, from.first_actor + statement.subject, from.first_actor + statement.object, statement.first_source, statement.time_hash});
      for (std::size_t source = statement.first_source; source < graph.end_of_sources(i); ++source) view.sources.push_back(from.first_actor + graph.sources[source]);
    }
  }
}

void add_copies(const BulkGraph& graph, Version version, BulkView& view) {
  for (const CopyOf& copy : graph.copies) {
    view.articles[copy.copy].copy = static_cast<std::uint32_t>(view.copies.size());
    view.copies.push_back({version, copy.original, ArticleEntry::kNoCopy});
  }
}

void add_nodes(const BulkGraph& graph, BulkView& view) {
  view.nodes.reserve(graph.nodes.size());
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    ImageNode node;
    node.id = graph.nodes[i];
    node.first_edge = view.edges.first[i];
    node.edges = static_cast<std::uint32_t>(view.edges.first[i + 1] - view.edges.first[i]);
    node.record = view.records.first[i];
    node.record_bytes = static_cast<std::uint32_t>(view.records.first[i + 1] - view.records.first[i]);
    node.longest = view.edges.longest[i];
    view.nodes.push_back(node);
  }
}

NameIndex names_of(const NodeTable& nodes) {
  std::vector<FoldedName> names;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto record = decode_entity_record(nodes[i].record_view());
    if (!record) continue;
    for (const std::string& alias : record->entity(nodes[i].id).aliases)
      if (std::string folded = fold_name(alias); !folded.empty()) names.push_back({std::move(folded), static_cast<Node>(i)});
  }
  return NameIndex().with(std::move(names));
}

}  // namespace

std::shared_ptr<BulkView> view_without_records(const BulkGraph& graph, BulkEdges edges, std::vector<Redirect> redirects, Version version) {
  auto view = std::make_shared<BulkView>();
  view->edges = std::move(edges);
  view->redirects = std::move(redirects);
  view->actor_nodes = graph.actor_nodes;
  add_articles(graph, version, *view);
  add_copies(graph, version, *view);
  return view;
}

ViewTables view_of(const BulkGraph& graph, const std::shared_ptr<BulkView>& view, BulkRecords records, Version version) {
  view->records = std::move(records);
  add_nodes(graph, *view);
  ViewTables tables;
  tables.version = version;
  tables.counts = {graph.articles.size(), graph.nodes.size(), view->edges.relations, graph.statements.size()};
  tables.nodes = NodeTable({view, view->nodes, view->edges.edges.get(), view->records.bytes.data()});
  tables.articles = {view, std::span<const ArticleEntry>(view->articles)};
  tables.statements = {view, std::span<const StatementEntry>(view->statements)};
  tables.actor_nodes = {view, std::span<const Node>(view->actor_nodes)};
  tables.sources = {view, std::span<const std::uint32_t>(view->sources)};
  tables.copies = {view, std::span<const CopyEntry>(view->copies)};
  tables.redirects = {view, std::span<const Redirect>(view->redirects)};
  tables.names = names_of(tables.nodes);
  tables.types = std::make_shared<const std::vector<std::string>>(graph.types);
  return tables;
}

}  // namespace relata::storage
