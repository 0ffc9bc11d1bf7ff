// Conditions on paths, small trees and sides, against searches so simple that they are right.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "query/answer.h"
#include "query/json.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;

namespace {

std::string name_of(int i) { return "Person " + std::string(1, static_cast<char>('A' + i)); }

std::vector<Fact> random_facts(unsigned seed, int people, int edges) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Fact> facts{{name_of(0), "KNOW", name_of(2), "2024-01-05"}, {name_of(1), "KNOW", name_of(3), "2024-04"}};
  for (int i = 0; i < edges; ++i) {
    const int a = below(people), b = below(people);
    if (a == b) continue;
    Fact fact{name_of(a), below(2) ? "CONSULT" : "FIGHT", name_of(b), ""};
    if (below(5) > 0) fact.time = "2024-0" + std::to_string(1 + below(5)) + "-1" + std::to_string(below(3));
    if (below(5) == 0) fact.time = "2024-0" + std::to_string(1 + below(5));
    fact.publisher = "Paper " + std::to_string(below(3));
    facts.push_back(fact);
  }
  return facts;
}

using Names = std::vector<std::string>;

// All simple paths of at most max_hops, as names.
std::vector<Names> simple_paths(const std::vector<Fact>& facts, const std::string& from, const std::string& to, int max_hops) {
  std::map<std::string, std::set<std::string>> next;
  for (const Fact& fact : facts) {
    next[fact.subject].insert(fact.object);
    next[fact.object].insert(fact.subject);
  }
  std::vector<Names> all;
  Names path{from};
  const std::function<void()> go = [&] {
    if (path.back() == to) return all.push_back(path);
    if (static_cast<int>(path.size()) > max_hops) return;
    for (const std::string& other : next[path.back()]) {
      if (std::find(path.begin(), path.end(), other) != path.end()) continue;
      path.push_back(other);
      go();
      path.pop_back();
    }
  };
  go();
  return all;
}

std::vector<When> times_between(const std::vector<Fact>& facts, const std::string& a, const std::string& b) {
  std::vector<When> times;
  for (const Fact& fact : facts)
    if ((fact.subject == a && fact.object == b) || (fact.subject == b && fact.object == a))
      if (const auto when = parse_when(fact.time)) times.push_back(*when);
  return times;
}

// The days on which a walk along the names can be at its end, day by day; it leaves on `first` or, without, on any day.
std::set<int> days_at_end(const std::vector<Fact>& facts, const Names& path, std::optional<int> max_gap, std::optional<int> first = {}) {
  std::set<int> here;
  for (std::size_t i = 1; i < path.size(); ++i) {
    std::set<int> there;
    for (const When& when : times_between(facts, path[i - 1], path[i]))
      for (int day = when.begin.number; day <= when.end.number; ++day) {
        const auto before = here.upper_bound(day);  // the latest day not after it waits least
        const bool can = i == 1 ? !first || *first == day : before != here.begin() && (!max_gap || day - *std::prev(before) <= *max_gap);
        if (can) there.insert(day);
      }
    here = std::move(there);
  }
  return here;
}

Names names_along(const Path& path, const std::vector<Entity>& entities) {
  std::map<EntityId, std::string> names;
  for (const Entity& entity : entities) names[entity.id] = entity.name;
  Names along;
  for (const Hop& hop : path.hops) {
    const std::string from = names.at(hop.reversed ? hop.relation.target : hop.relation.source);
    if (along.empty()) along.push_back(from);
    CHECK(along.back() == from);
    along.push_back(names.at(hop.reversed ? hop.relation.source : hop.relation.target));
  }
  return along;
}

PathAnswer ask(const GraphView& view, PathQuestion question) {
  question.source = name_of(0);
  question.target = name_of(1);
  const Result<PathAnswer> told = paths(question, view);
  REQUIRE_MESSAGE(told.ok(), told.error().message);
  CHECK(!told->cut);
  return *told;
}

bool holds(const Names& path, const std::string& name) { return std::find(path.begin(), path.end(), name) != path.end(); }

}  // namespace

TEST_CASE("paths through some and around other entities are those of an enumeration") {
  for (unsigned seed = 0; seed < 120; ++seed) {
    const auto facts = random_facts(seed, 7, 12 + static_cast<int>(seed % 6));
    const auto view = graph_of(facts);
    for (const int max_hops : {3, 5}) {
      auto expected = simple_paths(facts, name_of(0), name_of(1), max_hops);
      std::erase_if(expected, [](const Names& path) { return !holds(path, name_of(3)) || !holds(path, name_of(2)) || holds(path, name_of(4)); });
      PathQuestion question{.k = 50, .max_hops = max_hops, .through = {name_of(3), name_of(2)}};
      question.avoid = view->named(name_of(4), 1).empty() ? std::vector<std::string>{} : std::vector{name_of(4)};
      const PathAnswer told = ask(*view, question);
      CAPTURE(seed);
      REQUIRE(told.paths.size() == expected.size());
      std::set<Names> seen;
      std::size_t longest = 0;
      for (const Path& path : told.paths) {
        const Names along = names_along(path, told.entities);
        CHECK(holds(expected.empty() ? Names{} : along, name_of(2)));
        CHECK(std::find(expected.begin(), expected.end(), along) != expected.end());
        CHECK(seen.insert(along).second);
        CHECK(path.hops.size() >= longest);
        longest = path.hops.size();
      }
    }
  }
}

TEST_CASE("through a type: one of that type stands between, avoiding a type: none does") {
  std::vector<HeldExtraction> held;
  int number = 0;
  const std::map<std::string, EntityType> types{{"Sorova", EntityType::gpe}, {"Lenk Group", EntityType::org}};
  for (const Fact& fact : std::vector<Fact>{{name_of(0), "AID", "Sorova"}, {"Sorova", "AID", name_of(1)}, {name_of(0), "AID", "Lenk Group"}, {"Lenk Group", "AID", name_of(1)},
                                            {name_of(0), "AID", name_of(2)}, {name_of(2), "AID", name_of(1)}}) {
    Extraction one = article_of(fact, ++number);
    for (Actor& actor : one.actors)
      if (types.contains(actor.name)) actor.type = types.at(actor.name);
    held.push_back({std::make_shared<const Extraction>(one), 1, kForever});
  }
  const MemoryGraph view(std::move(held), 1);
  const auto middles = [&](PathQuestion question) {
    question.k = 10;
    question.max_hops = 2;
    std::set<std::string> names;
    const PathAnswer told = ask(view, question);
    for (const Path& path : told.paths) names.insert(names_along(path, told.entities).at(1));
    return names;
  };
  CHECK(middles({}) == std::set<std::string>{"Sorova", "Lenk Group", name_of(2)});
  CHECK(middles({.through_types = {EntityType::gpe}}) == std::set<std::string>{"Sorova"});
  CHECK(middles({.avoid_types = {EntityType::gpe}}) == std::set<std::string>{"Lenk Group", name_of(2)});
  CHECK(middles({.avoid_types = {EntityType::gpe, EntityType::org, EntityType::person}}).empty());
  CHECK(middles({.avoid = {"Sorova", name_of(2)}}) == std::set<std::string>{"Lenk Group"});
  CHECK(!paths({.source = name_of(0), .target = name_of(1), .avoid = {name_of(0)}}, view).ok());
  CHECK(!paths({.source = name_of(0), .target = name_of(1), .max_gap = 3}, view).ok());  // without an order of time
}

TEST_CASE("with a largest gap, paths arrive as early as any walk day by day can") {
  for (unsigned seed = 0; seed < 120; ++seed) {
    const auto facts = random_facts(seed, 6, 14);
    const auto view = graph_of(facts);
    for (const int gap : {0, 5, 40}) {
      std::vector<int> expected;
      for (const Names& path : simple_paths(facts, name_of(0), name_of(1), 4))
        if (const auto days = days_at_end(facts, path, gap); !days.empty()) expected.push_back(*days.begin());
      std::sort(expected.begin(), expected.end());
      const PathAnswer told = ask(*view, {.mode = PathMode::time_respecting, .k = 50, .max_hops = 4, .max_gap = gap});
      CAPTURE(seed);
      CAPTURE(gap);
      REQUIRE(told.paths.size() == expected.size());
      for (std::size_t i = 0; i < told.paths.size(); ++i) {
        CHECK(told.paths[i].arrival->number == expected[i]);
        const Names along = names_along(told.paths[i], told.entities);
        const auto days = days_at_end(facts, along, gap, told.paths[i].departure->number);
        CHECK(days.contains(expected[i]));  // the departure it names leads there
      }
    }
  }
}

TEST_CASE("the latest departures are as late as those of any walk") {
  for (unsigned seed = 0; seed < 120; ++seed) {
    const auto facts = random_facts(seed, 6, 14);
    const auto view = graph_of(facts);
    for (const std::optional<int> gap : {std::optional<int>(), std::optional<int>(30)}) {
      for (const std::optional<Day> until : {std::optional<Day>(), parse_day("2024-04-11")}) {
        std::vector<int> expected;
        for (const Names& path : simple_paths(facts, name_of(0), name_of(1), 4)) {
          std::optional<int> latest;
          for (int day = parse_day("2024-01-01")->number; day <= parse_day("2024-06-30")->number; ++day) {
            const auto days = days_at_end(facts, path, gap, day);
            if (!days.empty() && (!until || *days.begin() <= until->number)) latest = day;
          }
          if (latest) expected.push_back(*latest);
        }
        std::sort(expected.rbegin(), expected.rend());
        const PathAnswer told = ask(*view, {.mode = PathMode::latest_departure, .k = 50, .max_hops = 4, .filter = {.until = until}, .max_gap = gap});
        CAPTURE(seed);
        REQUIRE(told.paths.size() == expected.size());
        for (std::size_t i = 0; i < told.paths.size(); ++i) {
          CHECK(told.paths[i].departure->number == expected[i]);
          CHECK(days_at_end(facts, names_along(told.paths[i], told.entities), gap, expected[i]).contains(told.paths[i].arrival->number));
          if (until) CHECK(*told.paths[i].arrival <= *until);
        }
      }
    }
  }
}

TEST_CASE("by time and without a bound on hops the best path of all is found") {
  std::size_t found = 0;
  for (unsigned seed = 0; seed < 120; ++seed) {
    const auto view = graph_of(random_facts(seed, 6, 14));
    for (const PathMode mode : {PathMode::time_respecting, PathMode::latest_departure}) {
      for (const Filter& filter : {Filter{}, Filter{.from = parse_day("2024-02-03"), .until = parse_day("2024-05-11")}, Filter{.polarity = Polarity::positive, .min_confidence = 0.5}}) {
        const auto with = [&](int k, std::optional<int> max_hops) {
          return to_json(Answer(ask(*view, {.source = name_of(0), .target = name_of(1), .mode = mode, .k = k, .max_hops = max_hops, .filter = filter})))["paths"];
        };
        const Json best = with(1, 5);  // of six entities
        CAPTURE(seed);
        CHECK(with(1, {}) == best);
        if (best.empty()) continue;
        ++found;
        CHECK(with(20, {}) == with(20, std::max<int>(kUsualHops, static_cast<int>(best[0]["hops"].size()))));
      }
    }
  }
  CHECK(found > 100);
}

TEST_CASE("a path by time takes more hops than usual when it must") {
  std::vector<Fact> facts;
  for (int i = 0; i < 12; ++i) facts.push_back({name_of(i), "KNOW", name_of(i + 1), "2024-03-" + std::to_string(10 + i)});
  const auto view = graph_of(facts);
  for (const PathMode mode : {PathMode::time_respecting, PathMode::latest_departure}) {
    const auto to = [&](int last) { return paths({.source = name_of(0), .target = name_of(last), .mode = mode}, *view); };
    CHECK(to(7)->paths.at(0).hops.size() == 7);
    CHECK_FALSE(to(7)->cut);
    CHECK(to(12)->paths.empty());
    CHECK(to(12)->cut);  // there is one, of more hops than a path may have
    const auto back = paths({.source = name_of(7), .target = name_of(0), .mode = mode}, *view);
    CHECK(back->paths.empty());
    CHECK_FALSE(back->cut);
  }
}

TEST_CASE("what connects several entities is a tree, at most twice the smallest, and a shortest path for two") {
  for (unsigned seed = 0; seed < 150; ++seed) {
    const int people = 7;
    const auto facts = random_facts(seed, people, 6 + static_cast<int>(seed % 8));
    const auto view = graph_of(facts);
    std::set<std::pair<std::string, std::string>> pairs;
    std::set<std::string> known;
    for (const Fact& fact : facts) {
      pairs.insert(std::minmax(fact.subject, fact.object));
      known.insert({fact.subject, fact.object});
    }
    for (const std::size_t count : {std::size_t{2}, std::size_t{3}, std::size_t{4}}) {
      const Names all(known.begin(), known.end());
      if (all.size() < count) continue;
      const Names asked(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
      const auto together = [&](const std::set<std::string>& nodes) {  // whether the asked hang together inside `nodes`
        std::set<std::string> seen{asked[0]};
        for (bool more = true; more;) {
          more = false;
          for (const auto& [a, b] : pairs)
            if (nodes.contains(a) && nodes.contains(b) && seen.contains(a) != seen.contains(b)) {
              seen.insert({a, b});
              more = true;
            }
        }
        return std::all_of(asked.begin(), asked.end(), [&](const std::string& name) { return seen.contains(name); });
      };
      std::optional<std::size_t> smallest;  // nodes of the smallest tree, by trying all sets
      for (unsigned set = 0; set < 1u << all.size(); ++set) {
        std::set<std::string> nodes(asked.begin(), asked.end());
        for (std::size_t i = 0; i < all.size(); ++i)
          if (set >> i & 1u) nodes.insert(all[i]);
        if (together(nodes) && (!smallest || nodes.size() < *smallest)) smallest = nodes.size();
      }
      const auto told = connections({.entities = asked, .max_hops = 8}, *view);
      REQUIRE(told.ok());
      CAPTURE(seed);
      REQUIRE((told->parts.size() == 1) == smallest.has_value());
      if (!smallest) continue;
      CHECK(told->relations.size() + 1 == told->entities.size());  // a tree over just its entities
      const std::size_t edges = *smallest - 1;
      CHECK(told->relations.size() <= 2 * edges);
      CHECK(told->relations.size() >= edges);
      if (count == 2) CHECK(told->relations.size() == edges);
      for (const Relation& relation : told->relations) CHECK(!relation.evidence.empty());
    }
  }
}

TEST_CASE("the sides of a relation: who asserts it, who denies it, each with its proof") {
  const auto view = graph_of({{"Anna", "ACCUSE", "Boris", "2024-05-03", Polarity::positive, Modality::actual, 0.9f, "Valley Post", "2024-05-04", "Carl"},
                              {"Anna", "ACCUSE", "Boris", "2024-05-03", Polarity::positive, Modality::actual, 0.7f, "Valley Post", "2024-05-02", "Carl"},
                              {"Anna", "ACCUSE", "Boris", "2024-05-03", Polarity::negative, Modality::actual, 0.9f, "Example Wire", "2024-05-05", "Anna"},
                              {"Boris", "AID", "Anna", "2024-01-01"},
                              {"Anna", "ACCUSE", "Carl", "2024-05-03"}});
  const auto told = sides({.source = "Boris", .target = "Anna"}, *view);
  REQUIRE(told.ok());
  REQUIRE(told->relations.size() == 1);
  const ContestedRelation& one = told->relations[0];
  CHECK(one.relation.contested);
  REQUIRE(one.asserted_by.size() == 1);
  CHECK(one.asserted_by[0].publisher == "Valley Post");
  CHECK(one.asserted_by[0].attribution.at(0).name == "Carl");
  CHECK(one.asserted_by[0].statements == 2);
  CHECK(one.asserted_by[0].first == parse_day("2024-05-02"));
  CHECK(one.asserted_by[0].evidence.confidence == doctest::Approx(0.9));
  REQUIRE(one.denied_by.size() == 1);
  CHECK(one.denied_by[0].attribution.at(0).name == "Anna");
  const auto all = sides({.source = "Boris", .target = "Anna", .all = true}, *view);
  REQUIRE(all.ok());
  CHECK(all->relations.size() == 2);
  CHECK(all->relations[0].relation.contested);
}

TEST_CASE("names are found by a later word and with a slip of the keyboard") {
  const auto view = graph_of({{"Angela Merkel", "CONSULT", "Olaf Scholz"}, {"Olaf Scholz", "CONSULT", "Mario Draghi"}, {"Merkava Works", "AID", "Olaf Scholz"},
                              {"Anna Lindqvist", "AID", "Lukas Lindqvist"}});
  const auto found = [&](const std::string& q) {
    const auto told = find({.q = q}, *view);
    REQUIRE(told.ok());
    Names names;
    for (const Entity& entity : told->entities) names.push_back(entity.name);
    return names;
  };
  CHECK(found("merk") == Names{"Merkava Works", "Angela Merkel"});
  CHECK(found("Merkle") == Names{"Angela Merkel"});
  CHECK(found("angla merkel") == Names{"Angela Merkel"});
  CHECK(found("Scholtz") == Names{"Olaf Scholz"});
  CHECK(found("xyz").empty());
  const auto shown = show({"Merkel"}, *view);
  REQUIRE(shown.ok());
  CHECK(shown->entity.name == "Angela Merkel");
  CHECK(show({"Lindqvist"}, *view).error().fault == Fault::conflict);
  CHECK(candidates(ShowQuestion{"Lindqvist"}, *view).size() == 2);
  const auto missed = show({"Dragi"}, *view);
  CHECK(missed.error().fault == Fault::not_found);
  CHECK(missed.error().message.find("Mario Draghi") != std::string::npos);
  REQUIRE(suggested(ShowQuestion{"Dragi"}, *view).size() == 1);
}

TEST_CASE("what was looked at is counted, the same each time") {
  const auto view = graph_of(random_facts(3, 7, 20));
  Visited first, second;
  Budget budget;
  for (Visited* visited : {&first, &second}) {
    budget.visited = visited;
    REQUIRE(neighbourhood({.entity = name_of(0), .depth = 2}, *view, budget).ok());
  }
  CHECK(first.edges > 0);
  CHECK(first.nodes > 1);
  CHECK(first.relations > 0);
  CHECK(to_json(first) == to_json(second));
}

TEST_CASE("a question that is late answers with what it has, and says so") {
  const auto view = graph_of(random_facts(3, 7, 20));
  Budget budget;
  budget.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const auto told = neighbourhood({.entity = name_of(0), .depth = 2}, *view, budget);
  REQUIRE(told.ok());
  CHECK(told->cut);
}

TEST_CASE("pages of all relations go on where the last ended") {
  const auto view = graph_of(random_facts(5, 8, 30));
  const auto whole = relations({.page = {.limit = 1000}}, *view);
  REQUIRE(whole.ok());
  std::vector<std::string> ids, paged;
  for (const Relation& one : whole->relations) ids.push_back(one.id);
  RelationsQuestion question{.page = {.limit = 3}};
  std::size_t looked_first = 0;
  for (int pages = 0;; ++pages) {
    Visited visited;
    Budget budget;
    budget.visited = &visited;
    const auto part = relations(question, *view, budget);
    REQUIRE(part.ok());
    for (const Relation& one : part->relations) paged.push_back(one.id);
    CHECK(part->left_out == ids.size() - paged.size());
    if (pages == 0) looked_first = visited.edges;
    if (pages == 1) CHECK(visited.edges < looked_first);
    if (!part->next) break;
    question.page.cursor = *part->next;
  }
  CHECK(paged == ids);
}
