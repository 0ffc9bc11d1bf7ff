// Writes the facts of a clause: predicate and roles as the clause tells them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/statements/facts.h"

namespace relata::statements {

// "in", "at", "near": the preposition tells where.
bool is_locative(std::string_view preposition);

class ClauseWriter {
 public:
  ClauseWriter(const Reading& reading, const Slots& slots) : reading_(reading), slots_(slots) {}

  // `preposition` is added to the predicate; `entry` is the row of the ontology, or empty.
  void write(const std::string& type, const Clause& clause, ActorIndex from, ActorIndex to, std::string_view rule, std::string_view entry,
             float confidence, const std::string& preposition) const;

  bool is_place(const Reached& reached) const;

 private:
  std::vector<Role> roles(const Clause& clause, ActorIndex object) const;
  std::string_view role_name(std::string_view preposition, ActorIndex actor) const;

  const Reading& reading_;
  const Slots& slots_;
};

// Whoever is named beside the verb, neither subject nor in a slot of its row: where it happened, what was moved, with what.
// `doers` do what the clause tells; `light`: the noun of a light verb tells what happened.
void add_bystanders(const Reading& reading, const Slots& slots, const Clause& clause, const std::vector<Reached>& doers, bool light);

}  // namespace relata::statements
