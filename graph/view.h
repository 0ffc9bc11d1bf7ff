// The graph at one moment, as questions see it: immutable, shared by any number of threads without locks.
//
// Entities are numbered densely within one view (Node), statements likewise (StatementIndex); both numbers mean nothing in
// another view. A view holds the whole recorded history: `Edge::added`/`removed` tell at which versions an edge holds, so
// any version is read through the same arrays.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/content_hash.h"
#include "graph/entity.h"
#include "graph/ids.h"
#include "graph/result.h"
#include "graph/telling.h"

namespace relata {

using Node = std::uint32_t;
using StatementIndex = std::uint32_t;
using TypeIndex = std::uint16_t;  // into GraphView::relation_types()

// One statement seen from one of its two ends. 32 bytes: a big graph has two for each statement in memory.
struct Edge {
  Node other = 0;
  StatementIndex statement = 0;
  Day begin, end;            // when it happened; undated: kLastDay..kFirstDay (see dated())
  Day published;             // undated: kFirstDay
  Version added = 0;         // first version that has it
  Version removed = kForever;  // first version that no longer has it
  TypeIndex type = 0;
  std::uint8_t confidence = 0;  // 0..255 for 0..1
  Polarity polarity : 1 = Polarity::positive;
  Modality modality : 3 = Modality::actual;
  bool outgoing : 1 = true;  // this end is the statement's subject
  bool published_known : 1 = false;

  bool dated() const { return begin <= end; }
};
static_assert(sizeof(Edge) == 32);

// Of a run in the order of GraphView::edges, none of whose dated edges lasts more than `longest` days: those that begin early enough to
// touch [from, until] and not so early that they cannot.
std::span<const Edge> touching(std::span<const Edge> run, Day from, Day until, std::int32_t longest);

struct Counts {
  std::uint64_t articles = 0, entities = 0, relations = 0, statements = 0;
};

struct EntityMatch {
  Node node = 0;
  bool exact = false;  // a whole name or alias, not only the beginning of one
};

struct NearMatch {
  Node node = 0;
  bool ending = false;  // a name ends with what was typed, word by word: a surname
};

class GraphView {
 public:
  virtual ~GraphView() = default;

  virtual Version version() const = 0;  // the newest version it holds
  virtual Counts counts() const = 0;    // of that version
  virtual ContentHash content_hash() const = 0;  // of that version: same articles and decisions, same hash

  // The graph as it was: answers everything as the view did that had `version` as its newest (names, types, aliases, counts,
  // redirects, articles), except that nodes and statements may be numbered otherwise and that edges() also has edges that were
  // added later; Edge::added and removed tell. Stays valid by itself. bad_input: newer than version(), or older than oldest().
  virtual Result<std::shared_ptr<const GraphView>> at(Version version) const = 0;
  // The oldest version that at() gives: 0, or what Store::forget() left.
  virtual Version oldest() const { return 0; }
  // Every decision on identity made up to version(), in order, those taken back too.
  virtual std::vector<Decision> decisions() const = 0;

  virtual std::size_t nodes() const = 0;
  virtual std::optional<Node> node(EntityId id) const = 0;  // follows redirects of merged ids
  // As of version(); an entity that only history holds has articles == 0 and statements == 0, and the names it last had.
  virtual Entity entity(Node node) const = 0;  // precondition: node < nodes()
  virtual EntityId entity_id(Node node) const = 0;
  virtual EntityType entity_type(Node node) const { return entity(node).type; }

  // Entities whose folded name or alias begins with fold_name(prefix) of graph/identity.h: exact matches first, then those with more
  // articles, then by name and id. At most `limit`. Entities that only history holds (articles == 0) come last.
  virtual std::vector<EntityMatch> named(std::string_view prefix, std::size_t limit) const = 0;

  // Entities that named() does not find, but one of whose names goes on so from a later word, or is so but for a slip of the
  // keyboard (see TypedName of graph/near_name.h): best fit first, then those with more articles, then by id; those that only
  // history holds come last. At most `limit`. Looks at every name: for when named() finds too little.
  virtual std::vector<NearMatch> near_named(std::string_view text, std::size_t limit) const;

  // Entities that hold at version() and of which a folded name or alias begins with fold_name(prefix), in dictionary order: by the first such
  // name in byte order, then by id. At most `limit`; costs what it gives, whatever else begins so.
  virtual std::vector<EntityMatch> listed(std::string_view prefix, std::size_t limit) const;

  // All edges of a node, both directions, by (begin, statement id, added); valid as long as the view. A statement whose two ends
  // became the same entity has no edge; one whose ends changed their entity has one for each stretch of versions.
  virtual std::span<const Edge> edges(Node node) const = 0;
  // A stretch of edges(node) that has all its dated edges whose days touch [from, until]; as short as is cheap to find.
  virtual std::span<const Edge> edges_touching(Node node, Day from, Day until) const { return touching(edges(node), from, until, kLastDay.number - kFirstDay.number); }
  // The beginning or the end of edges_touching(): for who hopes to need few of them.
  enum class Side { first, last };
  struct Stretch {
    std::span<const Edge> edges;                 // in that order
    Day begins = kFirstDay, ends = kLastDay;     // has all that begin on these days; on all days if it has fewer than `count`
  };
  virtual Stretch some_edges(Node node, Day from, Day until, Side, std::size_t /*count*/) const { return {edges_touching(node, from, until)}; }
  virtual std::span<const std::string> relation_types() const = 0;

  virtual std::size_t statements() const = 0;
  virtual StatementId statement_id(StatementIndex index) const = 0;
  virtual std::optional<StatementIndex> statement(StatementId id) const = 0;
  // The statement with its actors' nodes, from the extraction it came with. May read the store: io or corrupt on failure.
  struct Ends {
    Node subject = 0, object = 0;
    std::vector<Node> attribution;  // of Statement::attribution, in that order
  };
  virtual Ends ends(StatementIndex index) const = 0;
  virtual Result<Evidence> evidence(StatementIndex index) const = 0;
  // Equal for two statements of the same publisher, else (but for chance) different; 0 when it cannot be read. Unnamed
  // publishers are one.
  virtual std::uint64_t publisher_key(StatementIndex index) const {
    const Result<Evidence> proof = evidence(index);
    return proof ? std::hash<std::string>{}(proof->publisher) | 1u : 0;
  }
  // Whose voice it is in a version that has it: the publisher_key() of the article that its own was a copy of then (graph/copies.h).
  virtual std::uint64_t voice_key(StatementIndex index, Version) const { return publisher_key(index); }
  virtual Result<Statement> statement_value(StatementIndex index) const = 0;  // `time`, `predicate`, roles as written
  // What many statements say, read from the store in the order in which it has them: far quicker than one by one. told(i, ...) is
  // called once for each statements[i], one after the other in any order; what it is given is valid only during the call.
  using TellTo = std::function<void(std::size_t, const Telling&)>;
  virtual Result<void> tell(std::span<const StatementIndex> statements, const TellTo& told) const;

  // The whole extraction of an article that holds at version(); not_found otherwise.
  virtual Result<Extraction> extraction(ArticleId id) const = 0;
  virtual std::vector<ArticleId> articles() const = 0;  // that hold at version(), ascending
  // Every article that mentions the node and holds at version(), ascending; may name others too.
  virtual std::vector<ArticleId> articles_of(Node) const { return articles(); }
  // Which node an article's actor became.
  virtual Node node_of(ArticleId article, ActorIndex actor) const = 0;
  // The same of all its actors, in their order. Precondition of both: the article holds at version().
  virtual std::vector<Node> nodes_of(ArticleId article) const = 0;

  // What a question will ask for soon. A view that fetches from afar fetches it all at once; no answer depends on it.
  virtual void expect_edges(std::span<const Node>, Day /*from*/ = kFirstDay, Day /*until*/ = kLastDay) const {}  // edges(), or edges_touching() of these days
  virtual void expect_some_edges(std::span<const Node>, Day /*from*/, Day /*until*/, Side, std::size_t /*count*/) const {}
  virtual void expect_entities(std::span<const Node>) const {}
  virtual void expect_statements(std::span<const StatementIndex>) const {}  // evidence() and statement_value()
  virtual void expect_articles(std::span<const ArticleId>) const {}  // extraction() and node_of()
  // False: a view that fetches. Then nodes() and statements() are bounds, and only what was asked for has numbers.
  virtual bool whole() const { return true; }
  // The first failure that a function without a Result has passed over since the view was made, so that what was told with its help
  // may be wrong; whoever gives an answer asks this at the end. io, corrupt, or bad_input when a question asks for more than is fetched.
  virtual Result<void> fetched() const { return {}; }
};

}  // namespace relata
