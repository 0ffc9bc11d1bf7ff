// fold=governments: a state, its government and its seats answer as one.
#include <doctest/doctest.h>

#include "query/answer.h"
#include "query/folded_view.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;

namespace {

// The actors of facts are people; these are places and groups.
std::shared_ptr<const GraphView> states(const std::vector<Fact>& facts) {
  std::vector<HeldExtraction> held;
  int number = 0;
  for (const Fact& fact : facts) {
    Extraction made = article_of(fact, ++number);
    for (Actor& actor : made.actors) {
      if (actor.name == "Norland" || actor.name == "Sudland") actor.type = EntityType::gpe;
      if (actor.name == "Norland government") actor.type = EntityType::org;
      if (actor.name == "Iron Palace") actor.type = EntityType::fac;
    }
    held.push_back({std::make_shared<const Extraction>(made), 1, kForever});
  }
  return std::make_shared<const MemoryGraph>(std::move(held), 1);
}

std::shared_ptr<const GraphView> folded(const std::vector<Fact>& facts) {
  const std::vector<Government> governments{{"norland", {"iron palace", "norland government"}}, {"sudland", {"glass house"}}};
  return fold_governments(states(facts), std::make_shared<const std::vector<Government>>(governments));
}

const std::vector<Fact> kFacts{{"Iron Palace", "ACCUSE", "Sudland", "2024-01-02"},
                               {"Norland", "ACCUSE", "Sudland", "2024-01-02"},
                               {"Norland government", "CONSULT", "Eva Falk", "2024-03-04"},
                               {"Norland", "DEFEND", "Iron Palace", "2024-05-06"},
                               {"Eva Falk", "AID", "Sudland", "2024-07-08"}};

}  // namespace

TEST_CASE("folded governments: neighbours, relations and time lines are those of all names together") {
  const auto view = folded(kFacts);
  const auto around = neighbourhood({.entity = "Norland"}, *view);
  REQUIRE(around.ok());
  REQUIRE(around->relations.size() == 2);  // what its names say of each other is left out
  const auto accused = relations({.source = "Iron Palace", .target = "Sudland"}, *view);
  REQUIRE(accused.ok());
  REQUIRE(accused->relations.size() == 1);
  CHECK(accused->relations.front().asserted == 2);
  const auto line = timeline({.entity = "norland government"}, *view);
  REQUIRE(line.ok());
  CHECK(line->entity.name == "Norland");
  CHECK(line->entity.aliases == std::vector<std::string>{"Iron Palace", "Norland", "Norland government"});
  CHECK(line->events.size() == 2);
}

TEST_CASE("folded governments: a path goes through the whole, and its relation is found by its id") {
  const auto plain = paths({.source = "Eva Falk", .target = "Iron Palace", .max_hops = 1}, *states(kFacts));
  REQUIRE(plain.ok());
  CHECK(plain->paths.empty());
  const auto view = folded(kFacts);
  const auto found = paths({.source = "Eva Falk", .target = "Iron Palace", .max_hops = 1}, *view);
  REQUIRE(found.ok());
  REQUIRE(found->paths.size() == 1);
  const Relation& hop = found->paths.front().hops.front().relation;
  CHECK(hop.type == "CONSULT");
  CHECK(relation_by_id({.id = hop.id}, *view).ok());
}

TEST_CASE("folded governments: without any of them nothing changes") {
  const std::vector<Fact> facts{{"Anna Berg", "CONSULT", "Carl Dahl", "2024-03-01"}};
  const auto view = folded(facts);
  const auto around = neighbourhood({.entity = "Anna Berg"}, *view);
  REQUIRE(around.ok());
  CHECK(around->relations.size() == 1);
}
