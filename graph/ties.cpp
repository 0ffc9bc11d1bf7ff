#include "graph/ties.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "graph/identity.h"

namespace relata {

bool tells_ties(std::string_view relation_type) {
  constexpr std::array<std::string_view, 4> kBelonging = {"HAS_POSITION_AT", "EMPLOYED_BY", "MEMBER_OF", "CITIZEN_OF"};
  return std::find(kBelonging.begin(), kBelonging.end(), relation_type) != kBelonging.end();
}

std::vector<TiedActor> ties_of(const Extraction& extraction) {
  std::map<ActorIndex, std::vector<Tie>> ties;
  for (const Statement& statement : extraction.statements) {
    if (!tells_ties(statement.type)) continue;
    if (statement.polarity != Polarity::positive || statement.modality != Modality::actual) continue;
    const Actor &who = extraction.actors[statement.subject], &whose = extraction.actors[statement.object];
    if (who.type != EntityType::person || whose.type == EntityType::person) continue;
    std::string body = fold_name(whose.name);
    if (body.empty()) continue;
    ties[statement.subject].push_back({statement.type == "HAS_POSITION_AT" ? fold_name(statement.predicate) : "", std::move(body)});
  }
  std::vector<TiedActor> tied;
  for (auto& [actor, list] : ties) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    if (list.size() > kMostTies) list.resize(kMostTies);
    tied.push_back({actor, std::move(list)});
  }
  return tied;
}

}  // namespace relata
