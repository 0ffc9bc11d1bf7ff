// Rows: a sentence with its names marked, what it states, and what it does not.
#include <doctest/doctest.h>

#include "tests/statements/rows.h"

using namespace relata;

TEST_CASE("clauses: active, passive, control, coordination, light verbs") {
  const Row rows[] = {
      {"[Norland|GPE] attacked [Sudria|GPE].", {"Norland ASSAULT Sudria"}},
      {"[Sudria|GPE] was attacked by [Norland|GPE].", {"Norland ASSAULT Sudria"}},
      {"[Canada|GPE] sent weapons to [Ukraine|GPE].", {"Canada AID Ukraine"}},
      {"[Canada|GPE] sent [Ukraine|GPE] tanks.", {"Canada AID Ukraine"}},
      {"[Spain|GPE] authorized [Portugal|GPE] to use [Taurus|WEAPON] missiles.", {"Spain PERMIT Portugal", "Portugal USE Taurus"}},
      {"[Egypt|GPE] urged [Israel|GPE] to free [Hamas|ORG] prisoners.", {"Egypt REQUEST Israel", "Israel CONCEDE Hamas"}},
      {"[Iran|GPE] refused to meet [Iraq|GPE] negotiators.", {"Iran REJECT Iraq"}, {"Iran CONSULT Iraq"}},
      {"[Greece|GPE] and [Turkey|GPE] held talks with [Cyprus|GPE].", {"Greece CONSULT Cyprus", "Turkey CONSULT Cyprus"}},
      {"[Merkel|PERSON] and [Macron|PERSON] spoke on Monday.", {"Merkel CONSULT Macron"}},
      {"[France|GPE] and [Germany|GPE] condemned [Syria|GPE].", {"France ACCUSE Syria", "Germany ACCUSE Syria"}},
      {"[Turkey|GPE] accused [Greece|GPE] of violating its airspace.", {"Turkey ACCUSE Greece"}},
      {"[Japan|GPE] imposed sanctions on [Iran|GPE].", {"Japan SANCTION Iran"}},
      {"[Japan|GPE] lifted sanctions on [Iran|GPE].", {"Japan CONCEDE Iran"}},
      {"[Poland|GPE] closed its border with [Belarus|GPE].", {"Poland SANCTION Belarus"}},
      {"[Lee|PERSON] called on [Japan|GPE] to apologize.", {"Lee REQUEST Japan"}, {"Lee CONSULT Japan"}},
      {"[Lee|PERSON] called [Tanaka|PERSON] a liar.", {"Lee ACCUSE Tanaka"}, {"Lee CONSULT Tanaka"}},
      {"[Lee|PERSON] said that [Japan|GPE] must withdraw its troops.", {"Lee REQUEST Japan"}},
      {"[Mali|GPE] threatened to expel the [French|GPE] ambassador.", {"Mali THREATEN French"}},
      {"[Boeing|ORG], which had sued [Airbus|ORG], withdrew the claim.", {"Boeing ACCUSE Airbus"}},
      {"Soldiers from [Chad|GPE] entered the country and killed [Niger|GPE] policemen.", {"Chad ASSAULT Niger"}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("actors are reached through what stands for them, and not through what merely belongs to them") {
  const Row rows[] = {
      {"The [German|GPE] government praised [Poland|GPE].", {"German SUPPORT Poland"}},
      {"Dozens of [Palestinians|NORP] protested against [Israel|GPE].", {"Palestinians PROTEST Israel"}},
      {"[Biden|PERSON]'s administration criticized [Iran|GPE].", {"Biden ACCUSE Iran"}},
      {"[Biden|PERSON]'s brother criticized [Iran|GPE].", {}, {"Biden ACCUSE Iran"}},
      {"[Sweden|GPE] condemned the decision of [Norway|GPE].", {"Sweden ACCUSE Norway"}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("events that nouns name") {
  const Row rows[] = {
      {"A [Russian|GPE] strike on [Odesa|GPE] killed three people.", {"Russian ASSAULT Odesa"}},
      {"Talks between [Israel|GPE] and [Egypt|GPE] broke down.", {"Israel CONSULT Egypt"}},
      {"[Norway|GPE]'s decision to allow [Finland|GPE] to fish surprised fishermen.", {"Norway PERMIT Finland"}},
      {"[Macron|PERSON] paid a visit to [Poland|GPE].", {"Macron CONSULT Poland"}},
      {"[Chad|GPE] faced criticism from [Kenya|GPE].", {"Kenya ACCUSE Chad"}},
      {"The decision by [Norway|GPE] to expel [Finland|GPE]'s envoy was praised by [Latvia|GPE].",
       {"Norway SANCTION Finland", "Latvia SUPPORT Norway"}},
      {"[Chad|GPE] faces sanctions from [Kenya|GPE].", {"Kenya SANCTION Chad"}, {"Chad OPPONENT_OF Kenya"}},
      {"[Chad|GPE] is at war with [Libya|GPE].", {"Chad OPPONENT_OF Libya"}},
      {"In an interview with [Reuters|ORG], [Okafor|PERSON] described the plan.", {"Okafor STATE Reuters"}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("states told by the build of noun phrases") {
  const Row rows[] = {
      {"[Kremlin|ORG] spokesman [Dmitry Orlov|PERSON] arrived.", {"Dmitry Orlov HAS_POSITION_AT Kremlin"}},
      {"[Anna Schmidt|PERSON], the [German|GPE] foreign minister, smiled.", {"Anna Schmidt HAS_POSITION_AT German"}},
      {"[Tom Brown|PERSON] was appointed chief executive of [Siemens|ORG].", {"Tom Brown HAS_POSITION_AT Siemens"}},
      {"[Airbus|ORG], a subsidiary of [EADS|ORG], grew.", {"Airbus PART_OF EADS"}},
      {"[Greece|GPE] is a member of [NATO|ORG].", {"Greece MEMBER_OF NATO"}},
      {"[Toyota|ORG] is headquartered in [Japan|GPE].", {"Toyota LOCATED_IN Japan"}},
      {"The [Japanese|GPE] city of [Osaka|GPE] welcomed visitors.", {"Osaka LOCATED_IN Japanese"}},
      {"[Nissan|ORG] and [Renault|ORG] are partners.", {"Nissan ALLY_OF Renault"}},
      {"[Volkswagen|ORG]'s [Porsche|ORG] unit builds cars.", {"Porsche PART_OF Volkswagen"}},
      {"[Anna Brown|PERSON], the wife of [Tom Brown|PERSON], spoke.", {"Anna Brown FAMILY_OF Tom Brown"}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a denied talk and the call it would have been part of") {
  check({"[Orlov|PERSON] and [Weber|PERSON] did not talk about attacks on [Norland|GPE] during their phone call on Friday, [Petrov|PERSON] "
         "told [Interfax|ORG].",
         {"Orlov CONSULT Weber negative actual according to Petrov on 2024-11-15", "Petrov STATE Interfax positive actual"}},
        true);
  check({"[Weber|PERSON] called [Orlov|PERSON] on November 15.", {"Weber CONSULT Orlov positive actual on 2024-11-15"}}, true);
}

TEST_CASE("what somebody's act does, he does") {
  check({"[Norland|GPE]'s travel ban covers [Sudria|GPE].", {"Norland SANCTION Sudria"}});
  check({"[Russian|GPE] shelling killed [Ukrainian|GPE] soldiers.", {"Russian ASSAULT Ukrainian"}});
  check({"[Norland|GPE] used [Taurus|WEAPON] missiles for strikes inside [Sudria|GPE].", {"Norland USE Taurus", "Norland ASSAULT Sudria"}});
}

TEST_CASE("parties beside the subject, and parties of a compound") {
  check({"[France|GPE], along with [Germany|GPE], condemned [Iran|GPE].", {"France ACCUSE Iran", "Germany ACCUSE Iran"}});
  check({"The [Russia|GPE]-[Ukraine|GPE] war went on.", {"Ukraine OPPONENT_OF Russia"}});
}

TEST_CASE("titles hold whatever the sentence denies or somebody claims") {
  check({"[Petrov|PERSON] denied that [Kremlin|ORG] spokesman [Dmitry Orlov|PERSON] had met [Anna Weber|PERSON].",
         {"Dmitry Orlov HAS_POSITION_AT Kremlin positive actual"}},
        true);
}

TEST_CASE("things are made by whom their name begins with, or by a nationality") {
  check({"[Airbus|ORG] showed the [Airbus A380|VEHICLE] in Paris.", {"Airbus A380 MADE_BY Airbus"}});
  check({"[Kyiv|GPE] praised [British|GPE] [Storm Shadow|WEAPON] missiles.", {}, {"Storm Shadow OWNS British"}});
}

TEST_CASE("two told of before") {
  check({"[Anna Weber|PERSON] called [Pedro Lopez|PERSON]. The two leaders agreed to open the border.", {"Anna Weber AGREE Pedro Lopez"}});
  check({"[Nokia|ORG] sued [Ericsson|ORG]. The two companies reached an agreement in May.", {"Nokia AGREE Ericsson"}});
  check({"[Nokia|ORG] sued [Ericsson|ORG]. Two companies reached an agreement with [Bosch|ORG].", {}, {"Nokia AGREE Ericsson"}});
}

TEST_CASE("a protest lodged with somebody accuses him") {
  check({"[Serbia|GPE] lodged a protest with [Albania|GPE].", {"Serbia ACCUSE Albania"}});
  check({"[Serbia|GPE] lodged a bid with [Albania|GPE].", {}, {"Serbia ACCUSE Albania"}});
}

TEST_CASE("the years of an office behind it") {
  check({"[Anna Berg|PERSON], the prime minister of [Norway|GPE] (2005-2013), praised [Poland|GPE].",
         {"Anna Berg HAS_POSITION_AT Norway positive actual on 2005/2013", "Anna Berg SUPPORT Poland positive actual"}},
        true);
  check({"[Carl Lind|PERSON] (foreign minister of [Sweden|GPE], 1994-98) met [Anna Berg|PERSON].",
         {"Carl Lind HAS_POSITION_AT Sweden positive actual on 1994/1998"}},
        true);
}

TEST_CASE("control and brands") {
  check({"[Fiat|ORG] took control of [Volvo|ORG].", {"Fiat OWNS Volvo"}});
  check({"The rebels of [Chad|GPE] took control of [Mopti|GPE].", {"Chad COERCE Mopti"}});
  check({"[Pontiac|ORG], a [Volvo|ORG] brand, will close.", {"Pontiac PART_OF Volvo"}});
}
