#include "graph/identity.h"

#include <doctest/doctest.h>

using namespace relata;

TEST_CASE("names fold to what their spellings have in common") {
  CHECK(fold_name("Jean-Noël Barrot") == "jean noel barrot");
  CHECK(fold_name("U.S.") == "us");
  CHECK(fold_name("O’Brien") == "obrien");
  CHECK(fold_name("Łódź") == "lodz");
  CHECK(fold_name("STRASSE") == fold_name("Straße"));
  CHECK(fold_name("  Storm\n Shadow ") == "storm shadow");
  CHECK(fold_name("Путин") == "путин");
  CHECK(fold_name("???") == "");
}

TEST_CASE("an entity's key groups the types that extraction confuses, and no others") {
  CHECK(entity_key({"Kursk", EntityType::gpe, {}, {}}) == entity_key({"KURSK", EntityType::loc, {}, {}}));
  CHECK(entity_key({"Washington", EntityType::person, {}, {}}) != entity_key({"Washington", EntityType::gpe, {}, {}}));
  CHECK(entity_key({"★", EntityType::work, {}, {}}) != entity_key({"☆", EntityType::work, {}, {}}));
}

TEST_CASE("a tally does not depend on the order, and what is removed leaves no trace") {
  const Actor full{"Joe Biden", EntityType::person, {"Biden", "Joe Biden"}, {}};
  const Actor other{"Joseph Biden", EntityType::person, {"Joseph Biden"}, {}};
  const EntityTally::Share early{parse_day("2024-01-01"), 2, true}, late{parse_day("2024-02-01"), 1, true};
  EntityTally forth, back;
  forth.add(full, early);
  forth.add(full, late);
  forth.add(other, early);
  back.add(other, early);
  back.add(full, late);
  back.add(other, late);
  back.add(full, early);
  back.remove(other, late);
  const Entity a = forth.entity({1}), b = back.entity({1});
  CHECK(a.name == "Joe Biden");
  CHECK(a.aliases == std::vector<std::string>{"Biden", "Joe Biden", "Joseph Biden"});
  CHECK(a.articles == 3);
  CHECK(a.statements == 5);
  CHECK(to_string(*a.first) == "2024-01-01");
  CHECK(to_string(*a.last) == "2024-02-01");
  CHECK(a.name == b.name);
  CHECK(a.aliases == b.aliases);
  CHECK(a.articles == b.articles);
  CHECK(a.statements == b.statements);
}
