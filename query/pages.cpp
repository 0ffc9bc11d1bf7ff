#include "query/pages.h"

#include <algorithm>
#include <tuple>

#include "query/answer.h"

namespace relata {

std::vector<Entity> Cast::entities() const {
  std::vector<Entity> entities;
  entities.reserve(nodes_.size());
  std::vector<Node> nodes;
  for (const auto& [id, node] : nodes_) nodes.push_back(node);
  view_.expect_entities(nodes);
  for (const auto& [id, node] : nodes_) entities.push_back(view_.entity(node));
  return entities;
}

Result<RelationPage> slice(const GraphView& view, std::span<const Group* const> ordered, const Place& where, const Page& page, std::string_view fingerprint,
                    const Filter& filter, Cast& cast) {
  const std::size_t first = std::min(where.offset, ordered.size());
  const std::size_t last = first + std::min(page.limit, ordered.size() - first);
  RelationPage part;
  expect_told(view, ordered.subspan(first, last - first));
  for (const Group* group : ordered.subspan(first, last - first)) {
    Result<Relation> told = relation(view, *group, kEvidenceInLists, filter.polarity);
    if (!told) return told.error();
    part.relations.push_back(*std::move(told));
    cast.add(group->key);
  }
  part.left_out = ordered.size() - last;
  if (part.left_out > 0) part.next = cursor({where.version, last}, fingerprint);
  return part;
}

bool before(const GraphView& view, const RelationKey& a, const RelationKey& b) {
  const auto key = [&](const RelationKey& k) {
    return std::tuple(view.entity_id(k.source), std::string_view(view.relation_types()[k.type]), view.entity_id(k.target), k.begin, k.end);
  };
  return key(a) < key(b);
}

}  // namespace relata
