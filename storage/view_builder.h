// The tables of the next version from those of the last and what changed between them: the same steps for one live batch and
// for the whole log when a store is opened.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "storage/rows.h"
#include "storage/view_tables.h"

namespace relata::storage {

class ViewBuilder {
 public:
  enum class Scale {
    batch,  // rows get memory of their own, with room to grow, so that they are freed one by one
    whole,  // rows share large blocks: nothing of the base is expected to be replaced
  };
  // `base` must be the newest tables of its line of descent (see Paged).
  ViewBuilder(const ViewTables& base, Scale scale) : tables_(base), scale_(scale), old_statements_(base.statements.size()) {}

  void set_types(std::vector<std::string> types) { tables_.types = std::make_shared<const std::vector<std::string>>(std::move(types)); }

  // In the order of the log. What they refer to must be within range, as the decoders make sure.
  void add(const ArticleKey& key, const ArticleColumns& columns);
  bool holds(ArticleId id) const;
  // Closes the open lifetime; false when the article has none.
  bool remove(ArticleId id, Version version);
  // Actors of an open lifetime that began earlier become other entities. At Scale::batch, `columns` are those of its article,
  // once a builder; at Scale::whole they are known and not needed. False when there is no such lifetime or actor.
  bool move(const ArticleKey& key, std::span<const MovedActor> moved, Version version, const ArticleColumns* columns = nullptr);
  void redirect(const Redirect& redirect);
  // Adds the entities that the actors of an article's newest lifetime are, if there is one.
  template <typename Set>
  void actors_of(ArticleId id, Set& entities) const {
    const std::uint32_t place = tables_.find_article(id);
    if (place == IdIndex::kNowhere) return;
    const ArticleEntry& article = tables_.articles[place];
    for (std::uint32_t i = 0; i < article.actors; ++i) entities.insert(tables_.nodes[tables_.actor_nodes[std::size_t{article.first_actor} + i]].id);
  }
  // An article with an open lifetime is a copy of another, or of itself, from a version on. False when there is no such article.
  bool copy(const ArticleKey& key, ArticleId original, Version version);
  bool knows(EntityId key) const { return tables_.find_node(key) != IdIndex::kNowhere; }
  // The new record of an entity key, in the encoding of EntityRecord. False when it does not decode.
  bool record(EntityId key, std::string_view bytes);

  // Whether all that was added fits into the 32-bit numbers of a view.
  bool fits() const;
  // The first node without a record, if any: the store has lost one.
  std::optional<EntityId> without_record() const;

  // Precondition: fits(). Ends the builder's life.
  ViewTables finish(Version version);

 private:
  struct Stretch {  // of versions in which the ends of a statement are the same two entities
    Node subject = 0, object = 0;
    Edge edge;  // without `other` and `outgoing`
  };
  struct Half {  // a new stretch seen from one of its ends
    Node node = 0;
    std::uint32_t stretch = 0;  // into added_
  };
  struct Retired {
    Node node = 0;
    StatementIndex statement = 0;
    Version version = 0;
  };

  bool before(const Edge& a, const Edge& b) const;
  Node node_for(EntityId key);
  void add_statement(const StatementColumns& columns, const ArticleKey& key, const ArticleEntry& article, std::uint32_t place,
                     std::optional<Day> published);
  void close_stretch(StatementIndex statement, Node subject, Node object, Version version);
  void open_stretch(StatementIndex statement, Edge edge);
  std::shared_ptr<const char[]> keep(std::string_view bytes);
  void index_names(Node node, const EntityRecord& before, const EntityRecord& after);
  std::vector<Half> sorted_halves() const;
  Edge edge_of(const Half& half) const;
  // One of a single node's, which are in the order of statements; null when it is not among them.
  static const Retired* find(std::span<const Retired> retired, StatementIndex statement);
  void rebuild_run(Node node, std::span<const Half> added, std::span<const Retired> retired);
  void extend(NodeRow& row, std::span<const Half> added);
  void replace(NodeRow& row, std::span<const Half> added, std::span<const Retired> retired);
  std::shared_ptr<Edge[]> allocate(std::size_t edges);

  ViewTables tables_;
  Scale scale_;
  std::size_t old_statements_;
  std::vector<Stretch> added_;
  std::vector<std::uint32_t> newest_;  // of each new statement: its last stretch in added_
  std::vector<Retired> retired_;
  std::vector<FoldedName> names_;
  // Blocks that rows share at Scale::whole.
  std::shared_ptr<char[]> arena_;
  std::size_t arena_used_ = 0, arena_size_ = 0;
  std::shared_ptr<Edge[]> slab_;
  std::size_t slab_used_ = 0, slab_size_ = 0;
};

}  // namespace relata::storage
