// Paths against searches so simple that they are right: all simple paths of small random graphs, enumerated.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>

#include "query/answer.h"
#include "query/json.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;

namespace {

std::string name_of(int i) { return "Person " + std::string(1, static_cast<char>('A' + i)); }

struct World {
  std::vector<Fact> facts;
  int people;
};

World random_world(unsigned seed, int people, int edges) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  World world{{}, people};
  for (int i = 0; i < edges; ++i) {
    const int a = below(people), b = below(people);
    if (a == b) continue;
    Fact fact{name_of(a), below(2) ? "CONSULT" : "FIGHT", name_of(b), ""};
    if (below(4) > 0) fact.time = "2024-0" + std::to_string(1 + below(6)) + "-1" + std::to_string(below(3));
    if (below(6) == 0) fact.time = "2024-03";
    fact.polarity = below(5) == 0 ? Polarity::negative : Polarity::positive;
    fact.modality = below(4) == 0 ? Modality::possible : Modality::actual;
    fact.confidence = 0.5f + 0.05f * static_cast<float>(below(10));
    fact.publisher = "Paper " + std::to_string(below(3));
    world.facts.push_back(fact);
  }
  return world;
}

// All simple paths of at most max_hops between two names, as sequences of names.
std::vector<std::vector<std::string>> simple_paths(const World& world, const std::string& from, const std::string& to, int max_hops) {
  std::map<std::string, std::set<std::string>> next;
  for (const Fact& fact : world.facts) {
    next[fact.subject].insert(fact.object);
    next[fact.object].insert(fact.subject);
  }
  std::vector<std::vector<std::string>> all;
  std::vector<std::string> path{from};
  const std::function<void()> go = [&] {
    if (path.back() == to) {
      all.push_back(path);
      return;
    }
    if (static_cast<int>(path.size()) > max_hops) return;
    const std::string here = path.back();
    for (const std::string& other : next[here]) {
      if (std::find(path.begin(), path.end(), other) != path.end()) continue;
      path.push_back(other);
      go();
      path.pop_back();
    }
  };
  go();
  return all;
}

std::vector<std::string> names_along(const Path& path, const std::vector<Entity>& entities) {
  std::map<EntityId, std::string> names;
  for (const Entity& entity : entities) names[entity.id] = entity.name;
  std::vector<std::string> along;
  for (const Hop& hop : path.hops) {
    if (along.empty()) along.push_back(names.at(hop.reversed ? hop.relation.target : hop.relation.source));
    CHECK(along.back() == names.at(hop.reversed ? hop.relation.target : hop.relation.source));
    along.push_back(names.at(hop.reversed ? hop.relation.source : hop.relation.target));
  }
  return along;
}

// Facts between two people, grouped as relations are.
std::map<std::tuple<std::string, std::string, std::string>, std::vector<Fact>> between(const World& world, const std::string& a, const std::string& b) {
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<Fact>> groups;
  for (const Fact& fact : world.facts)
    if ((fact.subject == a && fact.object == b) || (fact.subject == b && fact.object == a)) groups[{fact.subject, fact.type, fact.time}].push_back(fact);
  return groups;
}

double confidence_of(const std::vector<Fact>& facts) {
  const bool asserted = std::any_of(facts.begin(), facts.end(), [](const Fact& f) { return f.polarity == Polarity::positive; });
  std::map<std::string, double> best;
  for (const Fact& fact : facts)
    if ((fact.polarity == Polarity::positive) == asserted) best[fact.publisher] = std::max(best[fact.publisher], static_cast<double>(std::round(fact.confidence * 255)) / 255.0);
  double doubt = 1;
  for (const auto& [publisher, confidence] : best) doubt *= 1 - confidence;
  return 1 - doubt;
}

double strength_of(const World& world, const std::vector<std::string>& path) {
  double product = 1;
  for (std::size_t i = 1; i < path.size(); ++i) {
    double best = 0;
    for (const auto& [key, facts] : between(world, path[i - 1], path[i])) best = std::max(best, confidence_of(facts));
    product *= best;
  }
  return product;
}

std::optional<Day> arrival_of(const World& world, const std::vector<std::string>& path) {
  Day now = kFirstDay;
  for (std::size_t i = 1; i < path.size(); ++i) {
    std::optional<Day> best;
    for (const auto& [key, facts] : between(world, path[i - 1], path[i])) {
      const std::optional<When> when = parse_when(std::get<2>(key));
      if (when && when->end >= now && (!best || std::max(now, when->begin) < *best)) best = std::max(now, when->begin);
    }
    if (!best) return std::nullopt;
    now = *best;
  }
  return now;
}

PathAnswer ask(const GraphView& view, PathMode mode, int k, int max_hops, Filter filter = {}) {
  const Result<PathAnswer> told = paths({name_of(0), name_of(1), mode, k, max_hops, std::move(filter)}, view);
  REQUIRE_MESSAGE(told.ok(), told.error().message);
  CHECK(!told->cut);
  return *told;
}

}  // namespace

TEST_CASE("the k shortest loopless paths are those of an enumeration") {
  for (unsigned seed = 0; seed < 150; ++seed) {
    const World world = random_world(seed, 4 + static_cast<int>(seed % 5), 4 + static_cast<int>(seed % 14));
    World with_ends = world;
    with_ends.facts.push_back({name_of(0), "KNOW", name_of(2), ""});
    with_ends.facts.push_back({name_of(1), "KNOW", name_of(3), ""});
    const auto view = graph_of(with_ends.facts);
    for (const int max_hops : {1, 3, 5}) {
      auto expected = simple_paths(with_ends, name_of(0), name_of(1), max_hops);
      const PathAnswer told = ask(*view, PathMode::shortest, 50, max_hops);
      CAPTURE(seed);
      CAPTURE(max_hops);
      REQUIRE(told.paths.size() == std::min<std::size_t>(50, expected.size()));
      std::vector<std::size_t> lengths, expected_lengths;
      std::set<std::vector<std::string>> seen;
      for (const Path& path : told.paths) {
        lengths.push_back(path.hops.size());
        const auto along = names_along(path, told.entities);
        CHECK(std::find(expected.begin(), expected.end(), along) != expected.end());
        CHECK(seen.insert(along).second);
      }
      for (const auto& path : expected) expected_lengths.push_back(path.size() - 1);
      std::sort(expected_lengths.begin(), expected_lengths.end());
      expected_lengths.resize(told.paths.size());
      CHECK(lengths == expected_lengths);
    }
  }
}

TEST_CASE("asking for fewer paths gives the first of more") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    World world = random_world(seed, 7, 16);
    world.facts.push_back({name_of(0), "KNOW", name_of(2), ""});
    world.facts.push_back({name_of(1), "KNOW", name_of(2), ""});
    const auto view = graph_of(world.facts);
    for (const PathMode mode : {PathMode::shortest, PathMode::strongest, PathMode::time_respecting}) {
      const Json many = to_json(Answer(ask(*view, mode, 8, 4)))["paths"];
      const Json few = to_json(Answer(ask(*view, mode, 3, 4)))["paths"];
      for (std::size_t i = 0; i < few.size(); ++i) CHECK(few[i] == many[i]);
    }
  }
}

TEST_CASE("the strongest paths have the greatest products of confidences, in order") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    World world = random_world(seed, 6, 14);
    world.facts.push_back({name_of(0), "KNOW", name_of(2), ""});
    world.facts.push_back({name_of(1), "KNOW", name_of(3), ""});
    const auto view = graph_of(world.facts);
    for (const int max_hops : {2, 4}) {
      std::vector<double> expected;
      for (const auto& path : simple_paths(world, name_of(0), name_of(1), max_hops)) expected.push_back(strength_of(world, path));
      std::sort(expected.rbegin(), expected.rend());
      const PathAnswer told = ask(*view, PathMode::strongest, 10, max_hops);
      REQUIRE(told.paths.size() == std::min<std::size_t>(10, expected.size()));
      for (std::size_t i = 0; i < told.paths.size(); ++i) CHECK(strength_of(world, names_along(told.paths[i], told.entities)) == doctest::Approx(expected[i]).epsilon(1e-4));
    }
  }
}

TEST_CASE("time-respecting paths arrive as early as any path can") {
  for (unsigned seed = 0; seed < 150; ++seed) {
    World world = random_world(seed, 6, 14);
    world.facts.push_back({name_of(0), "KNOW", name_of(2), "2024-01-05"});
    world.facts.push_back({name_of(1), "KNOW", name_of(3), "2024-09"});
    const auto view = graph_of(world.facts);
    for (const int max_hops : {2, 5}) {
      std::vector<Day> expected;
      for (const auto& path : simple_paths(world, name_of(0), name_of(1), max_hops))
        if (const auto arrival = arrival_of(world, path)) expected.push_back(*arrival);
      std::sort(expected.begin(), expected.end());
      const PathAnswer told = ask(*view, PathMode::time_respecting, 10, max_hops);
      CAPTURE(seed);
      REQUIRE(told.paths.size() == std::min<std::size_t>(10, expected.size()));
      for (std::size_t i = 0; i < told.paths.size(); ++i) {
        REQUIRE(told.paths[i].arrival);
        CHECK(*told.paths[i].arrival == expected[i]);
        CHECK(arrival_of(world, names_along(told.paths[i], told.entities)) == told.paths[i].arrival);
      }
    }
  }
}

TEST_CASE("among equally short paths, what was surely and widely told comes first") {
  const std::string a = name_of(0), b = name_of(1);
  SUBCASE("assertion before denial") {
    const auto view = graph_of({{a, "MEET", "Denied Way", "", Polarity::negative}, {"Denied Way", "MEET", b, ""}, {a, "MEET", "Zoe", ""}, {"Zoe", "MEET", b, ""}});
    CHECK(names_along(ask(*view, PathMode::shortest, 1, 3).paths.at(0), ask(*view, PathMode::shortest, 1, 3).entities).at(1) == "Zoe");
  }
  SUBCASE("more publishers before more confidence") {
    const auto view = graph_of({{a, "MEET", "Sure Way", "", {}, {}, 0.99f}, {"Sure Way", "MEET", b, "", {}, {}, 0.99f}, {a, "MEET", "Wide Way", "", {}, {}, 0.5f, "One"},
                                {a, "MEET", "Wide Way", "", {}, {}, 0.5f, "Two"}, {"Wide Way", "MEET", b, "", {}, {}, 0.5f, "One"}});
    const PathAnswer told = ask(*view, PathMode::shortest, 1, 3);
    CHECK(names_along(told.paths.at(0), told.entities).at(1) == "Wide Way");
  }
}

TEST_CASE("every hop carries its evidence and tells in which direction it is walked") {
  const auto view = graph_of({{name_of(2), "AID", name_of(0), "2024-02-01"}, {name_of(2), "AID", name_of(1), "2024-03-01"}});
  const PathAnswer told = ask(*view, PathMode::time_respecting, 1, 3);
  REQUIRE(told.paths.size() == 1);
  const Path& path = told.paths[0];
  CHECK(path.hops[0].reversed);
  CHECK(!path.hops[1].reversed);
  CHECK(path.arrival == parse_day("2024-03-01"));
  for (const Hop& hop : path.hops) {
    REQUIRE(hop.relation.evidence.size() == 1);
    CHECK(hop.relation.evidence[0].text.starts_with("Person C AID Person"));
    CHECK(hop.relation.publishers == 1);
  }
}

TEST_CASE("a path obeys the filters of its question") {
  const std::string a = name_of(0), b = name_of(1);
  const auto view = graph_of({{a, "FIGHT", b, "2024-01-10"}, {a, "AID", "Middle", "2024-05-01", {}, {}, 0.9f, "One"}, {"Middle", "AID", b, "2024-06-01", {}, {}, 0.9f, "One"},
                              {a, "AID", "Far", "2024-05-01", {}, {}, 0.3f, "Two"}, {"Far", "AID", b, "2024-06-01", {}, {}, 0.3f, "Two"}});
  const auto through = [&](Filter filter) {
    const PathAnswer told = ask(*view, PathMode::shortest, 1, 4, std::move(filter));
    return told.paths.empty() ? std::vector<std::string>{} : names_along(told.paths[0], told.entities);
  };
  CHECK(through({}) == std::vector{a, b});
  CHECK(through({.relations = {"aid"}}) == std::vector<std::string>{a, "Middle", b});
  CHECK(through({.from = parse_day("2024-02-01")}).size() == 3);
  CHECK(through({.relations = {"AID"}, .publisher = "two"}) == std::vector<std::string>{a, "Far", b});
  CHECK(through({.relations = {"AID"}, .min_confidence = 0.95}).empty());
  CHECK(through({.types = {EntityType::gpe}, .relations = {"AID"}}).empty());
  CHECK(through({.known_at = parse_day("2020-01-01")}).empty());
}
