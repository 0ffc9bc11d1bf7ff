// Relations in outline are the relations in full, whatever is filtered; each is found again by its key.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "graph/relations.h"
#include "tests/query/small_graph.h"

using namespace relata;
using namespace relata::tests;

TEST_CASE("outlines agree with the relations in full") {
  std::mt19937 random(7);
  const auto below = [&](unsigned n) { return random() % n; };
  std::vector<Fact> facts;
  for (int i = 0; i < 400; ++i) {
    Fact fact{"Person A" + std::to_string(below(3)), below(2) ? "CONSULT" : "FIGHT", "Person B" + std::to_string(below(5))};
    if (below(4) > 0) fact.time = "2024-0" + std::to_string(1 + below(3)) + (below(3) > 0 ? "-1" + std::to_string(below(4)) : "");
    fact.polarity = below(5) > 0 ? Polarity::positive : Polarity::negative;
    fact.publisher = "Paper " + std::to_string(below(3));
    fact.confidence = 0.5f + 0.1f * static_cast<float>(below(5));
    facts.push_back(fact);
  }
  const auto view = graph_of(facts);
  const std::vector<Filter> filters{{}, {.from = parse_day("2024-01-11"), .until = parse_day("2024-02-05")}, {.polarity = Polarity::negative}, {.min_publishers = 2}, {.contested = true},
                                    {.relations = {"FIGHT"}, .from = parse_day("2024-02-01")}};
  for (const Filter& filter : filters) {
    Grouping grouping(*view, filter);
    for (Node node = 0; node < view->nodes(); ++node) {
      std::map<RelationKey, std::uint64_t> expected;
      std::size_t one = 1'000'000, other = one;
      const std::vector<Group> groups = grouping.around(node, one);
      for (const Group& group : groups)
        for (const Edge* edge : group.edges) expected[group.key] += edge->confidence;
      std::vector<Outline> outlines;
      grouping.outlines(node, other, outlines);
      CHECK(one == other);
      CHECK(std::is_sorted(outlines.begin(), outlines.end(), [](const Outline& a, const Outline& b) { return a.key.begin < b.key.begin; }));
      REQUIRE(outlines.size() == expected.size());
      for (const Outline& outline : outlines) CHECK(expected.at(outline.key) == outline.weight);
      for (const Group& group : groups)
        for (const Node end : {group.key.source, group.key.target}) {
          const auto again = grouping.exactly(group.key, end);
          REQUIRE(again);
          CHECK(again->edges.size() == group.edges.size());
        }
    }
  }
}
