// GraphView over a graph that stays on the server: it fetches what a question touches, a frontier at a time (GraphView::expect_edges),
// and keeps it as long as it lives. Answers are those of a view in memory. Made for one question.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "storage/extraction_source.h"
#include "storage/postgres/adjacency.h"
#include "storage/postgres/moment.h"
#include "storage/postgres/numbering.h"

namespace relata::storage {

// What one question may hold of the graph at once.
struct DistantLimits {
  std::size_t edges = 4'000'000;   // 32 bytes each; also bounds the nodes
  std::size_t names = 100'000;     // that begin with a text
  std::size_t body_bytes = 256u << 20;  // of articles, as stored; the oldest are fetched again when asked for again
};

class DistantView final : public GraphView {
 public:
  // The database as it is when it is first asked, whatever is written after that. When it cannot be read, fetched() says so.
  static std::shared_ptr<const GraphView> open(std::shared_ptr<const PostgresDatabase> database, std::shared_ptr<LastFacts> last, const DistantLimits& limits = {});

  Version version() const override { return state().version; }
  Counts counts() const override { return {state().articles, state().entities, state().relations, state().statements}; }
  ContentHash content_hash() const override { return state().hash; }
  Result<std::shared_ptr<const GraphView>> at(Version version) const override;
  Version oldest() const override { return moment_->facts().oldest; }
  std::vector<Decision> decisions() const override;
  std::size_t nodes() const override { return limits_.edges + 1; }
  std::optional<Node> node(EntityId id) const override;
  Entity entity(Node node) const override;
  EntityId entity_id(Node node) const override;
  EntityType entity_type(Node node) const override;
  std::vector<EntityMatch> named(std::string_view prefix, std::size_t limit) const override;
  std::vector<NearMatch> near_named(std::string_view text, std::size_t limit) const override;
  std::vector<EntityMatch> listed(std::string_view prefix, std::size_t limit) const override;
  std::span<const Edge> edges(Node node) const override { return edges_touching(node, kFirstDay, kLastDay); }
  std::span<const Edge> edges_touching(Node node, Day from, Day until) const override;
  Stretch some_edges(Node node, Day from, Day until, Side side, std::size_t count) const override;
  std::span<const std::string> relation_types() const override { return std::span(moment_->facts().types).first(std::min<std::size_t>(state().types, moment_->facts().types.size())); }
  std::size_t statements() const override { return statements_; }
  StatementId statement_id(StatementIndex index) const override;
  std::optional<StatementIndex> statement(StatementId id) const override;
  Ends ends(StatementIndex index) const override;
  Result<Evidence> evidence(StatementIndex index) const override;
  std::uint64_t publisher_key(StatementIndex index) const override;
  std::uint64_t voice_key(StatementIndex index, Version version) const override;
  Result<Statement> statement_value(StatementIndex index) const override;
  Result<Extraction> extraction(ArticleId id) const override;
  std::vector<ArticleId> articles() const override;
  std::vector<ArticleId> articles_of(Node node) const override;
  Node node_of(ArticleId article, ActorIndex actor) const override;
  std::vector<Node> nodes_of(ArticleId article) const override;

  void expect_edges(std::span<const Node> nodes, Day from, Day until) const override;
  void expect_some_edges(std::span<const Node> nodes, Day from, Day until, Side side, std::size_t count) const override;
  void expect_entities(std::span<const Node> nodes) const override;
  void expect_statements(std::span<const StatementIndex> statements) const override;
  void expect_articles(std::span<const ArticleId> articles) const override;
  bool whole() const override { return false; }
  Result<void> fetched() const override;

 private:
  struct Run {  // of a node: all edges that touch some days, and maybe more
    std::vector<Edge> edges;
    Day from, until;
    std::size_t asked = 0;  // as many were asked for, of one side of longer days; 0: of all days
    bool has(Day begin, Day end) const { return from <= begin && end <= until; }
    std::int32_t longest = 0;
    ArticleKey last = {};  // whose edges were read
    bool sorted = true;   // so far
  };
  struct Told {  // one lifetime of an article that was met
    ArticleKey key;
    StatementIndex first = 0;
    std::uint32_t statements = 0;
    std::uint64_t publisher = 0;
  };
  struct Material {  // of a telling; null until needed
    std::shared_ptr<const Lifetime> lifetime;
    std::shared_ptr<const Extraction> extraction;
  };

  DistantView(std::shared_ptr<const Moment> moment, const std::optional<StateRow>& past, const DistantLimits& limits) : moment_(std::move(moment)), past_(past), limits_(limits) {}
  Result<Rows> read(const std::string& sql, const Parameters& parameters) const { return moment_->read(sql, parameters); }
  void fail(const Error& error) const;
  bool past() const { return past_.has_value(); }
  const StateRow& state() const { return past_ ? *past_ : moment_->facts().newest; }
  Node number(EntityId id) const;

  void fetch_edges(const std::vector<Node>& nodes, Day from, Day until) const;
  void fetch_side(const std::vector<Node>& nodes, Day from, Day until, Side side, std::size_t count) const;
  void fetch_side_by_days(const std::vector<Node>& nodes, Day from, Day until, Side side, std::size_t count) const;
  bool has_side(Node node, Day from, Day until, Side side, std::size_t count) const;
  class Blocks;
  std::vector<std::int64_t> shards_of(std::span<const Node> nodes) const;
  bool take_block(std::string_view block, Run& run) const;
  bool take_run(Node node, std::unique_ptr<Run> run, const Rows& rows, int column, std::span<const int> blocks) const;
  void keep_run(Node node, std::unique_ptr<Run> run) const;
  void fetch_records(const std::vector<EntityId>& entities) const;
  const std::string* record(EntityId entity) const;  // null: there is no such entity in this version
  Entity decoded(EntityId id, const std::string* record) const;
  std::vector<EntityId> bearers(std::string_view folded) const;
  std::optional<std::vector<EntityMatch>> listed_by_marks(const std::string& folded, std::size_t limit) const;
  std::vector<EntityMatch> listed_by_records(const std::string& folded, std::size_t limit) const;

  StatementIndex first_statement(const ArticleKey& key, std::uint32_t statements, std::uint64_t publisher) const;
  std::uint32_t telling_of(StatementIndex index) const;
  void fetch_lifetimes(const std::vector<ArticleId>& articles) const;
  void fetch_bodies(const std::vector<std::uint32_t>& tellings) const;
  const Lifetime* lifetime(std::uint32_t telling) const;
  Result<std::shared_ptr<const Extraction>> told_by(std::uint32_t telling) const;
  std::optional<std::uint32_t> newest_lifetime(ArticleId id) const;
  std::vector<EntityId> homes(const Lifetime& lifetime) const;

  const std::shared_ptr<const Moment> moment_;
  const std::optional<StateRow> past_;  // nothing: the newest
  const DistantLimits limits_;
  mutable std::recursive_mutex mutex_;
  // Guarded by mutex_.
  mutable std::optional<Error> error_;
  mutable std::vector<EntityId> ids_;
  mutable Numbering numbers_;  // of entities
  mutable std::vector<std::unique_ptr<Run>> runs_;  // by node
  mutable std::vector<std::unique_ptr<Run>> replaced_;  // of fewer days; spans of them may be held
  mutable std::size_t held_ = 0;                    // edges
  mutable std::unordered_map<EntityId, std::optional<std::string>> records_;
  mutable std::vector<Told> tellings_;           // `first` ascends
  mutable Numbering firsts_;                     // of lifetimes: the first statement of each
  mutable std::unordered_map<std::uint32_t, std::vector<std::pair<Version, std::uint64_t>>> voices_;  // of tellings that speak for others
  mutable std::unordered_map<std::uint32_t, Material> materials_;  // of tellings
  mutable std::unordered_map<ArticleId, std::vector<std::uint32_t>> lifetimes_;  // of articles all of whose lifetimes are among the tellings
  mutable StatementIndex statements_ = 0;
  mutable std::size_t body_bytes_ = 0;
};

}  // namespace relata::storage
