// Slices of ordered lists of relation groups, told with evidence. Private to the answers of this folder.
#pragma once

#include <span>
#include <vector>

#include "graph/relations.h"
#include "query/answers.h"
#include "query/cursor.h"
#include "query/kept_json.h"

namespace relata {

// Collects the entities an answer speaks of: each once, by id.
class Cast {
 public:
  explicit Cast(const GraphView& view) : view_(view) {}
  void add(Node node) { nodes_.push_back(node); }
  void add(const RelationKey& key) {
    add(key.source);
    add(key.target);
  }
  std::vector<Entity> entities() const { return told(nullptr).entities; }
  // As JSON alone when some is kept.
  struct Told {
    std::vector<Entity> entities;
    Written written;
  };
  Told told(const ViewJson* kept) const;

 private:
  const GraphView& view_;
  std::vector<Node> nodes_;
};

struct RelationPage {
  std::vector<Relation> relations;
  std::size_t left_out = 0;
  Next next;
  Written written;  // instead of relations
};

// Where a page stands in the whole answer.
struct Frame {
  const Place& where;
  std::size_t total;  // relations of the whole answer
  std::string_view fingerprint;
  const ViewJson* kept;  // see Budget::kept; null: none
};

// The relations of these groups, as JSON.
Result<Written> write(const GraphView& view, std::span<const Group* const> groups, std::optional<Polarity> polarity, const ViewJson& kept);

// The relations of a page, told with evidence; their ends go to `cast`.
Result<RelationPage> tell(const GraphView& view, std::span<const Group* const> page, const Frame& frame, std::optional<Polarity> polarity, Cast& cast);

// The same of relations known in outline.
struct Shown {
  RelationKey key;
  Node from;  // the end whose edges were looked at
};
Result<RelationPage> tell(const GraphView& view, Grouping& grouping, std::span<const Shown> page, const Frame& frame, Cast& cast);

// `ordered`: the whole answer. The relations from `where` on, at most page.limit of them.
Result<RelationPage> slice(const GraphView& view, std::span<const Group* const> ordered, const Place& where, const Page& page, std::string_view fingerprint,
                           const Filter& filter, Cast& cast, const ViewJson* kept = nullptr);

// A total order of relations that does not depend on how a view numbers its nodes.
bool before(const GraphView& view, const RelationKey& a, const RelationKey& b);

}  // namespace relata
