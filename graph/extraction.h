// What one article says: the line of DESIGN 3.1 as plain values. Depends on the article and the extractor's version alone,
// and never changes once written. Everything refers to actors and statements of the same article by index.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/article.h"
#include "graph/date.h"
#include "graph/kinds.h"
#include "graph/result.h"

namespace relata {

using ActorIndex = std::uint32_t;  // into Extraction::actors

struct Mention {
  Span span;
  MentionKind kind = MentionKind::name;
};

// The mentions of one article that refer to the same thing. Printed id: "<article>.e<index>".
struct Actor {
  std::string name;                  // the fullest name the article gives it
  EntityType type = EntityType::org;
  std::vector<std::string> aliases;  // distinct name strings of the article, sorted, including `name`
  std::vector<Mention> mentions;     // in text order
};

struct Attribution {
  ActorIndex source = 0;
  std::string verb;  // lemma of the word that reports: "tell", "deny", "according to"
};

// topic, location, instrument, recipient, beneficiary, ...: an actor of the article, or words.
struct Role {
  std::string name;
  std::variant<ActorIndex, std::string> value;
};

// What the article says in one place. Printed id: "<article>.s<index>".
struct Statement {
  ActorIndex subject = 0;
  ActorIndex object = 0;
  std::string type;       // relation type of data/relations.tsv: "CONSULT"
  std::string predicate;  // lemma phrase: "discuss", "authorize use of"
  std::optional<When> time;
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::actual;
  std::vector<Attribution> attribution;  // nearest speaker first; empty: the article itself asserts it
  std::vector<Role> roles;
  float confidence = 0;  // 0..1
  Span evidence;         // the sentence
};

// A stretch of text that somebody is said to say, direct or not.
struct Quote {
  Span span;
  std::optional<ActorIndex> source;
  std::string cue;  // lemma of the reporting word, or empty
  Span speaker{};   // the words that name a speaker who is no actor ("a senior official"); empty when `source` is given or nobody is named
};

struct Extraction {
  Article article;
  std::string extractor;  // version of the extractor: same article, same version, same extraction
  std::vector<Actor> actors;
  std::vector<Statement> statements;
  std::vector<Quote> quotes;
};

// Holds when every index and span points into the article and its id is its content's; bad_input names the first that does not.
// Whatever comes from outside (`relata load`) is checked before it reaches a store.
Result<void> validate(const Extraction& extraction);

}  // namespace relata
