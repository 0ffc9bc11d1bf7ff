// Single things by name or id: find, show, relation, article, stats.
#include <algorithm>
#include <numeric>

#include "graph/relations.h"
#include "query/answer.h"
#include "query/check.h"
#include "query/cursor.h"
#include "query/kept_json.h"
#include "query/resolve.h"

namespace relata {
namespace {

constexpr std::size_t kMaxName = 1000;  // bytes of a name asked for
constexpr std::size_t kMaxFound = 100'000;

// Of welcome type, known now, and, when statements are filtered, an end of a selected one.
class Welcome {
 public:
  Welcome(const GraphView& view, const Filter& filter) : view_(view), type_(filter, view), filtered_(rest(filter) != Filter{}), grouping_(view, rest(filter)) {}
  bool type(Node node) const { return type_(node); }
  bool operator()(Node node) {
    if (!type_(node)) return false;
    return filtered_ ? !grouping_.around(node, budget_).empty() : view_.entity(node).articles > 0;
  }

 private:
  static Filter rest(Filter filter) {
    filter.types.clear();
    return filter;
  }
  const GraphView& view_;
  NodeTest type_;
  bool filtered_;
  Grouping grouping_;
  std::size_t budget_ = Budget{}.edges;
};

constexpr std::size_t kMaxNear = 1000;

// Nodes whose name begins with q, of welcome types, that hold now; at least `wanted` of them if there are so many. When there are
// not, those follow whose name holds q as a later word or is q but for a slip of the keyboard.
std::vector<Node> matching(const GraphView& view, const FindQuestion& question, std::size_t wanted) {
  Welcome welcome(view, question.filter);
  std::vector<Node> nodes;
  for (std::size_t asked = wanted;; asked = std::min(asked * 4, kMaxFound)) {
    nodes.clear();
    const std::vector<EntityMatch> matches = view.named(question.q, asked);
    for (const EntityMatch& match : matches)
      if (welcome(match.node)) nodes.push_back(match.node);
    if (nodes.size() >= wanted || asked >= kMaxFound) return nodes;
    if (matches.size() < asked) break;
  }
  for (const NearMatch& match : view.near_named(question.q, kMaxNear))
    if (welcome(match.node)) nodes.push_back(match.node);
  return nodes;
}

// Without a name: all entities, those with more statements first.
std::vector<Node> busiest(const GraphView& view, const FindQuestion& question, std::size_t wanted) {
  Welcome welcome(view, question.filter);
  std::vector<Node> nodes;
  for (Node node = 0; node < view.nodes(); ++node)
    if (welcome.type(node)) nodes.push_back(node);
  const auto busier = [&](Node a, Node b) {
    const std::size_t x = view.edges(a).size(), y = view.edges(b).size();
    return x != y ? x > y : view.entity_id(a) < view.entity_id(b);
  };
  std::sort(nodes.begin(), nodes.end(), busier);
  std::vector<Node> held;
  for (const Node node : nodes) {
    if (held.size() == wanted) break;
    if (welcome(node)) held.push_back(node);
  }
  return held;
}

}  // namespace

Result<FindAnswer> find(const FindQuestion& question, const GraphView& view, const Budget& budget) {
  if (question.q.size() > kMaxName) return bad_input("q: at most " + std::to_string(kMaxName) + " bytes");
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const std::string print = fingerprint("find", {question.q}, question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  if (where->offset > kMaxFound) return bad_input("cursor: beyond the first " + std::to_string(kMaxFound) + " matches, give a longer name");
  const std::size_t wanted = where->offset + question.page.limit + 1;
  const std::vector<Node> nodes = question.q.empty() ? busiest(view, question, wanted) : matching(view, question, wanted);
  FindAnswer found;
  const std::size_t last = std::min(nodes.size(), where->offset + question.page.limit);
  for (std::size_t i = where->offset; i < last; ++i) {
    if (budget.kept)
      found.written_entities.push_back(budget.kept->entity(view, nodes[i]));
    else
      found.entities.push_back(view.entity(nodes[i]));
  }
  if (nodes.size() > last) found.next = cursor({where->version, last}, print);
  return found;
}

Result<ShowAnswer> show(const ShowQuestion& question, const GraphView& view) {
  const Result<Node> node = resolve(view, "entity", question.entity);
  if (!node) return node.error();
  return ShowAnswer{view.entity(*node)};
}

Result<RelationAnswer> relation_by_id(const RelationQuestion& question, const GraphView& view) {
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<RelationKey> key = parse_relation_id(view, question.id);
  if (!key) return key.error();
  Grouping grouping(view, question.filter, {key->source, key->target});
  const std::optional<Group> group = grouping.exactly(*key);
  if (!group) return not_found("relation '" + question.id + "': no such relation in this version and under these filters");
  Result<Relation> told = relation(view, *group, kEvidenceOfOne, question.filter.polarity);
  if (!told) return told.error();
  return RelationAnswer{*std::move(told), {view.entity(key->source), view.entity(key->target)}};
}

Result<ArticleAnswer> article(const ArticleQuestion& question, const GraphView& view) {
  const auto id = parse_article_id(question.id);
  if (!id) return bad_input("article '" + question.id.substr(0, 120) + "': an id is 16 hex digits");
  Result<Extraction> extraction = view.extraction(*id);
  if (!extraction) return extraction.error();
  ArticleAnswer told{*std::move(extraction), {}};
  for (ActorIndex actor = 0; actor < told.extraction.actors.size(); ++actor) told.entities.push_back(view.entity_id(view.node_of(*id, actor)));
  return told;
}

Result<StatsAnswer> stats(const StatsQuestion&, const GraphView& view) {
  const auto types = view.relation_types();
  return StatsAnswer{view.version(), view.counts(), {types.begin(), types.end()}};
}

}  // namespace relata
