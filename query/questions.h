// What can be asked, as plain values. The command line and HTTP both fill these in; query/answer.h answers them.
//
// `entity`, `source` and `target` take an entity id ("e" and 16 hex digits) or a name in any case and with or without accents.
#pragma once

#include <cstdint>
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
inline constexpr int kMaxHops = 8;
inline constexpr int kMaxPaths = 50;

// How much one question may look at, against hubs and strangers. An answer that ran into it says `cut`.
struct Budget {
  std::size_t edges = 4'000'000;
  std::size_t articles = 20'000;
};

struct FindQuestion {
  std::string q = {};  // beginning of a name or alias; exact matches come first
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

enum class PathMode { shortest, time_respecting, strongest };

struct PathQuestion {
  std::string source = {}, target = {};
  PathMode mode = PathMode::shortest;
  int k = 1;         // 1..kMaxPaths
  int max_hops = 4;  // 1..kMaxHops
  Filter filter = {};
};

using Question = std::variant<FindQuestion, ShowQuestion, NeighbourhoodQuestion, TimelineQuestion, QuotesQuestion, RelationsQuestion, RelationQuestion,
                              StatementsQuestion, ArticleQuestion, StatsQuestion, PathQuestion>;

}  // namespace relata
