// The past of a graph as plain values: what each version changed, and the versions that somebody gave a name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/content_hash.h"
#include "graph/decision.h"
#include "graph/view.h"

namespace relata {

// An actor of an article that stays became another entity.
struct ActorMove {
  ActorRef actor;
  EntityId from, to;
  auto operator<=>(const ActorMove&) const = default;
};

// What one batch did. An article that is in both lists was taken back and put again: read anew by another extractor.
struct VersionChanges {
  Version version = 0;
  std::vector<ArticleId> retracted, added;  // ascending
  std::vector<ActorMove> moved;             // ascending by actor
  std::vector<Decision> decided;

  std::size_t size() const { return retracted.size() + added.size() + moved.size() + decided.size(); }
};

// A version with a name. The name is all that is kept: taking one costs nothing, removing one loses nothing.
struct Snapshot {
  std::string name;     // 1..100 bytes of UTF-8 without control characters, not all digits, no date
  std::string note;
  std::string time;     // ISO 8601, as the clock of who took it told
  Version version = 0;
  Counts counts;        // of that version
  ContentHash hash;     // of that version
};

// bad_input when a snapshot cannot be called so.
Result<void> check_snapshot_name(const std::string& name);

}  // namespace relata
