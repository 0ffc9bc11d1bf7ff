// What passes between the stages name -> refer -> date -> state: spans of tokens of one Document.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extract/document.h"
#include "graph/date.h"
#include "graph/extraction.h"
#include "graph/kinds.h"

namespace relata {

// A name in the text, after the recognizer's types and boundaries were repaired.
struct Name {
  TokenRange tokens;
  EntityType type = EntityType::org;
};

struct MentionTokens {
  TokenRange tokens;    // of a name the bare name, else the noun phrase
  TokenIndex head = 0;  // the token the sentence's tree hangs it on
  MentionKind kind = MentionKind::name;
  TokenRange phrase;    // The whole noun phrase, with titles, modifiers, apposition and possessive (`--show actors`). Empty for an adjective
                        // that names a state ("Russian forces"): no noun phrase of its own.
};

// An actor with its mentions as tokens; same order and index as Extraction::actors.
struct ActorTokens {
  std::string name;
  EntityType type = EntityType::org;
  std::vector<std::string> aliases;     // sorted, distinct, including `name`
  std::vector<MentionTokens> mentions;  // in text order
  // A singular nominal or pronoun that no name of the article explains is an actor too, so that chains are whole
  // (`extract --show actors`); only named actors become entities.
  bool named = true;
  bool by_office = false;  // named by an office alone: "Norwegian president"
};

inline constexpr ActorIndex kNoActor = 0xffffffffu;

struct Actors {
  std::vector<ActorTokens> actors;
  std::vector<ActorIndex> of_token;  // token -> actor whose innermost mention's head it is, or kNoActor
};

// A time expression, as TIMEX3.
struct TimeExpression {
  enum class Type : std::uint8_t { date, time, duration, set };
  TokenRange tokens;
  Span span;          // may be narrower than the tokens ("mid-2008" inside one)
  Type type = Type::date;
  std::string value;  // TIMEX3 value: "2024-11-15", "P2W", "XXXX-WXX-5", "PRESENT_REF"
  std::string mod;    // TIMEX3 mod or empty
  std::optional<When> when;  // the days it means, when it means days of the calendar
};

}  // namespace relata
