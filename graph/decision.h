// An analyst's decisions about identity: records that are never changed, each undoable by another.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "graph/article.h"
#include "graph/extraction.h"
#include "graph/ids.h"

namespace relata {

// The numbers are stored on disk: append, never renumber.
enum class DecisionKind : std::uint8_t {
  merge = 0,  // `a` and `b` are one
  split = 1,  // `actors` are not `a`, but somebody of the same name
  never = 2,  // `a` and `b` are not one, whatever their names
  undo = 3,   // of decision `undone`
};
std::string_view to_string(DecisionKind kind);

using DecisionId = std::uint32_t;  // 1, 2, 3...: in the order they were made in one store; printed as "d1"

struct ActorRef {
  ArticleId article;
  ActorIndex actor = 0;
  auto operator<=>(const ActorRef&) const = default;
};

struct Decision {
  DecisionId id = 0;  // given by the store
  DecisionKind kind = DecisionKind::merge;
  EntityId a, b;                 // any id ever given out; b for merge and never
  std::vector<ActorRef> actors;  // split: ascending
  DecisionId undone = 0;         // undo
  std::string author, note;
  std::string time;     // ISO 8601, as the author's clock told; says nothing about the graph
  Version version = 0;  // the first that has it; given by the store
};

// Those that a later one of the list takes back.
std::set<DecisionId> undone(const std::vector<Decision>& decisions);

}  // namespace relata
