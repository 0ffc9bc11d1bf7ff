// A stored graph as it was at an older version: the tables of a newer view, and of what has changed since the rows of family
// "past". Reads the store for names and counts of entities; each costs a seek.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "storage/past_rows.h"
#include "storage/stored_view.h"

namespace relata::storage {

class PastView final : public GraphView {
 public:
  // bad_input: there is no such version, or it was forgotten; io: the store is closed.
  static Result<std::shared_ptr<const GraphView>> open(std::shared_ptr<const StoredView> newest, Version version);

  Version version() const override { return state_.version; }
  Counts counts() const override { return {state_.articles, state_.entities, state_.relations, state_.statements}; }
  ContentHash content_hash() const override { return state_.hash; }
  Result<std::shared_ptr<const GraphView>> at(Version version) const override;
  Version oldest() const override { return oldest_; }
  std::vector<Decision> decisions() const override;
  std::size_t nodes() const override { return newest_->nodes(); }
  std::optional<Node> node(EntityId id) const override;
  Entity entity(Node node) const override;
  EntityId entity_id(Node node) const override { return newest_->entity_id(node); }
  EntityType entity_type(Node node) const override;
  std::vector<EntityMatch> named(std::string_view prefix, std::size_t limit) const override;
  std::span<const Edge> edges(Node node) const override { return newest_->edges(node); }
  std::span<const std::string> relation_types() const override { return newest_->relation_types().first(state_.types); }
  std::size_t statements() const override { return newest_->statements(); }
  StatementId statement_id(StatementIndex index) const override { return newest_->statement_id(index); }
  std::optional<StatementIndex> statement(StatementId id) const override;
  Ends ends(StatementIndex index) const override;
  Result<Evidence> evidence(StatementIndex index) const override;
  std::uint64_t publisher_key(StatementIndex index) const override { return newest_->publisher_key(index); }
  std::uint64_t voice_key(StatementIndex index, Version version) const override { return newest_->voice_key(index, version); }
  Result<Statement> statement_value(StatementIndex index) const override { return newest_->statement_value(index); }
  Result<void> tell(std::span<const StatementIndex> statements, const TellTo& told) const override { return newest_->tell(statements, told); }
  Result<Extraction> extraction(ArticleId id) const override;
  std::vector<ArticleId> articles() const override;
  std::vector<ArticleId> articles_of(Node node) const override;
  Node node_of(ArticleId article, ActorIndex actor) const override;
  std::vector<Node> nodes_of(ArticleId article) const override { return homes(newest_->tables().articles[lifetime(article)]); }
  Result<void> fetched() const override;

 private:
  PastView(std::shared_ptr<const StoredView> newest, std::shared_ptr<const ExtractionSource> source, Database::Snapshot at, StateRow state, Version oldest);
  // The newest lifetime that began by this version; IdIndex::kNowhere.
  std::uint32_t lifetime(ArticleId id) const;
  bool holds(const ArticleEntry& article) const { return article.added <= state_.version && state_.version < article.removed; }
  // Which node each actor of a lifetime was.
  std::vector<Node> homes(const ArticleEntry& article) const;
  // As Past::record(), which the same few entities are asked for again and again.
  Result<std::optional<std::string>> record(EntityId id) const;
  // Keeps the error for fetched(), if it is the first.
  template <typename T>
  const Result<T>& noted(const Result<T>& read) const;

  std::shared_ptr<const StoredView> newest_;
  std::shared_ptr<const ExtractionSource> source_;  // keeps the database
  Past past_;
  StateRow state_;
  Version oldest_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<Node, EntityType> types_;  // guarded by mutex_: filters ask for them again and again
  mutable std::unordered_map<EntityId, std::optional<std::string>> records_;  // guarded by mutex_; begins anew when it has grown large
  mutable std::optional<Error> fault_;  // guarded by mutex_
};

}  // namespace relata::storage
