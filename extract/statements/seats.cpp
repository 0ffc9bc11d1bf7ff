#include "extract/statements/seats.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/data.h"

namespace relata::statements {
namespace {

using States = std::unordered_map<std::string, std::string>;  // seat -> state

void add_names(std::string_view names, const std::string& state, States& seats) {
  while (!names.empty()) {
    const std::size_t end = names.find('|');
    if (const std::string_view name = names.substr(0, end); !name.empty() && name != "-") seats.emplace(name, state);
    if (end == std::string_view::npos) break;
    names.remove_prefix(end + 1);
  }
}

const States& states_of_seats() {
  static const States seats = [] {
    States all;
    if (const auto rows = read_rows("identity/governments.tsv", 4))
      for (const Row& row : *rows)
        for (const std::string& names : {row[1], row[3]}) add_names(names, row[0], all);
    if (const auto rows = read_rows("names/countries.tsv", 4))
      for (const Row& row : *rows) add_names(row[3], row[0], all);
    return all;
  }();
  return seats;
}

// A seat acts when something is done, not when somebody goes there or something lies there.
bool acts(const Statement& statement) {
  for (const std::string_view type : {"LOCATED_IN", "TRAVELLED_TO", "PART_OF", "CITIZEN_OF", "MOBILIZE", "HAS_POSITION_AT", "OTHER", "MADE_BY", "OWNS"})
    if (statement.type == type) return false;
  return true;
}

ActorIndex state_of(const Actors& actors, ActorIndex seat, const std::unordered_map<std::string_view, ActorIndex>& by_name) {
  for (const std::string& alias : actors.actors[seat].aliases) {
    const auto found = states_of_seats().find(alias);
    if (found == states_of_seats().end()) continue;
    if (const auto state = by_name.find(found->second); state != by_name.end() && state->second != seat) return state->second;
  }
  return kNoActor;
}

}  // namespace

void add_seats(const Actors& actors, std::vector<ExplainedStatement>& statements) {
  std::unordered_map<std::string_view, ActorIndex> by_name;
  for (ActorIndex i = 0; i < actors.actors.size(); ++i)
    if (actors.actors[i].named) by_name.emplace(actors.actors[i].name, i);
  std::vector<bool> seen(actors.actors.size(), false);
  std::vector<ExplainedStatement> all;
  all.reserve(statements.size());
  for (ExplainedStatement& told : statements) {
    const ActorIndex seat = told.statement.subject;
    const EntityType type = actors.actors[seat].type;
    all.push_back(std::move(told));
    if (seen[seat] || (type != EntityType::gpe && type != EntityType::org && type != EntityType::fac) || !acts(all.back().statement)) continue;
    seen[seat] = true;
    const ActorIndex state = state_of(actors, seat, by_name);
    if (state == kNoActor) continue;
    ExplainedStatement same;
    same.statement.subject = seat;
    same.statement.object = state;
    same.statement.type = "SAME_ACTOR_AS";
    same.statement.predicate = "seat of government";
    same.statement.confidence = 0.6F;
    same.statement.evidence = all.back().statement.evidence;
    same.explanation = all.back().explanation;
    same.explanation.rule = "seat of a government";
    same.explanation.entry = {};
    same.explanation.date.reset();
    same.explanation.presupposed = true;
    all.push_back(std::move(same));
  }
  statements = std::move(all);
}

}  // namespace relata::statements
