// Who is meant where names alone do not tell: people of one name, and those who are named by an office.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "graph/identity_book.h"
#include "graph/lore.h"
#include "tests/support/told_article.h"

using namespace relata;
using namespace relata::tests;

namespace {

std::shared_ptr<const NameForms> lore() {
  const auto read = load_name_lore("data/identity");
  REQUIRE(read.ok());
  return std::make_shared<const NameForms>(*read);
}

struct Told {
  IdentityBook book{lore()};

  Told& add(const Extraction& extraction) {
    std::vector<Decision> none;
    book.apply({}, {&extraction}, none);
    return *this;
  }
  Told& retract(const Extraction& extraction) {
    std::vector<Decision> none;
    book.apply({&extraction}, {}, none);
    return *this;
  }
  EntityId who(const Extraction& extraction, ActorIndex actor = 0) const { return book.home({extraction.article.id, actor}); }
};

Named group(const std::string& name) { return {name, EntityType::org}; }
Named place(const std::string& name) { return {name, EntityType::gpe}; }
Named person(const std::string& name, const std::string& office = {}) { return {name, EntityType::person, office}; }

const Extraction kMayor = told_article("bridge", "2024-03-01", {person("John Smith", "mayor"), place("Springfield"), person("Petra Holm")});
const Extraction kMayorAgain = told_article("road", "2024-05-01", {person("John Smith", "mayor"), place("Springfield")});
const Extraction kChief = told_article("jam", "2024-03-02", {person("John Smith", "chief executive"), group("Castell Foods"), person("Ida Brandt")});
const Extraction kChiefAgain = told_article("bread", "2024-06-02", {person("John Smith", "chief executive"), group("Castell Foods GmbH")});
const Extraction kBare = told_article("cycling", "2024-04-01", {person("John Smith")});

}  // namespace

TEST_CASE("people: two of one name who hold different offices in different company are two") {
  Told told;
  told.add(kMayor).add(kChief).add(kMayorAgain).add(kChiefAgain);
  CHECK(told.who(kMayor) == told.who(kMayorAgain));
  CHECK(told.who(kChief) == told.who(kChiefAgain));
  CHECK(told.who(kMayor) != told.who(kChief));
  const auto reasons = told.book.reasons(told.who(kMayor));
  REQUIRE(reasons.size() == 2);
  CHECK(reasons[0].reason == LinkReason::belonging);
  CHECK(reasons[1].reason == LinkReason::apart);
  CHECK(reasons[1].score == doctest::Approx(2.0 / 3));
}

TEST_CASE("people: one who is said to be two things in one company is one") {
  const Extraction adviser = told_article("port", "2024-07-01", {person("John Smith", "adviser"), group("Harbour Trust"), person("Petra Holm"), group("Norda Ferries")});
  const Extraction member = told_article("quay", "2024-08-01", {person("John Smith", "member"), group("Fishing Union"), person("Petra Holm"), group("Norda Ferries")});
  Told told;
  told.add(adviser).add(member);
  CHECK(told.who(adviser) == told.who(member));
}

TEST_CASE("people: whose body is named beside another's of the name is the same") {
  const Extraction also = told_article("park", "2024-07-01", {person("John Smith", "chairman"), group("Green Parks"), place("Springfield")});
  Told told;
  told.add(kMayor).add(also);
  CHECK(told.who(kMayor) == told.who(also));
}

TEST_CASE("people: an article that says nothing of him joins nobody and moves nobody") {
  Told told;
  told.add(kMayor).add(kChief);
  const EntityId mayor = told.who(kMayor), chief = told.who(kChief);
  told.add(kBare);
  CHECK(told.who(kMayor) == mayor);
  CHECK(told.who(kChief) == chief);
  CHECK(told.who(kBare) != mayor);
  CHECK(told.who(kBare) != chief);
  const Extraction beside = told_article("fair", "2024-04-02", {person("John Smith"), place("Springfield")});
  told.add(beside);
  CHECK(told.who(beside) == mayor);
}

TEST_CASE("people: a name that nearly all articles say of one means him") {
  Told told;
  for (const char* day : {"2024-01-01", "2024-01-02", "2024-01-03"}) told.add(told_article("hall", day, {person("John Smith", "mayor"), place("Springfield")}));
  told.add(kMayor).add(kChief).add(kBare);
  CHECK(told.who(kBare) == told.who(kMayor));
  CHECK(told.who(kBare) != told.who(kChief));
}

TEST_CASE("people: a name that few bear is one person where anything at all is named beside both") {
  const Extraction one = told_article("dike", "2024-01-01", {person("Tjorven Wessolek", "engineer"), group("Dike Board"), place("Denmark")});
  const Extraction two = told_article("weir", "2024-01-02", {person("Tjorven Wessolek", "adviser"), group("River Trust"), place("Denmark")});
  const Extraction far = told_article("mine", "2024-01-03", {person("Tjorven Wessolek", "owner"), group("Copper Hill"), place("Chile")});
  Told told;
  told.add(one).add(two).add(far);
  CHECK(told.who(one) == told.who(two));
  CHECK(told.who(far) != told.who(one));
}

TEST_CASE("people: an id that was given out leads to who bears the name") {
  Told told;
  told.add(kMayor);
  const EntityId first = told.who(kMayor);
  told.add(kChief);
  CHECK((told.book.entity(first) == told.who(kMayor) || told.book.entity(first) == told.who(kChief)));
  const EntityId chief = told.who(kChief);
  told.retract(kMayor);
  CHECK(told.who(kChief) == first);
  CHECK(told.book.entity(chief) == first);
}

TEST_CASE("people: what was decided of one of several holds when he is told by other words") {
  Told told;
  told.add(kMayor).add(kChief);
  std::vector<Decision> decide{{.kind = DecisionKind::merge, .a = told.who(kMayor), .b = told.who(kChief), .actors = {}, .author = "", .note = "", .time = ""}};
  told.book.apply({}, {}, decide);
  CHECK(told.who(kMayor) == told.who(kChief));
  const Extraction also = told_article("park", "2024-07-01", {person("John Smith", "chairman"), group("Aarde Parks"), place("Springfield")});
  told.add(also);
  CHECK(told.who(kMayor) == told.who(kChief));
  CHECK(told.who(also) == told.who(kChief));
  std::vector<Decision> undo{{.kind = DecisionKind::undo, .a = {}, .b = {}, .actors = {}, .undone = 1, .author = "", .note = "", .time = ""}};
  told.book.apply({}, {}, undo);
  CHECK(told.who(kMayor) != told.who(kChief));
}

TEST_CASE("people: who a name's people are does not depend on the order, or on what came and went") {
  std::vector<Extraction> articles{kMayor, kMayorAgain, kChief, kChiefAgain, kBare};
  std::mt19937 random(11);
  for (int i = 0; i < 30; ++i) {
    std::vector<Named> named{person("John Smith", random() % 2 ? "member" : ""), group("Club " + std::to_string(random() % 9))};
    for (unsigned more = random() % 4; more > 0; --more) named.push_back(group("Works " + std::to_string(random() % 12)));
    articles.push_back(told_article("a" + std::to_string(i), "2024-02-0" + std::to_string(1 + i % 9), named));
  }
  const auto partition = [&](const IdentityBook& book) {
    std::vector<EntityId> homes;
    for (const Extraction& article : articles)
      for (ActorIndex i = 0; i < article.actors.size(); ++i) homes.push_back(book.home({article.article.id, i}));
    return homes;
  };
  Told expected;
  for (const Extraction& article : articles) expected.add(article);
  for (unsigned round = 0; round < 100; ++round) {
    std::vector<const Extraction*> order;
    for (const Extraction& article : articles) order.push_back(&article);
    std::shuffle(order.begin(), order.end(), random);
    Told told;
    for (std::size_t i = 0; i < order.size();) {
      std::vector<Decision> none;
      std::vector<const Extraction*> batch;
      for (std::size_t size = 1 + random() % 5; size > 0 && i < order.size(); --size) batch.push_back(order[i++]);
      told.book.apply({}, batch, none);
      if (random() % 3 > 0) continue;
      told.book.apply({order[i - 1]}, {}, none);
      told.book.apply({}, {order[i - 1]}, none);
    }
    CHECK(partition(told.book) == partition(expected.book));
  }
}

TEST_CASE("offices: a description is who held the office on the day of the article") {
  const auto meant = [](const std::string& office, const std::string& day, const std::string& holder) {
    const Extraction described = told_article("talks", day, {person(office)});
    const Extraction named = told_article("visit", "2024-02-02", {person(holder)});
    Told told;
    told.add(described).add(named);
    return told.who(described) == told.who(named);
  };
  CHECK(meant("Russian president", "2024-06-01", "Vladimir Putin"));
  CHECK(meant("president of Russia", "2010-06-01", "Dmitry Medvedev"));
  CHECK_FALSE(meant("Russian president", "2010-06-01", "Vladimir Putin"));
  CHECK(meant("German chancellor", "2025-05-05", "Olaf Scholz"));
  CHECK(meant("German chancellor", "2025-05-06", "Friedrich Merz"));
  CHECK_FALSE(meant("German chancellor", "2025-05-06", "Olaf Scholz"));
  CHECK(meant("US president", "2022-06-01", "Joe Biden"));
  CHECK(meant("Ukrainian president", "2024-06-01", "Volodymyr Zelenskyy"));
  CHECK_FALSE(meant("Norda president", "2024-06-01", "Vladimir Putin"));
}

TEST_CASE("offices: whom articles of the time call so is meant, and nobody when they differ") {
  const Extraction asked = told_article("flood", "2024-06-01", {person("Norda mayor")});
  const Extraction early = told_article("vote", "2024-01-01", {person("Ida Brandt", "mayor"), place("Norda")});
  const Extraction late = told_article("sand", "2024-09-01", {person("Ida Brandt", "mayor"), place("Norda")});
  const Extraction other = told_article("oath", "2024-07-01", {person("Petra Holm", "mayor"), place("Norda")});
  const Extraction ancient = told_article("old", "2020-07-01", {person("Petra Holm", "mayor"), place("Norda")});
  Told told;
  told.add(asked).add(ancient);
  const EntityId described = told.who(asked);
  CHECK(described != told.who(ancient));
  told.add(early);
  CHECK(told.who(asked) == told.who(early));
  CHECK(told.book.entity(described) == told.who(early));
  told.add(late);
  CHECK(told.who(asked) == told.who(early));
  const auto reasons = told.book.reasons(told.who(asked));
  CHECK(std::any_of(reasons.begin(), reasons.end(), [](const Link& link) { return link.reason == LinkReason::office; }));
  told.add(other);
  CHECK(told.who(asked) != told.who(early));
  CHECK(told.who(asked) != told.who(other));
  told.retract(other);
  CHECK(told.who(asked) == told.who(early));
  told.retract(early).retract(late);
  CHECK(told.who(asked) == described);
}

TEST_CASE("spellings: names that are written in several ways are one") {
  const auto same = [](EntityType type, const std::vector<std::string>& names) {
    Told told;
    std::vector<Extraction> articles;
    for (const std::string& name : names) articles.push_back(told_article("on " + name, "2024-02-02", {{name, type}}));
    for (const Extraction& article : articles) told.add(article);
    return std::all_of(articles.begin(), articles.end(), [&](const Extraction& article) { return told.who(article) == told.who(articles.front()); });
  };
  CHECK(same(EntityType::gpe, {"Kyiv", "Kiev"}));
  CHECK(same(EntityType::gpe, {"Kharkiv", "Kharkov"}));
  CHECK(same(EntityType::person, {"Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Zelensky", "Zelenskyy", "Zelenskiy"}));
  CHECK(same(EntityType::org, {"NATO", "Nato", "N.A.T.O.", "North Atlantic Treaty Organization"}));
  CHECK(same(EntityType::gpe, {"U.S.", "US", "USA", "United States", "United States of America"}));
  CHECK_FALSE(same(EntityType::org, {"Bundeswehr", "German army"}));
  CHECK_FALSE(same(EntityType::gpe, {"Kyiv", "Kharkiv"}));
}
