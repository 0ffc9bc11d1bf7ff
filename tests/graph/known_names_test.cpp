// The user's own entities: what they join, what they keep apart.
#include "graph/known_names.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "graph/resolver.h"

using namespace relata;

namespace {

KnownEntity person(std::string id, std::string name, std::vector<std::string> aliases = {}, std::vector<std::string> weak = {}) {
  return {std::move(id), std::move(name), EntityType::person, std::move(aliases), std::move(weak), {{"wikidata", "Q1"}}};
}

bool same(const std::vector<KnownEntity>& known, const std::vector<std::string>& keys, const std::string& a, const std::string& b) {
  Resolver resolver(std::make_shared<const NameForms>(NameLore{}), std::make_shared<const KnownNames>(known));
  for (const std::string& key : keys) resolver.add(key, {});
  (void)resolver.settle();
  return resolver.representative(a) == resolver.representative(b);
}

}  // namespace

TEST_CASE("known names: the names of one entry are one entity") {
  const std::vector<KnownEntity> known{person("p1", "Mira Solberg", {"The Falcon"})};
  CHECK(same(known, {"person|mira solberg", "person|the falcon"}, "person|mira solberg", "person|the falcon"));
  CHECK_FALSE(same({}, {"person|mira solberg", "person|the falcon"}, "person|mira solberg", "person|the falcon"));
}

TEST_CASE("known names: names of different entries stay apart, whatever they look like") {
  const std::vector<std::string> keys{"person|bo solberg", "person|bo k solberg"};
  CHECK(same({}, keys, keys[0], keys[1]));
  CHECK_FALSE(same({person("p1", "Bo Solberg"), person("p2", "Bo K. Solberg")}, keys, keys[0], keys[1]));
}

TEST_CASE("known names: a name that two entries bear is neither's") {
  const KnownNames names({person("p1", "Jon Dahl", {"Jonny Dahl"}), person("p2", "Jon Dahl", {"J. D. Dahl"})});
  CHECK(names.who("person|jon dahl") != KnownNames::kNobody);
  CHECK(names.entry("person|jon dahl") == nullptr);
  REQUIRE(names.entry("person|jonny dahl") != nullptr);
  CHECK(names.entry("person|jonny dahl")->id == "p1");
  CHECK(names.who("person|jonny dahl") != names.who("person|j d dahl"));
}

TEST_CASE("known names: a name holds before an alias, an alias before a weak one") {
  const KnownNames names({person("p1", "Lena Roth", {"Ada Holm"}, {"Max Frei"}), person("p2", "Ada Holm"), person("p3", "Ina Voss", {"Max Frei"})});
  CHECK(names.entry("person|ada holm")->id == "p2");
  CHECK(names.entry("person|max frei")->id == "p3");
}

TEST_CASE("known names: an entry without a type is a person or a group") {
  const KnownNames names({KnownEntity{"x", "Nordwind", std::nullopt, {}, {}, {}}});
  CHECK(names.entry("person|nordwind") != nullptr);
  CHECK(names.entry("group|nordwind") != nullptr);
  CHECK(names.entry("place|nordwind") == nullptr);
}

TEST_CASE("known names: the order of a file makes no difference, its content does") {
  const KnownEntity a = person("p1", "Lena Roth", {"L. Roth", "Lenka Roth"}), b = person("p2", "Ada Holm");
  KnownEntity turned = a;
  std::reverse(turned.aliases.begin(), turned.aliases.end());
  CHECK(KnownNames({a, b}).fingerprint() == KnownNames({b, turned}).fingerprint());
  turned.aliases.pop_back();
  CHECK(KnownNames({a, b}).fingerprint() != KnownNames({b, turned}).fingerprint());
}
