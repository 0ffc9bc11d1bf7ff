#include "query/folded_view.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>
#include <unordered_map>

#include "graph/identity.h"

namespace relata {
namespace {

class FoldedView final : public GraphView {
 public:
  FoldedView(std::shared_ptr<const GraphView> view, std::shared_ptr<const std::vector<Government>> governments)
      : view_(std::move(view)), governments_(std::move(governments)) {
    for (const Government& government : *governments_) join(government);
  }

  Version version() const override { return view_->version(); }
  Counts counts() const override { return view_->counts(); }
  ContentHash content_hash() const override { return view_->content_hash(); }
  Version oldest() const override { return view_->oldest(); }
  std::vector<Decision> decisions() const override { return view_->decisions(); }
  Result<std::shared_ptr<const GraphView>> at(Version version) const override {
    auto then = view_->at(version);
    if (!then) return then.error();
    return fold_governments(*std::move(then), governments_);
  }

  std::size_t nodes() const override { return view_->nodes(); }
  std::optional<Node> node(EntityId id) const override {
    const auto node = view_->node(id);
    return node ? std::optional(folded(*node)) : std::nullopt;
  }
  EntityId entity_id(Node node) const override { return view_->entity_id(folded(node)); }
  EntityType entity_type(Node node) const override { return view_->entity_type(folded(node)); }
  Entity entity(Node node) const override {
    const auto group = groups_.find(folded(node));
    if (group == groups_.end()) return view_->entity(node);
    Entity whole = view_->entity(group->first);
    whole.articles = static_cast<std::uint32_t>(articles_of(group->first).size());
    whole.statements = 0;
    for (const Edge& edge : edges(group->first)) whole.statements += edge.removed == kForever;
    for (const Node member : group->second) {
      const Entity part = view_->entity(member);
      whole.aliases.insert(whole.aliases.end(), part.aliases.begin(), part.aliases.end());
      if (part.articles == 0) continue;
      if (part.first) whole.first = whole.first ? std::min(*whole.first, *part.first) : *part.first;
      if (part.last) whole.last = whole.last ? std::max(*whole.last, *part.last) : *part.last;
    }
    std::sort(whole.aliases.begin(), whole.aliases.end());
    whole.aliases.erase(std::unique(whole.aliases.begin(), whole.aliases.end()), whole.aliases.end());
    return whole;
  }

  std::vector<EntityMatch> named(std::string_view prefix, std::size_t limit) const override {
    std::vector<EntityMatch> matches;
    for (EntityMatch match : view_->named(prefix, limit)) {
      match.node = folded(match.node);
      const bool there = std::any_of(matches.begin(), matches.end(), [&](const EntityMatch& other) { return other.node == match.node; });
      if (!there) matches.push_back(match);
    }
    return matches;
  }

  std::vector<NearMatch> near_named(std::string_view text, std::size_t limit) const override {
    std::vector<NearMatch> matches;
    for (NearMatch match : view_->near_named(text, limit)) {
      match.node = folded(match.node);
      const bool there = std::any_of(matches.begin(), matches.end(), [&](const NearMatch& other) { return other.node == match.node; });
      if (!there) matches.push_back(match);
    }
    return matches;
  }

  std::span<const Edge> edges(Node node) const override {
    const Node whole = folded(node);
    const auto group = groups_.find(whole);
    const std::span<const Edge> plain = view_->edges(whole);
    const auto leads_to_part = [&](const Edge& edge) { return parts_.contains(edge.other); };
    if (group == groups_.end() && std::none_of(plain.begin(), plain.end(), leads_to_part)) return plain;
    const std::lock_guard lock(mutex_);
    const auto [kept, fresh] = runs_.try_emplace(whole);
    if (!fresh) return kept->second;
    append(kept->second, whole, plain);
    if (group == groups_.end()) return kept->second;
    for (const Node member : group->second) append(kept->second, whole, view_->edges(member));
    std::sort(kept->second.begin(), kept->second.end(), [&](const Edge& a, const Edge& b) {
      return std::tuple(a.begin, statement_id(a.statement), a.added) < std::tuple(b.begin, statement_id(b.statement), b.added);
    });
    return kept->second;
  }
  std::span<const std::string> relation_types() const override { return view_->relation_types(); }

  std::size_t statements() const override { return view_->statements(); }
  StatementId statement_id(StatementIndex index) const override { return view_->statement_id(index); }
  std::optional<StatementIndex> statement(StatementId id) const override { return view_->statement(id); }
  Ends ends(StatementIndex index) const override {
    Ends ends = view_->ends(index);
    ends.subject = folded(ends.subject);
    ends.object = folded(ends.object);
    for (Node& source : ends.attribution) source = folded(source);
    return ends;
  }
  Result<Evidence> evidence(StatementIndex index) const override { return view_->evidence(index); }
  std::uint64_t publisher_key(StatementIndex index) const override { return view_->publisher_key(index); }
  std::uint64_t voice_key(StatementIndex index, Version version) const override { return view_->voice_key(index, version); }
  Result<Statement> statement_value(StatementIndex index) const override { return view_->statement_value(index); }
  Result<void> tell(std::span<const StatementIndex> statements, const TellTo& told) const override { return view_->tell(statements, told); }
  Result<Extraction> extraction(ArticleId id) const override { return view_->extraction(id); }
  std::vector<ArticleId> articles() const override { return view_->articles(); }
  std::vector<ArticleId> articles_of(Node node) const override {
    std::vector<ArticleId> all = view_->articles_of(folded(node));
    if (const auto group = groups_.find(folded(node)); group != groups_.end())
      for (const Node member : group->second) {
        const std::vector<ArticleId> some = view_->articles_of(member);
        all.insert(all.end(), some.begin(), some.end());
      }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }
    Node node_of(ArticleId article, ActorIndex actor) const override { return folded(view_->node_of(article, actor)); }
  std::vector<Node> nodes_of(ArticleId article) const override {
    std::vector<Node> nodes = view_->nodes_of(article);
    for (Node& node : nodes) node = folded(node);
    return nodes;
  }

  void expect_edges(std::span<const Node> nodes, Day, Day) const override {
    std::vector<Node> all;
    for (const Node node : nodes) {
      all.push_back(folded(node));
      if (const auto group = groups_.find(folded(node)); group != groups_.end()) all.insert(all.end(), group->second.begin(), group->second.end());
    }
    view_->expect_edges(all);
  }
  void expect_entities(std::span<const Node> nodes) const override { view_->expect_entities(nodes); }
  void expect_statements(std::span<const StatementIndex> statements) const override { view_->expect_statements(statements); }
  void expect_articles(std::span<const ArticleId> articles) const override { view_->expect_articles(articles); }
  bool whole() const override { return view_->whole(); }
  Result<void> fetched() const override { return view_->fetched(); }

 private:
  Node folded(Node node) const {
    const auto part = parts_.find(node);
    return part == parts_.end() ? node : part->second;
  }

  // The names of a row as places and as groups, the state's first: of what is there, the first is the whole and the others its parts.
  void join(const Government& government) {
    std::optional<Node> whole;
    const auto take = [&](const std::string& name) {
      for (const EntityType type : {EntityType::gpe, EntityType::org}) {
        const auto node = view_->node(relata::entity_id(entity_key(type, name)));
        if (!node || parts_.contains(*node) || groups_.contains(*node)) continue;
        if (!whole) whole = *node;
        else if (*node != *whole && parts_.emplace(*node, *whole).second) groups_[*whole].push_back(*node);
      }
    };
    take(government.state);
    for (const std::string& name : government.names) take(name);
  }

  // Edges within the group are left out.
  void append(std::vector<Edge>& run, Node whole, std::span<const Edge> edges) const {
    for (Edge edge : edges) {
      edge.other = folded(edge.other);
      if (edge.other != whole) run.push_back(edge);
    }
  }

  std::shared_ptr<const GraphView> view_;
  std::shared_ptr<const std::vector<Government>> governments_;
  std::unordered_map<Node, Node> parts_;                // -> the whole
  std::unordered_map<Node, std::vector<Node>> groups_;  // whole -> parts
  mutable std::mutex mutex_;
  mutable std::map<Node, std::vector<Edge>> runs_;  // guarded by mutex_; a run that is there does not change
};

}  // namespace

std::shared_ptr<const GraphView> fold_governments(std::shared_ptr<const GraphView> view, std::shared_ptr<const std::vector<Government>> governments) {
  return std::make_shared<const FoldedView>(std::move(view), std::move(governments));
}

}  // namespace relata
