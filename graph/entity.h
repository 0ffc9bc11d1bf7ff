// What the graph holds, as it is answered.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/extraction.h"
#include "graph/ids.h"

namespace relata {

struct Entity {
  EntityId id;
  std::string name;
  EntityType type = EntityType::org;
  std::vector<std::string> aliases;             // distinct, sorted, including `name`
  std::map<std::string, std::string> external;  // "wikidata" -> "Q7747"
  std::uint32_t articles = 0;                   // that mention it
  std::uint32_t statements = 0;                 // it takes part in
  std::optional<Day> first, last;               // publication of the earliest and the latest of those articles
};

// One statement as proof of a relation.
struct Evidence {
  StatementId statement;
  std::string uri;
  std::string title;
  std::string publisher;
  std::optional<Day> published;
  Span span;
  std::string text;  // the sentence
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::actual;
  float confidence = 0;
  struct Source {
    EntityId entity;
    std::string name;
    std::string verb;
  };
  std::vector<Source> attribution;  // nearest speaker first
};

// All statements that join the same two entities by the same type at the same time.
struct Relation {
  std::string id;  // "<source>.<TYPE>.<target>.<time value or 'undated'>": tells where it stands, needs no index
  EntityId source, target;
  std::string type;
  std::vector<std::string> predicates;  // distinct, most frequent first
  std::optional<When> time;
  std::uint32_t asserted = 0;  // statements of positive polarity
  std::uint32_t denied = 0;    // statements of negative polarity
  std::array<std::uint32_t, kModalities> modalities{};
  bool contested = false;        // asserted by some, denied by others
  std::uint32_t publishers = 0;  // independent ones: wire copies folded
  float confidence = 0;          // noisy-or over independent publishers of their best statement
  std::vector<Evidence> evidence;
};

}  // namespace relata
