// What connects several entities: a small tree.
//
// Mehlhorn's approximation of the Steiner tree (Information Processing Letters 27, 1988), at most twice as large as the smallest:
// every entity grows a region of the nodes nearest to it, the shortest bridges between regions form a spanning tree of the
// entities, and each bridge is spelled out along the regions. Two entities are connected by a shortest path.
#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "query/adjacency.h"
#include "query/answer.h"
#include "query/check.h"
#include "query/pages.h"
#include "query/ranking.h"
#include "query/resolve.h"

namespace relata {
namespace {

// Sets that join (Tarjan 1975).
class Union {
 public:
  explicit Union(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  bool join(std::size_t a, std::size_t b) {
    a = of(a);
    b = of(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::vector<std::size_t> parent_;
};

struct Reached {
  std::size_t region = 0;
  int distance = 0;
  Node towards = 0;  // next node on the way to the region's entity
};

struct Bridge {
  int length = 0;  // of the whole path between the two entities
  EntityId from_id, to_id;
  Node from = 0, to = 0;
  bool operator<(const Bridge& other) const { return std::tie(length, from_id, to_id) < std::tie(other.length, other.from_id, other.to_id); }
};

class Regions {
 public:
  Regions(const GraphView& view, const Adjacency& graph, const std::vector<Node>& terminals) : view_(view), graph_(graph), terminals_(terminals) {
    for (std::size_t i = 0; i < terminals.size(); ++i) {
      reached_[terminals[i]] = {i, 0, terminals[i]};
      rim_.push_back(terminals[i]);
    }
  }

  const std::unordered_map<Node, Reached>& reached() const { return reached_; }

  // One hop more around every entity. False when nothing is left or the budget is.
  bool grow(std::size_t& budget, bool& cut, const Budget& whole) {
    std::sort(rim_.begin(), rim_.end(), [&](Node a, Node b) { return key(a) < key(b); });
    std::vector<Node> next;
    graph_.expect(rim_);
    for (const Node node : rim_) {
      const std::size_t price = graph_.edges(node).size();
      if (price > budget || whole.late()) {
        cut = true;
        return false;
      }
      budget -= price;
      const Reached here = reached_.at(node);
      for (auto [step, end] = out_edges(node, graph_); step != end; ++step) {
        const Node other = target(*step, graph_);
        const auto [at, fresh] = reached_.try_emplace(other, Reached{here.region, here.distance + 1, node});
        if (fresh)
          next.push_back(other);
        else if (at->second.region == here.region && at->second.distance == here.distance + 1 && view_.entity_id(node) < view_.entity_id(at->second.towards))
          at->second.towards = node;  // the same tree whatever the order of edges
        else if (at->second.region != here.region)
          bridge(node, here, other, at->second);
      }
    }
    rim_ = std::move(next);
    return !rim_.empty();
  }

  // The shortest bridges that join all they can, of at most `longest` hops from entity to entity.
  std::vector<Bridge> spanning(int longest, Union& parts) const {
    std::vector<Bridge> order;
    for (const auto& [regions, one] : bridges_)
      if (one.length <= longest) order.push_back(one);
    std::sort(order.begin(), order.end());
    std::vector<Bridge> tree;
    for (const Bridge& one : order)
      if (parts.join(reached_.at(one.from).region, reached_.at(one.to).region)) tree.push_back(one);
    return tree;
  }

 private:
  std::tuple<std::size_t, EntityId> key(Node node) const { return {reached_.at(node).region, view_.entity_id(node)}; }

  void bridge(Node node, const Reached& here, Node other, const Reached& there) {
    Bridge one{here.distance + there.distance + 1, view_.entity_id(node), view_.entity_id(other), node, other};
    if (one.to_id < one.from_id) {
      std::swap(one.from, one.to);
      std::swap(one.from_id, one.to_id);
    }
    const auto [best, fresh] = bridges_.try_emplace(std::minmax(here.region, there.region), one);
    if (!fresh && one < best->second) best->second = one;
  }

  const GraphView& view_;
  const Adjacency& graph_;
  const std::vector<Node>& terminals_;
  std::unordered_map<Node, Reached> reached_;
  std::map<std::pair<std::size_t, std::size_t>, Bridge> bridges_;  // the shortest between two regions
  std::vector<Node> rim_;
};

// Pairs of neighbours along the tree's bridges, each once.
std::vector<std::pair<Node, Node>> spelled_out(const Regions& regions, const std::vector<Bridge>& tree) {
  std::vector<std::pair<Node, Node>> pairs;
  const auto walk = [&](Node node) {
    for (const Reached* here = &regions.reached().at(node); here->distance > 0; here = &regions.reached().at(node)) {
      pairs.push_back(std::minmax(node, here->towards));
      node = here->towards;
    }
  };
  for (const Bridge& one : tree) {
    pairs.push_back(std::minmax(one.from, one.to));
    walk(one.from);
    walk(one.to);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

// The most convincing relation between two neighbours.
std::optional<Group> best_between(const GraphView& view, Grouping& grouping, Node a, Node b, std::size_t& budget) {
  std::optional<Group> best;
  std::uint64_t least = 0;
  for (Group& group : grouping.between(a, b, budget)) {
    const std::uint64_t here = flaws(summarize(view, group.edges, group.version));
    if (best && (here > least || (here == least && !before(view, group.key, best->key)))) continue;
    least = here;
    best = std::move(group);
  }
  return best;
}

Result<std::vector<Node>> terminals_of(const ConnectionsQuestion& question, const GraphView& view) {
  if (question.entities.size() < 2 || question.entities.size() > kMaxConnected)
    return bad_input("entity: give from 2 to " + std::to_string(kMaxConnected) + " entities");
  std::vector<Node> nodes;
  for (const std::string& text : question.entities) {
    const Result<Node> node = resolve(view, "entity", text);
    if (!node) return node.error();
    if (std::find(nodes.begin(), nodes.end(), *node) != nodes.end()) return bad_input("entity='" + text + "': is given twice");
    nodes.push_back(*node);
  }
  std::sort(nodes.begin(), nodes.end(), [&](Node a, Node b) { return view.entity_id(a) < view.entity_id(b); });
  return nodes;
}

std::vector<std::vector<EntityId>> parts_of(const GraphView& view, const std::vector<Node>& terminals, Union& parts) {
  std::map<std::size_t, std::vector<EntityId>> by_root;
  for (std::size_t i = 0; i < terminals.size(); ++i) by_root[parts.of(i)].push_back(view.entity_id(terminals[i]));
  std::vector<std::vector<EntityId>> all;
  for (auto& [root, ids] : by_root) all.push_back(std::move(ids));
  return all;
}

}  // namespace

Result<ConnectionsAnswer> connections(const ConnectionsQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> fine = check_range("max_hops", question.max_hops, 1, kMaxHops); !fine) return fine.error();
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<std::vector<Node>> terminals = terminals_of(question, view);
  if (!terminals) return terminals.error();
  std::size_t left = budget.edges;
  ConnectionsAnswer answer;
  Grouping grouping(view, question.filter, *terminals);
  const Adjacency graph(view, grouping, left);
  Regions regions(view, graph, *terminals);
  Union parts((*terminals).size());
  std::vector<Bridge> tree;
  // After r rounds every bridge of at most 2r - 1 hops is known, and none that is unknown is shorter.
  for (int round = 1;; ++round) {
    const bool more = regions.grow(left, answer.cut, budget);
    parts = Union((*terminals).size());
    tree = regions.spanning(std::min(question.max_hops, more ? 2 * round - 1 : kMaxHops), parts);
    if (tree.size() + 1 == (*terminals).size() || !more || 2 * round - 1 >= question.max_hops) break;
  }
  answer.parts = parts_of(view, *terminals, parts);
  std::vector<Group> groups;
  const auto pairs = spelled_out(regions, tree);
  std::vector<Node> named;
  for (const auto& [a, b] : pairs) named.insert(named.end(), {a, b});
  view.expect_edges(named);
  for (const auto& [a, b] : pairs)
    if (std::optional<Group> group = best_between(view, grouping, a, b, left)) groups.push_back(*std::move(group));
  std::sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) { return before(view, a.key, b.key); });
  Cast cast(view);
  for (const Node node : *terminals) cast.add(node);
  expect_told(view, groups);
  for (const Group& group : groups) {
    Result<Relation> told = relation(view, group, kEvidenceInLists, question.filter.polarity);
    if (!told) return told.error();
    answer.relations.push_back(*std::move(told));
    cast.add(group.key);
  }
  answer.entities = cast.entities();
  answer.cut |= grouping.cut();
  budget.tell(left, regions.reached().size(), groups.size());
  return answer;
}

}  // namespace relata
