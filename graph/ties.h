// What an article says a person is: whose officer, employee, member or citizen. It tells people of one name apart (graph/senses.h) and
// who holds an office (graph/offices.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/extraction.h"

namespace relata {

struct Tie {
  std::string office;  // folded: "prime minister"; empty when the article names none
  std::string body;    // folded name of what he belongs to: "norway", "castell foods"
  auto operator<=>(const Tie&) const = default;
};

struct TiedActor {
  ActorIndex actor = 0;
  std::vector<Tie> ties;  // ascending, distinct, at least one and at most kMostTies
  auto operator<=>(const TiedActor&) const = default;
};
inline constexpr std::size_t kMostTies = 8;

// Whether statements of a relation type say what somebody is.
bool tells_ties(std::string_view relation_type);

// Of what the article asserts or has others assert as actual and does not deny. Ascending by actor. Depends on the article alone.
std::vector<TiedActor> ties_of(const Extraction& extraction);

}  // namespace relata
