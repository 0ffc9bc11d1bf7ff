// What can be asked, as plain values. The command line and HTTP both fill these in; query/answer.h answers them.
//
// `entity`, `source` and `target` take an entity id ("e" and 16 hex digits) or a name in any case and with or without accents.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/filter.h"

namespace relata {

// Which part of a long answer. A cursor comes from the `next` of the answer before and belongs to the same question; it
// pins the version, so pages put together are the whole answer even while the graph grows.
struct Page {
  std::size_t limit = 50;  // 1..kMaxLimit
  std::string cursor = {};      // empty: from the beginning
};
inline constexpr std::size_t kMaxLimit = 1000;
inline constexpr int kMaxDepth = 6;
inline constexpr int kMaxHops = 8, kUsualHops = 4;
inline constexpr int kMaxPaths = 50;

// What was looked at for an answer; the same for the same question and view.
struct Visited {
  std::size_t edges = 0;      // statements, seen from one of their ends
  std::size_t nodes = 0;      // entities the search reached
  std::size_t relations = 0;  // that agreed with the filters, before the page was cut out of them
  std::size_t weighed = 0;    // hops or partial paths compared
};

class ViewJson;

// How much one question may look at, against hubs and strangers. An answer that ran into it says `cut`.
struct Budget {
  std::size_t edges = 4'000'000;
  std::size_t articles = 20'000;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  Visited* visited = nullptr;  // filled in when given
  // When given, relations and entities come as JSON alone, taken from here or kept here; Written of query/answers.h. Only for the view it is of.
  const ViewJson* kept = nullptr;

  bool late() const { return deadline != std::chrono::steady_clock::time_point::max() && std::chrono::steady_clock::now() >= deadline; }
  // Notes that so many edges are left of `edges`.
  void tell(std::size_t edges_left, std::size_t nodes, std::size_t relations, std::size_t weighed = 0) const {
    if (visited) *visited = {edges - edges_left, nodes, relations, weighed};
  }
};

struct FindQuestion {
  std::string q = {};  // a name or alias, its beginning, a later word of it, or nearly it; best fit first
  Filter filter = {};  // types: of the entity found; the others: it takes part in a statement they select
  Page page = {};
};

struct ShowQuestion {
  std::string entity = {};
};

struct NeighbourhoodQuestion {
  std::string entity = {};
  int depth = 1;  // 1..kMaxDepth
  Filter filter = {};
  Page page = {};
};

struct TimelineQuestion {
  std::string entity = {};
  Filter filter = {};
  Page page = {};
};

struct QuotesQuestion {
  std::string entity = {};
  Filter filter = {};  // known_at, publisher
  Page page = {};
};

// Any of the three may be empty.
struct RelationsQuestion {
  std::string entity = {}, source = {}, target = {};
  Filter filter = {};
  Page page = {};
};

struct RelationQuestion {
  std::string id = {};
  Filter filter = {};
};

struct StatementsQuestion {
  std::string entity = {}, source = {}, target = {};
  Filter filter = {};
  Page page = {};
};

struct ArticleQuestion {
  std::string id = {};
};

struct StatsQuestion {};

// time_respecting: hops in the order of time, that arrive as early as possible; latest_departure: that leave as late as possible
// (and, with `until`, are there by then).
enum class PathMode { shortest, time_respecting, strongest, latest_departure };

struct PathQuestion {
  std::string source = {}, target = {};
  PathMode mode = PathMode::shortest;
  int k = 1;         // 1..kMaxPaths
  std::optional<int> max_hops = {};  // 1..kMaxHops; absent: kUsualHops, or by time as many as the best path of all takes
  Filter filter = {};
  // Conditions on the entities between source and target.
  std::vector<std::string> through = {}, avoid = {};        // ids or names; at most kMaxConditions each
  std::vector<EntityType> through_types = {}, avoid_types = {};  // through: at least one of each
  std::optional<int> max_gap = {};  // days between one hop and the next, 0..kMaxGap; only with an order of time
};
inline constexpr std::size_t kMaxConditions = 5;
inline constexpr int kMaxGap = 36'500;

// What connects these entities: a small tree of relations that holds them all.
struct ConnectionsQuestion {
  std::vector<std::string> entities = {};  // ids or names, 2..kMaxConnected
  int max_hops = kUsualHops;  // between two of them, 1..kMaxHops
  Filter filter = {};
};
inline constexpr std::size_t kMaxConnected = 12;

// Who asserts and who denies what is told of two entities, in either direction.
struct SidesQuestion {
  std::string source = {}, target = {};
  bool all = false;  // also what nobody contests
  Filter filter = {};
  Page page = {};
};

using Question = std::variant<FindQuestion, ShowQuestion, NeighbourhoodQuestion, TimelineQuestion, QuotesQuestion, RelationsQuestion, RelationQuestion,
                              StatementsQuestion, ArticleQuestion, StatsQuestion, PathQuestion, ConnectionsQuestion, SidesQuestion>;

}  // namespace relata
