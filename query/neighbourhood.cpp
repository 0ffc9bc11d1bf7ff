// What stands around an entity, most important first.
#include <algorithm>
#include <deque>
#include <tuple>
#include <unordered_set>

#include "query/answer.h"
#include "query/check.h"
#include "query/pages.h"
#include "query/resolve.h"

namespace relata {
namespace {

struct Found {
  Group group;
  int distance = 0;          // of its nearer end from the centre
  std::uint64_t weight = 0;  // sum of its statements' confidences: much and surely told is important
};

std::uint64_t weight_of(const Group& group) {
  std::uint64_t sum = 0;
  for (const Edge* edge : group.edges) sum += edge->confidence;
  return sum;
}

// All relations on walks of at most `depth` hops from the centre, level by level.
std::vector<Found> reach(const GraphView& view, Grouping& grouping, Node centre, int depth, std::size_t& budget, const Budget& whole, bool& late) {
  std::vector<Found> found;
  std::unordered_set<Node> seen{centre}, expanded;
  std::vector<Node> level{centre};
  for (int distance = 0; distance < depth && !level.empty(); ++distance) {
    std::vector<Node> next;
    view.expect_edges(level);
    for (const Node node : level) {
      if ((late = late || whole.late())) return found;
      for (Group& group : grouping.around(node, budget)) {
        const Node other = group.key.source == node ? group.key.target : group.key.source;
        if (expanded.contains(other)) continue;
        if (seen.insert(other).second) next.push_back(other);
        const std::uint64_t weight = weight_of(group);
        found.push_back({std::move(group), distance, weight});
      }
      expanded.insert(node);
    }
    std::sort(next.begin(), next.end(), [&](Node a, Node b) { return view.entity_id(a) < view.entity_id(b); });
    level = std::move(next);
  }
  return found;
}

}  // namespace

Result<RelationsAnswer> neighbourhood(const NeighbourhoodQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> fine = check_range("depth", question.depth, 1, kMaxDepth); !fine) return fine.error();
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<Node> centre = resolve(view, "entity", question.entity);
  if (!centre) return centre.error();
  const std::string print = fingerprint("neighbourhood", {to_string(view.entity_id(*centre)), std::to_string(question.depth)}, question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  Filter filter = question.filter;
  filter.version = where->version;
  Grouping grouping(view, filter, {*centre});
  std::size_t left = budget.edges;
  bool late = false;
  const std::vector<Found> found = reach(view, grouping, *centre, question.depth, left, budget, late);
  std::vector<const Found*> order;
  for (const Found& one : found) order.push_back(&one);
  std::sort(order.begin(), order.end(), [&](const Found* a, const Found* b) {
    if (a->distance != b->distance) return a->distance < b->distance;
    return a->weight != b->weight ? a->weight > b->weight : before(view, a->group.key, b->group.key);
  });
  std::vector<const Group*> groups;
  for (const Found* one : order) groups.push_back(&one->group);
  Cast cast(view);
  cast.add(*centre);
  Result<RelationPage> part = slice(view, groups, *where, question.page, print, filter, cast);
  if (!part) return part.error();
  RelationsAnswer told{cast.entities(), std::move(part->relations), part->left_out, std::move(part->next), grouping.cut() || late, {}};
  for (std::size_t i = groups.size() - part->left_out; i < groups.size(); ++i) ++told.left_out_types[view.relation_types()[groups[i]->key.type]];
  if (budget.visited) {
    std::unordered_set<Node> nodes{*centre};
    for (const Group* group : groups) nodes.insert({group->key.source, group->key.target});
    budget.tell(left, nodes.size(), groups.size());
  }
  return told;
}

}  // namespace relata
