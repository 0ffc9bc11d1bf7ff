// GraphView over ViewTables. Edges, names and records are in memory; the words of statements are read from the store when asked.
#pragma once

#include <memory>
#include <mutex>

#include "storage/extraction_source.h"
#include "storage/view_tables.h"

namespace relata::storage {

// Lives in a shared_ptr, which older versions made from it keep.
class StoredView final : public GraphView, public std::enable_shared_from_this<StoredView> {
 public:
  // Once the store is closed, `source` is gone and what would be read from it is io; the rest of the view stays.
  StoredView(ViewTables tables, std::weak_ptr<const ExtractionSource> source) : tables_(std::move(tables)), source_(std::move(source)) {}

  const ViewTables& tables() const { return tables_; }
  // Null when the store is closed.
  std::shared_ptr<const ExtractionSource> source() const { return source_.lock(); }
  // For views of older versions: every node that has or had such a name, the article of a statement as stored, checked to have
  // that statement, and its speakers as places in ViewTables::actor_nodes.
  std::vector<Node> bearers(std::string_view folded_prefix) const;
  Result<std::shared_ptr<const Extraction>> told_by(StatementIndex index) const;
  Result<std::shared_ptr<const Extraction>> read(const ArticleEntry& entry) const;
  std::vector<std::uint32_t> sources_of(StatementIndex index) const;

  Version version() const override { return tables_.version; }
  Counts counts() const override { return tables_.counts; }
  ContentHash content_hash() const override { return tables_.hash; }
  Result<std::shared_ptr<const GraphView>> at(Version version) const override;
  Version oldest() const override;
  std::vector<Decision> decisions() const override { return *tables_.decisions; }
  std::size_t nodes() const override { return tables_.nodes.size(); }
  std::optional<Node> node(EntityId id) const override;
  Entity entity(Node node) const override;
  EntityId entity_id(Node node) const override { return tables_.nodes[node].id; }
  EntityType entity_type(Node node) const override { return type_of_record(tables_.nodes[node].record_view()).value_or(EntityType::org); }
  std::vector<EntityMatch> named(std::string_view prefix, std::size_t limit) const override;
  std::vector<NearMatch> near_named(std::string_view text, std::size_t limit) const override;
  std::vector<EntityMatch> listed(std::string_view prefix, std::size_t limit) const override;
  std::span<const Edge> edges(Node node) const override { return tables_.nodes[node].run(); }
  std::span<const Edge> edges_touching(Node node, Day from, Day until) const override {
    const NodeTable::Row row = tables_.nodes[node];
    return touching(row.run(), from, until, row.longest);
  }
  std::span<const std::string> relation_types() const override { return *tables_.types; }
  std::size_t statements() const override { return tables_.statements.size(); }
  StatementId statement_id(StatementIndex index) const override;
  std::optional<StatementIndex> statement(StatementId id) const override;
  Ends ends(StatementIndex index) const override;
  Result<Evidence> evidence(StatementIndex index) const override;
  std::uint64_t publisher_key(StatementIndex index) const override { return tables_.articles[tables_.statements[index].article].publisher; }
  std::uint64_t voice_key(StatementIndex index, Version version) const override {
    return tables_.voice(tables_.articles[tables_.statements[index].article], version);
  }
  Result<Statement> statement_value(StatementIndex index) const override;
  Result<void> tell(std::span<const StatementIndex> statements, const TellTo& told) const override;
  Result<Extraction> extraction(ArticleId id) const override;
  std::vector<ArticleId> articles() const override;
  std::vector<ArticleId> articles_of(Node node) const override;  // all articles when the store cannot be read
  Node node_of(ArticleId article, ActorIndex actor) const override;
  std::vector<Node> nodes_of(ArticleId article) const override;

 private:
  ViewTables tables_;
  std::weak_ptr<const ExtractionSource> source_;
  mutable std::once_flag listed_;
  mutable std::vector<ArticleId> articles_;  // that hold, ascending; made when somebody asks
};

// A statement as proof, its speakers named as the view names them. Precondition: the extraction has it.
Evidence evidence_of(const GraphView& view, const Extraction& extraction, StatementId id, const GraphView::Ends& ends);

}  // namespace relata::storage
