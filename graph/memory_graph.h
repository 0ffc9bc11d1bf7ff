// A GraphView kept in plain maps and rebuilt whole: for tests and small runs, and the oracle for the stored view.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graph/extraction.h"
#include "graph/identity.h"
#include "graph/known_names.h"
#include "graph/view.h"

namespace relata {

// Which entity an actor is from a version on.
struct Home {
  Version since = 0;
  EntityId entity;
};

// Which article an article is a copy of from a version on; itself when of none.
struct Origin {
  Version since = 0;
  ArticleId original;
};

// An article in the recorded history: it holds at versions [added, removed).
struct HeldExtraction {
  std::shared_ptr<const Extraction> extraction;
  Version added = 1;
  Version removed = kForever;
  std::vector<std::vector<Home>> homes = {};  // of each actor, ascending; empty: by its own key all the time
  std::vector<Origin> origins = {};  // ascending; before the first it is a copy of none
};

class MemoryGraph final : public GraphView {
 public:
  // `held`: every article that was ever added, at most one lifetime open per article id; an article that was retracted and
  // added again has two entries. Actors and statements must refer to actors of their own article.
  // `redirects`: what ids that no actor has have become, ascending by version; what follows version() is left out, as are
  // lifetimes, homes and decisions. `known` gives entities their external ids.
  MemoryGraph(std::vector<HeldExtraction> held, Version version, std::map<EntityId, std::vector<Home>> redirects = {}, std::vector<Decision> decisions = {},
              std::shared_ptr<const KnownNames> known = nullptr);

  Version version() const override { return version_; }
  Counts counts() const override { return counts_; }
  ContentHash content_hash() const override;
  Result<std::shared_ptr<const GraphView>> at(Version version) const override;
  std::vector<Decision> decisions() const override { return decisions_; }
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
  std::uint64_t voice_key(StatementIndex index, Version version) const override;
  Result<Statement> statement_value(StatementIndex index) const override;
  Result<Extraction> extraction(ArticleId id) const override;
  std::vector<ArticleId> articles() const override;
  Node node_of(ArticleId article, ActorIndex actor) const override;
  std::vector<Node> nodes_of(ArticleId article) const override { return actors_[static_cast<std::size_t>(newest(article) - held_.data())]; }

 private:
  struct Told {
    std::size_t held;
    std::uint32_t ordinal;
  };
  const Statement& said(StatementIndex index) const;
  const HeldExtraction* newest(ArticleId id) const;
  void cut_at(Version version);
  void house_actors();
  void name_entities();
  void add_edges(StatementIndex index);
  bool holds(const HeldExtraction& held) const { return held.removed == kForever; }
  void link_statements();
  void tally_entities();
  TypeIndex type_index(const std::string& type);

  std::vector<HeldExtraction> held_;  // by (article, added)
  Version version_;
  std::map<EntityId, std::vector<Home>> redirects_;
  std::vector<Decision> decisions_;
  std::shared_ptr<const KnownNames> known_;  // null: none
  std::map<EntityId, Node> nodes_;
  std::vector<std::vector<Node>> actors_;  // held -> actor -> node, as of version_
  std::vector<Entity> entities_;
  std::vector<std::vector<Edge>> edges_;
  std::vector<std::string> types_;
  std::vector<Told> statements_;  // by (article, ordinal, added)
  Counts counts_;
};

}  // namespace relata
