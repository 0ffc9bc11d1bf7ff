// Relations one after another: of the whole graph, of an entity, between two, or along an entity's time.
#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <tuple>

#include "query/answer.h"
#include "query/check.h"
#include "query/ends.h"
#include "query/pages.h"
#include "query/resolve.h"

namespace relata {

Result<NamedEnds> resolve_ends(const GraphView& view, const std::string& entity, const std::string& source, const std::string& target) {
  NamedEnds named;
  const auto fill = [&](std::string_view parameter, const std::string& text, std::optional<Node>& slot) -> Result<void> {
    if (text.empty()) return {};
    const Result<Node> node = resolve(view, parameter, text);
    if (!node) return node.error();
    slot = *node;
    return {};
  };
  if (Result<void> done = fill("entity", entity, named.entity); !done) return done.error();
  if (Result<void> done = fill("source", source, named.source); !done) return done.error();
  if (Result<void> done = fill("target", target, named.target); !done) return done.error();
  return named;
}

std::vector<Node> NamedEnds::nodes() const {
  std::vector<Node> all;
  for (const auto& node : {entity, source, target})
    if (node) all.push_back(*node);
  return all;
}

bool NamedEnds::agree(const RelationKey& key) const {
  return (!source || key.source == *source) && (!target || key.target == *target) && (!entity || key.source == *entity || key.target == *entity);
}

std::vector<Node> nodes_by_id(const GraphView& view) {
  std::vector<Node> nodes(view.nodes());
  std::iota(nodes.begin(), nodes.end(), Node{0});
  std::sort(nodes.begin(), nodes.end(), [&](Node a, Node b) { return view.entity_id(a) < view.entity_id(b); });
  return nodes;
}

namespace {

Node fewest(const GraphView& view, const std::vector<Node>& nodes) {
  return *std::min_element(nodes.begin(), nodes.end(), [&](Node a, Node b) { return view.edges(a).size() < view.edges(b).size(); });
}

}  // namespace

std::vector<Group> groups_of(const GraphView& view, Grouping& grouping, const NamedEnds& ends, std::size_t& budget) {
  std::vector<Group> groups;
  if (ends.source && ends.target) {
    groups = grouping.between(*ends.source, *ends.target, budget);
  } else {
    groups = grouping.around(fewest(view, ends.nodes()), budget);
  }
  std::erase_if(groups, [&](const Group& group) { return !ends.agree(group.key); });
  return groups;
}

namespace {

std::size_t reached(const std::vector<Group>& groups) {
  std::set<Node> nodes;
  for (const Group& group : groups) nodes.insert({group.key.source, group.key.target});
  return nodes.size();
}

std::size_t reached(const std::vector<Outline>& outlines) {
  std::set<Node> nodes;
  for (const Outline& one : outlines) nodes.insert({one.key.source, one.key.target});
  return nodes.size();
}

// The page of a list of outlines, all read from one node, put in order no further than it goes.
template <typename Less>
std::vector<Shown> cut_out(std::vector<Outline>& outlines, Node node, const Place& where, std::size_t limit, const Less& less) {
  const std::size_t first = std::min(where.offset, outlines.size()), last = first + std::min(limit, outlines.size() - first);
  const auto end = outlines.begin() + static_cast<std::ptrdiff_t>(last);
  std::partial_sort(outlines.begin(), end, outlines.end(), [&](const Outline& a, const Outline& b) { return less(a.key, b.key); });
  std::vector<Shown> page;
  for (std::size_t i = first; i < last; ++i) page.push_back({outlines[i].key, node});
  return page;
}

RelationsAnswer relations_of(RelationPage part, const Cast& cast, const Budget& budget, bool cut) {
  Cast::Told entities = cast.told(budget.kept);
  return {std::move(entities.entities), std::move(part.relations), part.left_out, std::move(part.next), cut, {}, std::move(entities.written), std::move(part.written)};
}

// Nodes from an id on, by id, without sorting those that are never asked for.
class NodesById {
 public:
  NodesById(const GraphView& view, EntityId from) {
    for (Node node = 0; node < view.nodes(); ++node)
      if (const EntityId id = view.entity_id(node); id >= from) heap_.emplace_back(id, node);
    std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
  }
  std::optional<std::pair<EntityId, Node>> next() {
    if (heap_.empty()) return std::nullopt;
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const auto one = heap_.back();
    heap_.pop_back();
    return one;
  }

 private:
  std::vector<std::pair<EntityId, Node>> heap_;
};

// The relations of the graph from `where` on, ordered by source: node by node, so that no more than the page is held. The first
// page counts them all; its cursor says where the next begins, which need not look at what lies before.
struct WholeList {
  std::vector<Group> page;
  std::optional<Mark> next;
  std::size_t total = 0;
};

WholeList list_all(const GraphView& view, Grouping& grouping, const Place& where, std::size_t limit, std::size_t& edges, const Budget& budget, bool& late) {
  WholeList list;
  const Mark from = where.mark.value_or(Mark{});
  NodesById nodes(view, from.at);
  while (const auto node = nodes.next()) {
    if (grouping.cut() || (late = budget.late()) || (where.mark && list.next)) break;
    if (!grouping.node_test()(node->second)) continue;
    std::vector<Group> groups = grouping.around(node->second, edges);
    std::erase_if(groups, [&](const Group& group) { return group.key.source != node->second; });
    list.total += groups.size();
    if (list.next) continue;
    std::sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) { return before(view, a.key, b.key); });
    for (std::size_t i = node->first == from.at ? from.inside : 0; i < groups.size(); ++i) {
      if (list.page.size() == limit) {
        list.next = Mark{node->first, i, 0};
        break;
      }
      list.page.push_back(std::move(groups[i]));
    }
  }
  if (where.mark) list.total = from.total;
  return list;
}

Result<RelationsAnswer> all_relations(const RelationsQuestion& question, const GraphView& view, Grouping& grouping, const Place& where, const std::string& print,
                                      const Filter& filter, const Budget& budget) {
  std::size_t left = budget.edges;
  bool late = false;
  WholeList list = list_all(view, grouping, where, question.page.limit, left, budget, late);
  std::vector<const Group*> order;
  for (const Group& group : list.page) order.push_back(&group);
  Cast cast(view);
  Result<RelationPage> part = slice(view, order, {where.version, 0, {}}, question.page, print, filter, cast, budget.kept);
  if (!part) return part.error();
  budget.tell(left, reached(list.page), list.total);
  RelationsAnswer told = relations_of(*std::move(part), cast, budget, grouping.cut() || late);
  told.left_out = 0;
  told.next.reset();
  if (!list.next) return told;
  const std::size_t last = where.offset + list.page.size();
  list.next->total = list.total;
  told.left_out = std::max<std::size_t>(list.total, last + 1) - last;
  told.next = cursor({where.version, last, list.next}, print);
  return told;
}

Result<RelationsAnswer> relations_between(const RelationsQuestion& question, const GraphView& view, Grouping& grouping, const NamedEnds& ends, const Place& where,
                                          const std::string& print, const Budget& budget) {
  std::size_t left = budget.edges;
  const std::vector<Group> groups = groups_of(view, grouping, ends, left);
  std::vector<const Group*> order;
  for (const Group& group : groups) order.push_back(&group);
  std::sort(order.begin(), order.end(), [&](const Group* a, const Group* b) { return before(view, a->key, b->key); });
  Cast cast(view);
  Result<RelationPage> part = slice(view, order, where, question.page, print, question.filter, cast, budget.kept);
  if (!part) return part.error();
  if (budget.visited) budget.tell(left, reached(groups), groups.size());
  return relations_of(*std::move(part), cast, budget, grouping.cut());
}

}  // namespace

Result<RelationsAnswer> relations(const RelationsQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<NamedEnds> ends = resolve_ends(view, question.entity, question.source, question.target);
  if (!ends) return ends.error();
  const std::string print = fingerprint("relations", ends->prints(view), question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  Filter filter = question.filter;
  filter.version = where->version;
  Grouping grouping(view, filter, ends->nodes());
  std::size_t left = budget.edges;
  if (ends->nodes().empty()) return all_relations(question, view, grouping, *where, print, filter, budget);
  if (ends->source && ends->target) return relations_between(question, view, grouping, *ends, *where, print, budget);
  const Node node = fewest(view, ends->nodes());
  std::vector<Outline> outlines;
  grouping.outlines(node, left, outlines);
  std::erase_if(outlines, [&](const Outline& one) { return !ends->agree(one.key); });
  if (budget.visited) budget.tell(left, reached(outlines), outlines.size());
  const std::vector<Shown> page =
      cut_out(outlines, node, *where, question.page.limit, [&](const RelationKey& a, const RelationKey& b) { return before(view, a, b); });
  Cast cast(view);
  Result<RelationPage> part = tell(view, grouping, page, {*where, outlines.size(), print, budget.kept}, cast);
  if (!part) return part.error();
  return relations_of(*std::move(part), cast, budget, grouping.cut());
}

Result<TimelineAnswer> timeline(const TimelineQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<Node> node = resolve(view, "entity", question.entity);
  if (!node) return node.error();
  const std::string print = fingerprint("timeline", {to_string(view.entity_id(*node))}, question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  Filter filter = question.filter;
  filter.version = where->version;
  Grouping grouping(view, filter, {*node});
  std::size_t left = budget.edges;
  std::vector<Outline> outlines;
  grouping.outlines(*node, left, outlines);
  if (budget.visited) budget.tell(left, reached(outlines), outlines.size());
  const std::vector<Shown> page = cut_out(outlines, *node, *where, question.page.limit, [&](const RelationKey& a, const RelationKey& b) {
    const auto time = [](const RelationKey& key) { return std::tuple(key.begin, key.end); };  // undated: begin is the last day
    return time(a) != time(b) ? time(a) < time(b) : before(view, a, b);
  });
  Cast cast(view);
  Result<RelationPage> part = tell(view, grouping, page, {*where, outlines.size(), print, budget.kept}, cast);
  if (!part) return part.error();
  Cast::Told entities = cast.told(budget.kept);
  return TimelineAnswer{view.entity(*node), std::move(entities.entities), std::move(part->relations), part->left_out, std::move(part->next), grouping.cut(),
                        std::move(entities.written), std::move(part->written)};
}

}  // namespace relata
