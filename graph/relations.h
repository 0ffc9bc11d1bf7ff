// From statements to relations: statements that join the same two entities by the same type at the same time are one edge
// on the graph. "The same time" is the same days: "2024" and "January to December 2024" are, "2024" and "May 2024" are not.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/entity.h"
#include "graph/filter.h"
#include "graph/result.h"
#include "graph/view.h"

namespace relata {

struct RelationKey {
  Node source = 0, target = 0;
  TypeIndex type = 0;
  Day begin = kLastDay, end = kFirstDay;  // as in Edge: undated when begin > end
  auto operator<=>(const RelationKey&) const = default;
};

// The key of the relation that `edge`, seen from `node`, belongs to.
inline RelationKey key_of(Node node, const Edge& edge) {
  return edge.outgoing ? RelationKey{node, edge.other, edge.type, edge.begin, edge.end}
                       : RelationKey{edge.other, node, edge.type, edge.begin, edge.end};
}

// "<source>.<TYPE>.<target>.<time>" with time "2024-11-15", "2024-11", "2024", "2005-01-01--2013-12-31" or "undated".
// Needs no escaping in an address.
std::string relation_id(const GraphView& view, const RelationKey& key);

// The time of an id.
std::string time_name(Day begin, Day end);

// The other way round; follows redirects of merged entities. bad_input: not an id; not_found: no such entity or type here.
Result<RelationKey> parse_relation_id(const GraphView& view, std::string_view id);

// What can be told of a relation without reading a statement.
struct Summary {
  std::uint32_t asserted = 0, denied = 0;
  std::array<std::uint32_t, kModalities> modalities{};
  std::uint32_t publishers = 0;
  double confidence = 0;
  bool contested() const { return asserted > 0 && denied > 0; }
  // 0: somebody asserts that it happened; 1: asserted, but only as future, possible, ...; 2: only denied.
  int doubt = 0;
};

// `edges`: the selected statements of one relation, as of `version`. Publishers and confidence are those of the side that asserts, or of the
// denials when nobody asserts: a denial is no further voice for what it denies. Confidence is a noisy-or over the
// independent publishers of the best statement of each, from the confidences the edges carry (steps of 1/255).
Summary summarize(const GraphView& view, std::span<const Edge* const> edges, Version version);

struct Group {
  RelationKey key;
  std::vector<const Edge*> edges;  // selected statements, ascending by statement
  Version version = 0;             // they were selected at
};

// A relation without its statements, and how much it is told: the sum of the confidences of its selected statements.
struct Outline {
  RelationKey key;
  std::uint64_t weight = 0;
};

// All relations between a node and its neighbours (or one neighbour) that the filter selects, by ascending key.
class Grouping {
 public:
  // `named`: entities the question names; the filter's entity types do not apply to them.
  // `avoided`: entities no relation may lead to.
  Grouping(const GraphView& view, const Filter& filter, std::vector<Node> named = {}, std::vector<Node> avoided = {});

  // At most `budget` edges of the filter's days are looked at, and the budget shrinks by their number. cut(): it did not suffice.
  std::vector<Group> around(Node node, std::size_t& budget);
  std::vector<Group> between(Node a, Node b, std::size_t& budget);
  std::optional<Group> exactly(const RelationKey& key);
  // The same, by the edges of `node`, one of its ends whose edges were just looked at: those of the other may be far away in memory, or
  // still to be fetched.
  std::optional<Group> exactly(const RelationKey& key, Node node);
  bool cut() const { return cut_; }

  // Whether an edge of `node` is of a relation that around() gives.
  bool selects(Node node, const Edge& edge) {
    return edge_test_(edge) && node_test_(edge.other) && statement_test_(edge.statement) && (!judges() || exactly(key_of(node, edge), node));
  }

  // What around() gives, in outline and by begin: costs far less. Added behind what is there.
  void outlines(Node node, std::size_t& budget, std::vector<Outline>& into);

  // Hands each statement of the relations that around() gives to use(const Edge&), in any order.
  template <typename Use>
  void selected(Node node, std::size_t& budget, const Use& use) {
    if (!judges()) return each(node, [](Node) { return true; }, budget, use);
    for (const Group& group : around(node, budget))
      for (const Edge* edge : group.edges) use(*edge);
  }

  // The edges of a node that can pass the edge test, in the order of GraphView::edges.
  std::span<const Edge> candidates(Node node) const {
    return edge_test_.timed() ? view_.edges_touching(node, edge_test_.from(), edge_test_.until()) : view_.edges(node);
  }

  // The relations whose subject it is.
  std::vector<Group> leaving(Node node);

  // The relations between `node` and those neighbours for which wanted(Node) is true.
  template <typename Wanted>
  std::vector<Group> among(Node node, const Wanted& wanted, std::size_t& budget) {
    std::vector<Member> members;
    each(node, wanted, budget, [&](const Edge& edge) { members.push_back({key_of(node, edge), &edge}); });
    return form(std::move(members));
  }

  // The filters that speak of whole relations.
  bool welcome(const Group& group);
  // The edge test and, if given, polarity() decide everything: an edge that passes belongs to a welcome relation.
  bool decided_by_edges() const;
  std::optional<Polarity> polarity() const { return filter_.polarity; }
  const EdgeTest& edge_test() const { return edge_test_; }
  const NodeTest& node_test() const { return node_test_; }

 private:
  struct Member {
    RelationKey key;
    const Edge* edge;
  };
  void expect_around(Node node) const;
  bool judges() const { return filter_.polarity || filter_.contested || filter_.min_publishers > 1 || filter_.min_confidence > 0; }

  // Hands the edges of `node` that are selected to `use`.
  template <typename Wanted, typename Use>
  void each(Node node, const Wanted& wanted, std::size_t& budget, const Use& use) {
    if (!view_.whole()) expect_around(node);
    for (const Edge& edge : candidates(node)) {
      if (!edge_test_.touches(edge)) continue;
      if (budget == 0) {
        cut_ = true;
        break;
      }
      --budget;
      if (!wanted(edge.other) || !edge_test_(edge) || (edge.other == node && !edge.outgoing)) continue;
      if (node_test_(edge.other) && statement_test_(edge.statement)) use(edge);
    }
  }
  std::vector<Group> form(std::vector<Member> members);
  std::optional<Group> among_edges(std::span<const Edge> edges, const RelationKey& key, Node node);
  bool confident(const Group& group, const Summary& summary) const;

  const GraphView& view_;
  Filter filter_;
  EdgeTest edge_test_;
  NodeTest node_test_;
  StatementTest statement_test_;
  bool cut_ = false;
};

// The relation with its best `evidence_limit` statements as evidence: asserting before denying, actual before possible, then
// by confidence, publication and statement id. Reads at most kReadForRelation statements; beyond that predicates are counted
// over these and confidences are taken from the edges. `polarity`, if given, picks the evidence. For many: graph/relation_batch.h.
inline constexpr std::size_t kReadForRelation = 512;
Result<Relation> relation(const GraphView& view, const Group& group, std::size_t evidence_limit, std::optional<Polarity> polarity = {});
// They will be told by relation(): see GraphView::expect_statements.
void expect_told(const GraphView& view, std::span<const Group* const> groups);
void expect_told(const GraphView& view, std::span<const Group> groups);

}  // namespace relata
