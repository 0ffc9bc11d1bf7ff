// The rows of identity (FORMAT.md has them byte by byte): the analyst's decisions, which ids have become another entity, and
// the moves of actors between entities that the log tells.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/decision.h"

namespace relata::storage {

// Keys of "identity" begin with a letter that tells what they are.
inline constexpr std::string_view kDecisionPrefix = "d", kRedirectPrefix = "r";

std::string decision_key(DecisionId id);
std::string encode(const Decision& decision);
// The key has the id.
std::optional<Decision> decode_decision(std::string_view key, std::string_view value);

// Which entity an id, once given out, is at the newest version. Absent: itself.
struct Redirect {
  EntityId id, entity;
};
std::string redirect_key(EntityId id);
std::string encode(const Redirect& redirect);
std::optional<Redirect> decode_redirect(std::string_view key, std::string_view value);

// An actor of an article is another entity from this version on. Value of "log" for such an article, ascending by actor.
struct MovedActor {
  ActorIndex actor = 0;
  EntityId entity;
};
std::string encode(const std::vector<MovedActor>& moved);
std::optional<std::vector<MovedActor>> decode_moved(std::string_view bytes);

}  // namespace relata::storage
