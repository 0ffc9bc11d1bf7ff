// The files of data/identity are what their readers take them for.
#include "graph/lore.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "graph/identity.h"

using namespace relata;

TEST_CASE("lore: nobody holds an office while another does") {
  const auto lore = load_name_lore("data/identity");
  REQUIRE(lore.ok());
  CHECK(lore->offices.size() > 150);
  std::map<std::string, std::vector<OfficeTerm>> terms;
  for (const OfficeTerm& term : lore->offices) terms[term.office + " of " + term.body].push_back(term);
  for (auto& [office, held] : terms) {
    CAPTURE(office);
    std::sort(held.begin(), held.end(), [](const OfficeTerm& a, const OfficeTerm& b) { return a.from < b.from; });
    for (std::size_t i = 1; i < held.size(); ++i) CHECK(held[i - 1].until <= held[i].from);
  }
  for (const OfficeTerm& term : lore->offices)
    for (const std::string& name : {term.office, term.body, term.holder}) CHECK(name == fold_name(name));
}

TEST_CASE("lore: a description names the offices it can mean") {
  const auto lore = load_name_lore("data/identity");
  REQUIRE(lore.ok());
  const NameForms forms(*lore);
  const auto means = [&](std::string_view text, const OfficeName& office) {
    const auto found = forms.offices_named(text);
    return std::find(found.begin(), found.end(), office) != found.end();
  };
  CHECK(means("the russian president", {"president", "russia"}));
  CHECK(means("president of the russian federation", {"president", "russia"}));
  CHECK(means("us secretary of state", {"secretary of state", "unitedstates"}));
  CHECK(means("secretary of state of the united states", {"secretary of state", "unitedstates"}));
  CHECK(means("british prime minister", {"prime minister", "unitedkingdom"}));
  CHECK(means("castell foods chairman", {"chairman", "castellfoods"}));
  CHECK(forms.offices_named("ida brandt").empty());
  CHECK(forms.offices_named("president").empty());
}

TEST_CASE("lore: seats and governments are their state's, places are not") {
  const auto governments = load_governments("data/identity");
  REQUIRE(governments.ok());
  const auto of = [&](const std::string& name) -> std::string {
    for (const Government& each : *governments)
      if (each.state == name || std::find(each.names.begin(), each.names.end(), name) != each.names.end()) return each.state;
    return "";
  };
  CHECK(of("kremlin") == "russia");
  CHECK(of("white house") == "united states");
  CHECK(of("us government") == "united states");
  CHECK(of("downing street") == "united kingdom");
  CHECK(of("elysee palace") == "france");
  CHECK(of("bundesregierung") == "germany");
  CHECK(of("brussels") == "");
  CHECK(of("moscow") == "");
}
