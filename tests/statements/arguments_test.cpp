// Who takes part: arguments that stand far from the verb, hang on the wrong word, or are told elsewhere in the article.
#include <doctest/doctest.h>

#include "tests/statements/rows.h"

using namespace relata;

TEST_CASE("examples of what a noun names") {
  const Row rows[] = {
      {"[Norland|GPE] used long-range weapons including [Taurus|WEAPON] and [Vulcan|WEAPON] against [Sudria|GPE].",
       {"Norland USE Taurus", "Norland USE Vulcan"}},
      {"[Chad|GPE] met its neighbours, including [Niger|GPE] and [Sudan|GPE].", {"Chad CONSULT Niger", "Chad CONSULT Sudan"}},
      {"[Peru|GPE] condemned companies such as [Shell|ORG].", {"Peru ACCUSE Shell"}},
      {"[Kenya|GPE] thanked allies such as [Ghana|GPE] and [Egypt|GPE].", {"Kenya SUPPORT Ghana", "Kenya SUPPORT Egypt"}},
      {"[Spain|GPE] banned airlines, including [Belavia|ORG].", {"Spain COERCE Belavia"}},
  };
  check(rows);
}

TEST_CASE("names joined before the noun they share") {
  const Row rows[] = {
      {"[France|GPE] allowed [Norland|GPE] to use its [SCALP|WEAPON] and [Storm Shadow|WEAPON] missiles.",
       {"France PERMIT SCALP", "France PERMIT Storm Shadow", "Norland USE SCALP", "Norland USE Storm Shadow"}},
      {"[Poland|GPE] used its [Krab|WEAPON] and [Patriot|WEAPON] systems.", {"Poland USE Krab", "Poland USE Patriot"}},
      {"[Iran|GPE] praised the [Iraqi|GPE] and [Syrian|GPE] governments.", {"Iran SUPPORT Iraqi", "Iran SUPPORT Syrian"}},
  };
  check(rows);
}

TEST_CASE("participles before a name say of the nearest name") {
  const Row rows[] = {
      {"[Berlin|GPE] praised the [Swedish|GPE]-made [Taurus|WEAPON] and [British|GPE] [Storm Shadow|WEAPON] missiles.",
       {"Taurus MADE_BY Swedish"},
       {"Storm Shadow MADE_BY Swedish"}},
      {"[Norland|GPE] fired [Chinese|GPE]-made [Silkworm|WEAPON] missiles.", {"Silkworm MADE_BY Chinese"}},
  };
  check(rows);
}

TEST_CASE("the person at the end of a long title") {
  const Row rows[] = {
      {"[Boeing|ORG] hired Deputy Undersecretary of the [Army|ORG] for Logistics [Helen Grant|PERSON].",
       {"Helen Grant EMPLOYED_BY Boeing", "Helen Grant HAS_POSITION_AT Army"},
       {"Boeing OTHER Army"}},
      {"[Weber|PERSON] met Secretary of the [Navy|ORG] [Tom Brown|PERSON].", {"Weber CONSULT Tom Brown", "Tom Brown HAS_POSITION_AT Navy"}},
      {"[Weber|PERSON] met the deputy of [Tom Brown|PERSON].", {}, {"Tom Brown HAS_POSITION_AT Weber"}},
      {"The mayor of [London|GPE], [Lee Khan|PERSON], criticized [Tom Brown|PERSON].", {"Lee Khan ACCUSE Tom Brown", "Lee Khan HAS_POSITION_AT London"}},
      {"The head of [Interpol|ORG], [Ana Lima|PERSON], met the king of [Norland|GPE], [Olav Berg|PERSON].",
       {"Ana Lima CONSULT Olav Berg", "Ana Lima HAS_POSITION_AT Interpol"}},
      {"[Airbus|ORG] parent [EADS|ORG] grew.", {"EADS OWNS Airbus"}},
  };
  check(rows);
}

TEST_CASE("whose the event is was told before") {
  const Row rows[] = {
      {"[Norland|GPE]'s ban hurt airlines. [Sudria|GPE] is covered by the ban.", {"Norland SANCTION Sudria"}},
      {"[Norland|GPE] imposed a ban on [Peru|GPE]. [Sudria|GPE] is also affected by the ban.", {"Norland SANCTION Sudria"}},
      {"[Chad|GPE]'s attack began at dawn. The attack on [Niger|GPE] lasted an hour.", {"Chad ASSAULT Niger"}},
      {"[Chad|GPE]'s attack began at dawn. An attack on [Niger|GPE] lasted an hour.", {}, {"Chad ASSAULT Niger"}},
      {"[Chad|GPE]'s attack failed. The attack on [Niger|GPE] by [Sudan|GPE] lasted an hour.", {"Sudan ASSAULT Niger"}, {"Chad ASSAULT Niger"}},
  };
  check(rows);
}

TEST_CASE("adjectives after verbs of seeming") {
  const Row rows[] = {
      {"[Norland|GPE] appears biased against [Boeing|ORG].", {"Norland OPPONENT_OF Boeing"}},
      {"[Chad|GPE] seemed hostile to [Niger|GPE].", {"Chad REJECT Niger"}},
      {"[Weber|PERSON] remained loyal to [Orlov|PERSON].", {"Weber SUPPORT Orlov"}},
      {"[Peru|GPE] looks critical of [Chile|GPE].", {"Peru ACCUSE Chile"}},
  };
  check(rows);
}

TEST_CASE("nouns of manner and occasion: who does it is a party") {
  const Row rows[] = {
      {"[Siemens|ORG] built the plant in partnership with [Bosch|ORG].", {"Siemens COOPERATE Bosch"}},
      {"[Norland|GPE] recalled its envoy in protest at the arrest of [Karl Weiss|PERSON].", {"Norland PROTEST Karl Weiss"}},
      {"[Kenyans|NORP] marched in support of [Sudan|GPE].", {"Kenyans SUPPORT Sudan"}},
      {"[Nokia|ORG] developed the network in close cooperation with [Ericsson|ORG].", {"Nokia COOPERATE Ericsson"}},
      {"[Lopez|PERSON] resigned after a speech against [Boeing|ORG].", {"Lopez ACCUSE Boeing"}},
      {"[Lopez|PERSON] read it in the criticism of [Boeing|ORG].", {}, {"Lopez ACCUSE Boeing"}},
  };
  check(rows);
}

TEST_CASE("what is moved, and where or to whom") {
  const Row rows[] = {
      {"[Boeing|ORG] delivered the [A340|VEHICLE] to [Iberia|ORG].", {"Boeing AID Iberia", "A340 OTHER Iberia"}},
      {"[Qantas|ORG] flew the [A380|VEHICLE] from [Perth|GPE] to [London|GPE].", {"A380 TRAVELLED_TO London", "A380 OTHER Perth"}},
      {"[Sony|ORG] added a camera to the [Walkman|PRODUCT].", {"Sony OTHER Walkman"}},
      {"[Sony|ORG] sold its plant to [Sharp|ORG] in [Osaka|GPE].", {"Sony AID Sharp", "Sony OTHER Osaka"}},
  };
  check(rows);
}

TEST_CASE("who did another thing is no party, but is judged and hindered with what he did") {
  const Row rows[] = {
      {"[Norland|GPE] agreed to a truce brokered by [Egypt|GPE].", {}, {"Norland AGREE Egypt"}},
      {"[Norland|GPE] condemned a raid ordered by [Sudria|GPE].", {"Norland ACCUSE Sudria"}},
      {"[Norland|GPE] banned a rally staged by [Greenpeace|ORG].", {"Norland COERCE Greenpeace"}},
  };
  check(rows);
}

TEST_CASE("the plan of two is carried out by them, a review is held where it is held") {
  const Row rows[] = {
      {"Regulators stopped the [Nokia|ORG] plan to buy [Alcatel|ORG].", {"Nokia OWNS Alcatel"}},
      {"A [NATO|ORG] review was held in [Lisbon|GPE].", {"NATO LOCATED_IN Lisbon"}},
      {"A review was held in [Lisbon|GPE] by [NATO|ORG].", {"NATO OTHER Lisbon"}},
  };
  check(rows);
}

TEST_CASE("where it happened was so for everybody who took part") {
  const Row rows[] = {
      {"[Anna Weber|PERSON] met [Pedro Lopez|PERSON] in [Lima|GPE].", {"Anna Weber OTHER Lima", "Pedro Lopez OTHER Lima"}},
      {"[Saab|ORG] delivered the [Gripen|VEHICLE] to [Brazil|GPE] at a ceremony in [Anapolis|GPE].", {"Saab OTHER Anapolis", "Gripen OTHER Anapolis"}},
      {"[Nokia|ORG]'s plant in [Oulu|GPE] closed.", {"Nokia LOCATED_IN Oulu"}},
      {"[Weber|PERSON] demonstrated the [Gripen|VEHICLE] in [Lima|GPE].", {"Weber OTHER Gripen"}, {"Weber PROTEST Lima"}},
      {"[Nokia|ORG] owns [Bosch|ORG] in [Peru|GPE].", {}, {"Bosch OTHER Peru"}},
  };
  check(rows);
}

TEST_CASE("goods are bought, not their maker") {
  check({"[Iberia|ORG] bought twelve new [Airbus|ORG] jets.", {"Iberia OTHER Airbus"}, {"Iberia OWNS Airbus"}});
  check({"[Iberia|ORG] bought [Airbus|ORG] shares.", {"Iberia OWNS Airbus"}});
}

TEST_CASE("whose plan it is carries it out") {
  check({"The vote threatens the [Saab|ORG] and [Embraer|ORG] plan to assemble the jets in [Porto|GPE].", {"Saab MOBILIZE Porto", "Embraer MOBILIZE Porto"}});
}

TEST_CASE("the parties under a preposition, and what goes from hand to hand") {
  const Row rows[] = {
      {"The order was competed for between [Saab|ORG] and [Dassault|ORG].", {"Saab OPPONENT_OF Dassault"}},
      {"The sale of [Opel|ORG] to [Magna|ORG] failed.", {"Opel OTHER Magna"}},
      {"[Saab|ORG] will cut 300 jobs in [Sweden|GPE], 200 in [Norway|GPE] and 100 in [Peru|GPE].", {"Saab OTHER Norway", "Saab OTHER Peru"}},
  };
  check(rows);
}

TEST_CASE("a maker is told by the full name alone") {
  check({"[Airbus|ORG] grew. The [A380|VEHICLE] flew.", {}, {"A380 MADE_BY Airbus"}});
}
