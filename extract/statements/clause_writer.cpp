#include "extract/statements/clause_writer.h"

#include <algorithm>

#include "extract/statements/phrases.h"
#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

constexpr std::size_t kMaxRoles = 6;

}  // namespace

bool is_locative(std::string_view preposition) {
  for (const std::string_view word : {"in", "at", "on", "near", "inside", "around", "along", "outside", "across", "within", "off", "beside", "behind", "beyond"})
    if (preposition == word) return true;
  return false;
}

bool ClauseWriter::is_place(const Reached& reached) const {
  const EntityType type = reading_.reach.type_of(reached.actor);
  return type == EntityType::gpe || type == EntityType::loc || type == EntityType::fac;
}

void ClauseWriter::write(const std::string& type, const Clause& clause, ActorIndex from, ActorIndex to, std::string_view rule,
                         std::string_view entry, float confidence, const std::string& preposition) const {
  Fact fact{.subject = from,
            .object = to,
            .type = type,
            .predicate = {},
            .token = clause.predicate,
            .confidence = confidence,
            .rule = rule,
            .entry = entry,
            .roles = roles(clause, to)};
  fact.predicate = slots_.verb(clause);
  std::replace(fact.predicate.begin(), fact.predicate.end(), '_', ' ');
  const TokenIndex object = slots_.object_of(clause);
  if (object != kNoToken && !clause.passive && reading_.reach.direct(object).empty() && reading_.token(object).pos == Pos::NOUN)
    fact.predicate += ' ' + std::string(reading_.token(object).lemma);
  if (!preposition.empty()) fact.predicate += ' ' + preposition;
  reading_.facts.add(fact);
}

std::vector<Role> ClauseWriter::roles(const Clause& clause, ActorIndex object) const {
  std::vector<Role> all;
  for (const ClauseArgument& argument : clause.arguments) {
    if (argument.role != ClauseRole::oblique || argument.marker == kNoToken || argument.inherited || all.size() >= kMaxRoles) continue;
    const ActorIndex actor = reading_.reach.at(argument.head);
    if (actor == object) continue;
    const std::string_view name = role_name(reading_.token(argument.marker).lower, actor);
    if (name.empty()) continue;
    if (actor != kNoActor)
      all.push_back({std::string(name), actor});
    else if (name == "topic")
      all.push_back({std::string(name), text_of(reading_.document, phrase(reading_.document, argument.head, {}))});
  }
  return all;
}

std::string_view ClauseWriter::role_name(std::string_view preposition, ActorIndex actor) const {
  if (preposition == "about" || preposition == "over" || preposition == "regarding" || preposition == "concerning") return "topic";
  if (actor == kNoActor) return {};
  const EntityType type = reading_.reach.type_of(actor);
  const bool place = type == EntityType::gpe || type == EntityType::loc || type == EntityType::fac;
  if (place && (preposition == "in" || preposition == "at" || preposition == "near" || preposition == "inside")) return "location";
  const bool thing = type == EntityType::weapon || type == EntityType::vehicle || type == EntityType::product;
  if (thing && (preposition == "with" || preposition == "using" || preposition == "by")) return "instrument";
  if (preposition == "to") return "recipient";
  if (preposition == "for") return "beneficiary";
  return {};
}

}  // namespace relata::statements
