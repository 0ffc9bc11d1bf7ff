// An analyst's decisions on identity: from the words of people, and back. The command line and HTTP both use these.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/decision.h"
#include "graph/resolver.h"
#include "graph/result.h"
#include "graph/view.h"
#include "query/json.h"

namespace relata {

// A decision as people write it.
struct DecisionWords {
  std::string entity, other;        // entity ids, or names; `other` of merge and never
  std::vector<std::string> actors;  // of a split: "0123456789abcdef.e3"
  std::string decision;             // of an undo: "d12"
  std::string author, note, time;   // time in ISO 8601; empty: now
};

// A JSON object with the members of DecisionWords that the kind takes. bad_input names the member.
Result<DecisionWords> parse_decision_words(DecisionKind kind, std::string_view body);

// Ids are taken as they are, so that a name once merged away can be spoken of; anything else is looked up as a name.
// bad_input, not_found, conflict (several entities of a name) name the member.
Result<Decision> decision_of(DecisionKind kind, const DecisionWords& words, const GraphView& view);
Result<EntityId> entity_of(const GraphView& view, std::string_view parameter, std::string_view text);

Json to_json(const Decision& decision, bool undone);
// What a decision did: its number, the version that has it, and what the entities it names are now.
Json decision_receipt(const Decision& decided, const GraphView& view);
// Why names are one entity, with the ids of both names: `never` between two such ids parts them.
Json to_json(const Link& link);

// What the entities of one article became; with `only`, those that are this one. corrupt, io: from the store.
Result<Json> actors_of(const GraphView& view, ArticleId article, std::optional<Node> only);

}  // namespace relata
