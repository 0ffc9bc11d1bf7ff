// A GraphView kept in plain maps and rebuilt whole: for tests and small runs, and the oracle for the stored view.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graph/extraction.h"
#include "graph/identity.h"
#include "graph/view.h"

namespace relata {

// An article in the recorded history: it holds at versions [added, removed).
struct HeldExtraction {
  std::shared_ptr<const Extraction> extraction;
  Version added = 1;
  Version removed = kForever;
};

class MemoryGraph final : public GraphView {
 public:
  // `held`: every article that was ever added, at most one lifetime open per article id; an article that was retracted and
  // added again has two entries. Actors and statements must refer to actors of their own article.
  MemoryGraph(std::vector<HeldExtraction> held, Version version);

  Version version() const override { return version_; }
  Counts counts() const override { return counts_; }
  std::size_t nodes() const override { return entities_.size(); }
  std::optional<Node> node(EntityId id) const override;
  Entity entity(Node node) const override { return entities_[node]; }
  EntityId entity_id(Node node) const override { return entities_[node].id; }
  std::vector<EntityMatch> named(std::string_view prefix, std::size_t limit) const override;
  std::span<const Edge> edges(Node node) const override { return edges_[node]; }
  std::span<const std::string> relation_types() const override { return types_; }
  std::size_t statements() const override { return statements_.size(); }
  StatementId statement_id(StatementIndex index) const override;
  std::optional<StatementIndex> statement(StatementId id) const override;
  Ends ends(StatementIndex index) const override;
  Result<Evidence> evidence(StatementIndex index) const override;
  Result<Statement> statement_value(StatementIndex index) const override;
  Result<Extraction> extraction(ArticleId id) const override;
  std::vector<ArticleId> articles() const override;
  Node node_of(ArticleId article, ActorIndex actor) const override;

 private:
  struct Told {
    std::size_t held;
    std::uint32_t ordinal;
  };
  const Statement& at(StatementIndex index) const;
  const HeldExtraction* newest(ArticleId id) const;
  void name_entities();
  void link_statements();
  void tally_entities();
  TypeIndex type_index(const std::string& type);

  std::vector<HeldExtraction> held_;  // by (article, added)
  Version version_;
  std::map<EntityId, Node> nodes_;
  std::vector<std::vector<Node>> actors_;  // held -> actor -> node
  std::vector<Entity> entities_;
  std::vector<std::vector<Edge>> edges_;
  std::vector<std::string> types_;
  std::vector<Told> statements_;  // by (article, ordinal, added)
  Counts counts_;
};

}  // namespace relata
