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

namespace {

// An article of these words, in which the people are named but not said to be anything.
Extraction worded(const std::string& title, const std::string& day, const std::string& text, std::vector<Named> named = {person("John Smith")}) {
  Extraction extraction = told_article(title, day, named);
  extraction.article.text = text;
  extraction.article.id = article_id(extraction.article);
  return extraction;
}

const Extraction kStriker = worded("sunday", "2024-03-01", "John Smith scored twice, and the striker was cheered from the stands.");
const Extraction kStrikerAgain = worded("monday", "2024-04-01", "The goalkeeper had no chance: John Smith won the match before half-time.");
const Extraction kSurgeon = worded("clinic", "2024-03-09", "John Smith operated for nine hours. The surgeon said the transplant had gone well.");
const Extraction kSurgeonAgain = worded("prize", "2024-07-09", "A prize for John Smith, whose cardiac surgery saved a patient.");

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
  const std::vector<std::string> fields{"the striker scored", "a surgeon of the clinic", "his album and guitar", "it rained"};
  for (int i = 0; i < 20; ++i) articles.push_back(worded("w" + std::to_string(i), "2024-02-0" + std::to_string(1 + i % 9), "John Smith: " + fields[random() % fields.size()] + "."));
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

TEST_CASE("context: two of one name are told apart by the words around them, and joined by them") {
  Told told;
  told.add(kStriker).add(kSurgeon).add(kSurgeonAgain).add(kStrikerAgain);
  CHECK(told.who(kStriker) == told.who(kStrikerAgain));
  CHECK(told.who(kSurgeon) == told.who(kSurgeonAgain));
  CHECK(told.who(kStriker) != told.who(kSurgeon));
  const auto reasons = told.book.reasons(told.who(kStriker));
  REQUIRE(reasons.size() == 2);
  CHECK(reasons[0].reason == LinkReason::context);
  CHECK(reasons[0].score == doctest::Approx(2.0 / 3));
  CHECK(reasons[1].reason == LinkReason::apart);
}

TEST_CASE("context: words that tell no field tell nobody apart, nor do those of a name that few bear") {
  const Extraction dull = worded("rain", "2024-05-01", "It rained on John Smith.");
  const Extraction once = worded("fan", "2024-05-02", "John Smith, who likes football, was fined in court.");
  Told told;
  told.add(kStriker).add(dull).add(once);
  CHECK(told.who(dull) == told.who(kStriker));
  CHECK(told.who(once) == told.who(kStriker));
  const std::vector<Named> rare{person("Tjorven Wessolek")};
  const Extraction plays = worded("derby", "2024-01-01", "Tjorven Wessolek scored, and the striker was cheered.", rare);
  const Extraction heals = worded("heart", "2024-01-02", "Tjorven Wessolek, the surgeon, did a transplant.", rare);
  told.add(plays).add(heals);
  CHECK(told.who(plays) == told.who(heals));
}

TEST_CASE("context: an article that tells a field means the one person of that field of whom others say what he is") {
  Extraction coach = told_article("bench", "2024-03-02", {person("John Smith", "coach"), group("Norda United")});
  coach.article.text = "The coach John Smith saw his striker score in the league.";
  coach.article.id = article_id(coach.article);
  Extraction dean = told_article("faculty", "2024-03-03", {person("John Smith", "head"), group("Harbour Clinic")});
  dean.article.text = "John Smith, who is a surgeon, runs oncology at the clinic.";
  dean.article.id = article_id(dean.article);
  Told told;
  told.add(kStriker).add(coach).add(dean).add(kSurgeonAgain);
  CHECK(told.who(coach) != told.who(dean));
  CHECK(told.who(kStriker) == told.who(coach));
  CHECK(told.who(kSurgeonAgain) == told.who(dean));
  told.retract(coach);
  CHECK(told.who(kStriker) != told.who(dean));
}

TEST_CASE("context: one of whom it is not known what he does may be the other") {
  Told told;
  told.add(kMayor).add(kStriker);
  CHECK(told.who(kMayor) == told.who(kStriker));
}

TEST_CASE("context: an id that was given out leads to who is known by it now") {
  Told told;
  told.add(kStriker).add(kSurgeon).add(kSurgeonAgain).add(kStrikerAgain);
  const EntityId striker = told.who(kStriker), surgeon = told.who(kSurgeon);
  told.retract(kStriker).retract(kStrikerAgain);
  CHECK(told.book.entity(surgeon) == told.who(kSurgeon));
  CHECK(told.book.entity(striker) == told.who(kSurgeon));
  told.add(kStrikerAgain);
  CHECK(told.book.entity(striker) == told.who(kStrikerAgain));
}

TEST_CASE("context: words count near the name and in the title, wherever the characters lie") {
  const auto known = lore();
  const NameForms& forms = *known;
  Extraction article = worded("Derby", "2024-01-01", "Zażółć gęślą: John Smith scored in the derby. " + std::string(600, 'x') + [] {
    std::string far;
    for (int i = 0; i < 60; ++i) far += " word";
    return far + " surgeon transplant oncology clinic";
  }());
  CHECK(plain_field(context_of(article, 0, forms)) == kNoField);  // without mentions all of the text counts
  article.actors[0].mentions = {{{14, 24}, MentionKind::name}};
  const FieldIndex field = plain_field(context_of(article, 0, forms));
  REQUIRE(field != kNoField);
  CHECK(forms.fields()[field] == "sport");
  article.actors[0].mentions = {{{4000000, 4000010}, MentionKind::name}};
  CHECK(plain_field(context_of(article, 0, forms)) != field);
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

TEST_CASE("offices: whose holder nobody knows is the state's, and the state keeps its name") {
  const Extraction talks = told_article("talks", "1991-06-01", {person("Norwegian president"), place("Norway"), group("Norda")});
  const Extraction later = told_article("later", "2024-06-01", {person("Norwegian prime minister"), place("Norway"), person("Jonas Gahr Store")});
  Told told;
  told.add(talks).add(later);
  CHECK(told.who(talks, 0) == told.who(talks, 1));
  CHECK(told.who(talks, 0) == entity_id("place|norway"));
  const auto reasons = told.book.reasons(told.who(talks));
  REQUIRE(reasons.size() == 1);
  CHECK(reasons.front().reason == LinkReason::office);
  CHECK(told.who(later, 0) == told.who(later, 2));
  NameCounts counts;
  for (const Actor& actor : {talks.actors[0], talks.actors[1]}) counts.count(actor, 1);
  CHECK(counts.entity({}).name == "Norway");
  CHECK(counts.entity({}).type == EntityType::gpe);
}

TEST_CASE("offices: a surname that is a title makes no king") {
  const Extraction named = told_article("race", "2024-06-01", {person("Jordan King"), place("Jordan")});
  const Extraction meant = told_article("visit", "2024-06-01", {person("king of Jordan"), person("Jordanian king")});
  Told told;
  told.add(named).add(meant);
  CHECK(told.who(named) == entity_id("person|jordan king"));
  CHECK(told.who(meant, 0) == told.who(meant, 1));
  CHECK(told.who(meant, 0) != told.who(named));
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
