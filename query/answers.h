// What is answered, as plain values; query/json.h and query/text.h write them down.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/entity.h"
#include "graph/extraction.h"
#include "graph/view.h"

namespace relata {

using Next = std::optional<std::string>;  // cursor of the following page

// Values as the JSON that was written of them before, in place of themselves: see Budget::kept, as long as which they are valid.
using Written = std::vector<std::string_view>;

struct FindAnswer {
  std::vector<Entity> entities;
  Next next;
  Written written_entities = {};
};

struct ShowAnswer {
  Entity entity;
};

// Relations in the order of the question; `entities` are all their ends, by id.
struct RelationsAnswer {
  std::vector<Entity> entities;
  std::vector<Relation> relations;
  std::size_t left_out = 0;  // relations that follow on later pages; at least, when `cut`
  Next next;
  bool cut = false;  // the budget ended before the graph did
  std::map<std::string, std::size_t> left_out_types = {};  // neighbourhood: what `left_out` counts, by relation type
  Written written_entities = {}, written_relations = {};
};

struct TimelineAnswer {
  Entity entity;
  std::vector<Entity> entities;  // the other ends
  std::vector<Relation> events;  // by begin; undated ones last
  std::size_t left_out = 0;
  Next next;
  bool cut = false;
  Written written_entities = {}, written_events = {};
};

struct QuotedWords {
  ArticleId article;
  std::string uri, publisher;
  std::optional<Day> published;
  Quote quote;
  std::string text;
};

struct QuotesAnswer {
  Entity entity;
  std::vector<QuotedWords> quotes;  // by publication, article and place
  Next next;
  bool cut = false;
};

// One statement with its ends and its proof.
struct StatementRow {
  Entity subject, object;
  Statement statement;
  Evidence evidence;
  std::vector<std::pair<std::string, std::string>> roles;  // name -> entity id or words
  Version added = 0;
};

struct StatementsAnswer {
  std::vector<StatementRow> statements;  // by statement id
  std::size_t left_out = 0;
  Next next;
  bool cut = false;
};

struct RelationAnswer {
  Relation relation;
  std::vector<Entity> entities;  // source, target
};

struct ArticleAnswer {
  Extraction extraction;
  std::vector<EntityId> entities;  // of extraction.actors, in that order
};

struct StatsAnswer {
  Version version = 0;
  Counts counts;
  std::vector<std::string> relation_types;
};

struct Hop {
  Relation relation;
  bool reversed = false;  // walked from the relation's target to its source
  std::string_view written = {};  // the relation, in place of itself; empty: it is not
};

struct Path {
  std::vector<Hop> hops;
  // In an order of time, a walk that is as good as the question asks: the days of its first and last hop.
  std::optional<Day> departure, arrival;
};

struct PathAnswer {
  std::vector<Path> paths;  // best first
  std::vector<Entity> entities;
  bool cut = false;
  Written written_entities = {};
};

// A tree, or one for each part of the entities that hangs together. Relations in the order of their ends.
struct ConnectionsAnswer {
  std::vector<std::vector<EntityId>> parts;  // the entities asked about, by the tree they are in; one part: all are connected
  std::vector<Relation> relations;
  std::vector<Entity> entities;
  bool cut = false;
};

// Those who say one thing: an article's publisher, and whom it names as its source.
struct Voice {
  std::string publisher;
  std::vector<Evidence::Source> attribution;  // nearest speaker first; empty: the publisher's own words
  std::size_t statements = 0;
  std::optional<Day> first;  // earliest publication
  Evidence evidence;         // its surest statement
};

struct ContestedRelation {
  Relation relation;
  std::vector<Voice> asserted_by, denied_by;  // by first publication, publisher and source
};

struct SidesAnswer {
  std::vector<Entity> entities;
  std::vector<ContestedRelation> relations;  // contested ones first, then by time
  std::size_t left_out = 0;
  Next next;
  bool cut = false;
};

using Answer = std::variant<FindAnswer, ShowAnswer, RelationsAnswer, TimelineAnswer, QuotesAnswer, RelationAnswer, StatementsAnswer, ArticleAnswer, StatsAnswer, PathAnswer,
                            ConnectionsAnswer, SidesAnswer>;

}  // namespace relata
