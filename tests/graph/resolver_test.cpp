#include "graph/resolver.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <utility>

using namespace relata;

namespace {

std::shared_ptr<const NameForms> forms() {
  NameLore lore;
  lore.sounds = {{"kh", "h"}, {"iy", "i"}, {"w", "v"}, {"y", "i"}, {"ii", "i"}};
  lore.legal_forms = {"inc", "gmbh", "co"};
  lore.spellings = {{"kyiv", "kiev"}};
  lore.place_kinds = {"region"};
  lore.apart = {"moscow"};
  lore.given_names = {{"joe", "joseph"}, {"bob", "robert"}};
  return std::make_shared<const NameForms>(lore);
}

using Actors = std::vector<std::pair<std::string, std::vector<std::string>>>;

std::vector<std::string> partition(const Resolver& resolver, const Actors& actors) {
  std::vector<std::string> lines;
  for (const auto& [key, aliases] : actors) lines.push_back(key + " = " + resolver.representative(key));
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

bool same(const Actors& actors, const std::string& a, const std::string& b) {
  Resolver resolver(forms());
  for (const auto& [key, aliases] : actors) resolver.add(key, aliases);
  resolver.settle();
  return resolver.representative(a) == resolver.representative(b);
}

const Actors kActors = {
    {"person|joe biden", {"biden"}},
    {"person|biden", {}},
    {"person|joseph biden", {}},
    {"person|volodymyr zelensky", {"zelensky"}},
    {"person|volodymyr zelenskyy", {}},
    {"person|zelenskiy", {}},
    {"person|george w bush", {}},
    {"person|george h w bush", {}},
    {"person|bush", {}},
    {"person|anna bush", {}},
    {"group|international monetary fund", {"imf"}},
    {"group|imf", {}},
    {"group|castell foods", {}},
    {"group|castell foods gmbh", {}},
    {"thing|storm shadow", {}},
    {"thing|storm shadows", {}},
    {"place|ukraine", {"kyiv"}},
    {"place|kyiv", {}},
    {"place|kiev", {}},
    {"place|kursk", {}},
    {"place|kursk region", {}},
    {"place|moscow", {}},
    {"place|moscow region", {}},
};

}  // namespace

TEST_CASE("spellings, short names, acronyms and legal forms are one; people who differ are not") {
  CHECK(same(kActors, "person|biden", "person|joe biden"));
  CHECK(same(kActors, "person|joseph biden", "person|joe biden"));
  CHECK(same(kActors, "person|volodymyr zelensky", "person|volodymyr zelenskyy"));
  CHECK(same(kActors, "person|zelenskiy", "person|volodymyr zelenskyy"));
  CHECK(same(kActors, "group|imf", "group|international monetary fund"));
  CHECK(same(kActors, "group|castell foods", "group|castell foods gmbh"));
  const Actors told_with{{"group|northern harbour and ferry trust nhft gmbh", {}}, {"group|nhft", {}}, {"group|northern harbour and ferry trust", {}}, {"group|old harbour ferry gang", {}}, {"group|gang", {}}};
  CHECK(same(told_with, "group|northern harbour and ferry trust nhft gmbh", "group|nhft"));
  CHECK_FALSE(same(told_with, "group|old harbour ferry gang", "group|gang"));
  const Actors short_with{{"group|norda airways", {"noa"}}, {"group|noa", {}}, {"group|harbour line", {"hob"}}, {"group|hob", {}}, {"group|north quay", {}}, {"group|noq", {}}};
  CHECK(same(short_with, "group|norda airways", "group|noa"));        // letters of it in order, and an article says both of one
  CHECK_FALSE(same(short_with, "group|harbour line", "group|hob"));   // not its letters in order
  CHECK_FALSE(same(short_with, "group|north quay", "group|noq"));     // no article says so
  CHECK(same(kActors, "thing|storm shadow", "thing|storm shadows"));
  CHECK_FALSE(same(kActors, "person|george w bush", "person|george h w bush"));
  CHECK_FALSE(same(kActors, "person|bush", "person|anna bush"));
  CHECK_FALSE(same(kActors, "person|bush", "person|george w bush"));
  CHECK_FALSE(same(kActors, "place|kyiv", "place|ukraine"));
  CHECK(same(kActors, "place|kyiv", "place|kiev"));
  CHECK(same(kActors, "place|kursk", "place|kursk region"));
  CHECK_FALSE(same(kActors, "place|moscow", "place|moscow region"));
}

TEST_CASE("the partition does not depend on order, batches or what came and went") {
  Resolver expected(forms());
  for (const auto& [key, aliases] : kActors) expected.add(key, aliases);
  expected.settle();
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    Actors shuffled = kActors;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    Resolver resolver(forms());
    std::vector<std::size_t> passing;
    for (std::size_t i = 0; i < shuffled.size(); ++i) {
      resolver.add(shuffled[i].first, shuffled[i].second);
      if (random() % 3 == 0) {  // an actor that is taken back later
        passing.push_back(random() % shuffled.size());
        resolver.add(shuffled[passing.back()].first, shuffled[passing.back()].second);
      }
      if (random() % 4 == 0) resolver.settle();
    }
    for (const std::size_t i : passing) resolver.remove(shuffled[i].first, shuffled[i].second);
    resolver.settle();
    CHECK(partition(resolver, kActors) == partition(expected, kActors));
  }
}

TEST_CASE("an analyst's word goes before the rules, and taking it back restores the partition") {
  Resolver resolver(forms());
  for (const auto& [key, aliases] : kActors) resolver.add(key, aliases);
  resolver.settle();
  const auto before = partition(resolver, kActors);
  resolver.decide("person|joe biden", "person|joseph biden", Resolver::Verdict::never);
  resolver.decide("place|kyiv", "place|ukraine", Resolver::Verdict::same);
  resolver.settle();
  CHECK(resolver.representative("person|joe biden") != resolver.representative("person|joseph biden"));
  CHECK(resolver.representative("place|kyiv") == resolver.representative("place|ukraine"));
  resolver.decide("place|kyiv", "place|ukraine", Resolver::Verdict::open);
  resolver.decide("person|joe biden", "person|joseph biden", Resolver::Verdict::open);
  resolver.settle();
  CHECK(partition(resolver, kActors) == before);
}

TEST_CASE("settle tells exactly what moved") {
  Resolver resolver(forms());
  resolver.add("person|biden", {});
  auto moves = resolver.settle();
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].from == "");
  CHECK(moves[0].to == "person|biden");
  resolver.add("person|joe biden", {});
  moves = resolver.settle();
  REQUIRE(moves.size() == 2);
  CHECK(moves[0].key == "person|biden");
  CHECK(moves[0].from == "person|biden");
  CHECK(moves[0].to == "person|joe biden");
  CHECK(resolver.settle().empty());
  CHECK(resolver.reasons("person|biden").front().reason == LinkReason::short_name);
}

TEST_CASE("resolver: a thing is called by its maker, its designation and its nickname") {
  const Actors actors{{"thing|norda 650 albatross", {}}, {"thing|650 albatross", {}}, {"thing|norda 650", {}}, {"thing|norda 720", {}}, {"thing|720", {}}};
  CHECK(same(actors, "thing|norda 650 albatross", "thing|650 albatross"));
  CHECK(same(actors, "thing|norda 650 albatross", "thing|norda 650"));
  CHECK(same(actors, "thing|norda 720", "thing|720"));
  CHECK_FALSE(same(actors, "thing|norda 650", "thing|norda 720"));
}

TEST_CASE("resolver: a designation that two makers use is neither's, and a model with an addition is another model") {
  const Actors actors{{"thing|norda 720", {}}, {"thing|velm 720", {}}, {"thing|720", {}}, {"thing|norda 650", {}}, {"thing|norda 650 pro", {}}, {"thing|storm", {}}, {"thing|sand storm", {}}};
  CHECK_FALSE(same(actors, "thing|720", "thing|norda 720"));
  CHECK_FALSE(same(actors, "thing|720", "thing|velm 720"));
  CHECK_FALSE(same(actors, "thing|norda 650", "thing|norda 650 pro"));
  CHECK_FALSE(same(actors, "thing|storm", "thing|sand storm"));
}
