// Relations one after another: of the whole graph, of an entity, between two, or along an entity's time.
#include <algorithm>
#include <numeric>
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

std::vector<Group> groups_of(const GraphView& view, Grouping& grouping, const NamedEnds& ends, std::size_t& budget) {
  std::vector<Group> groups;
  if (ends.source && ends.target) {
    groups = grouping.between(*ends.source, *ends.target, budget);
  } else {
    const std::vector<Node> named = ends.nodes();
    const auto fewer = [&](Node a, Node b) { return view.edges(a).size() < view.edges(b).size(); };
    groups = grouping.around(*std::min_element(named.begin(), named.end(), fewer), budget);
  }
  std::erase_if(groups, [&](const Group& group) { return !ends.agree(group.key); });
  return groups;
}

namespace {

// The page of all relations of the graph, ordered by source: node by node, so that no more than the page is held.
Result<RelationsAnswer> all_relations(const RelationsQuestion& question, const GraphView& view, Grouping& grouping, const Place& where,
                                      const std::string& print, const Filter& filter, std::size_t budget) {
  std::vector<Group> page;
  std::size_t counted = 0;
  for (const Node node : nodes_by_id(view)) {
    if (grouping.cut()) break;
    if (!grouping.node_test()(node)) continue;
    std::vector<Group> groups = grouping.around(node, budget);
    std::erase_if(groups, [&](const Group& group) { return group.key.source != node; });
    std::sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) { return before(view, a.key, b.key); });
    for (Group& group : groups)
      if (++counted > where.offset && page.size() < question.page.limit) page.push_back(std::move(group));
  }
  std::vector<const Group*> order;
  for (const Group& group : page) order.push_back(&group);
  Cast cast(view);
  Result<RelationPage> part = slice(view, order, {where.version, 0}, question.page, print, filter, cast);
  if (!part) return part.error();
  RelationsAnswer told{cast.entities(), std::move(part->relations), 0, std::nullopt, grouping.cut()};
  const std::size_t last = where.offset + page.size();
  if (counted > last) {
    told.left_out = counted - last;
    told.next = cursor({where.version, last}, print);
  }
  return told;
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
  if (ends->nodes().empty()) return all_relations(question, view, grouping, *where, print, filter, left);
  const std::vector<Group> groups = groups_of(view, grouping, *ends, left);
  std::vector<const Group*> order;
  for (const Group& group : groups) order.push_back(&group);
  std::sort(order.begin(), order.end(), [&](const Group* a, const Group* b) { return before(view, a->key, b->key); });
  Cast cast(view);
  Result<RelationPage> part = slice(view, order, *where, question.page, print, filter, cast);
  if (!part) return part.error();
  return RelationsAnswer{cast.entities(), std::move(part->relations), part->left_out, std::move(part->next), grouping.cut()};
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
  const std::vector<Group> groups = grouping.around(*node, left);
  std::vector<const Group*> order;
  for (const Group& group : groups) order.push_back(&group);
  std::sort(order.begin(), order.end(), [&](const Group* a, const Group* b) {
    const auto time = [](const Group* g) { return std::tuple(g->key.begin, g->key.end); };  // undated: begin is the last day
    return time(a) != time(b) ? time(a) < time(b) : before(view, a->key, b->key);
  });
  Cast cast(view);
  Result<RelationPage> part = slice(view, order, *where, question.page, print, filter, cast);
  if (!part) return part.error();
  return TimelineAnswer{view.entity(*node), cast.entities(), std::move(part->relations), part->left_out, std::move(part->next), grouping.cut()};
}

}  // namespace relata
