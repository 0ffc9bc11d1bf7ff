// Slices of ordered lists of relation groups, told with evidence. Private to the answers of this folder.
#pragma once

#include <set>
#include <span>
#include <vector>

#include "graph/relations.h"
#include "query/answers.h"
#include "query/cursor.h"

namespace relata {

// Collects the entities an answer speaks of: each once, by id.
class Cast {
 public:
  explicit Cast(const GraphView& view) : view_(view) {}
  void add(Node node) { nodes_.insert({view_.entity_id(node), node}); }
  void add(const RelationKey& key) {
    add(key.source);
    add(key.target);
  }
  std::vector<Entity> entities() const;

 private:
  const GraphView& view_;
  std::set<std::pair<EntityId, Node>> nodes_;
};

struct RelationPage {
  std::vector<Relation> relations;
  std::size_t left_out = 0;
  Next next;
};

// `ordered`: the whole answer. The relations from `where` on, at most page.limit of them; their ends go to `cast`.
Result<RelationPage> slice(const GraphView& view, std::span<const Group* const> ordered, const Place& where, const Page& page, std::string_view fingerprint,
                    const Filter& filter, Cast& cast);

// A total order of relations that does not depend on how a view numbers its nodes.
bool before(const GraphView& view, const RelationKey& a, const RelationKey& b);

}  // namespace relata
