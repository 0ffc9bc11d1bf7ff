// Lists of relations and statements against a walk over all statements, under every filter; pages put together are the whole.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "graph/identity.h"
#include "graph/relations.h"
#include "query/answer.h"
#include "query/json.h"
#include "small_graph.h"
#include "tests/support/random_extraction.h"

using namespace relata;
using namespace relata::tests;

namespace {

std::shared_ptr<const MemoryGraph> random_graph(std::uint64_t seed, Version versions = 5) {
  RandomNews news(seed, 12);
  std::vector<HeldExtraction> held;
  std::set<ArticleId> ids;
  for (int i = 0; i < 40; ++i) {
    Extraction extraction = news.extraction();
    if (!ids.insert(extraction.article.id).second) continue;
    const Version added = 1 + news.below(versions);
    const Version removed = news.chance(20) ? added + 1 + news.below(3) : kForever;
    held.push_back({std::make_shared<const Extraction>(std::move(extraction)), added, removed});
  }
  return std::make_shared<const MemoryGraph>(std::move(held), versions + 4);
}

Filter random_filter(RandomNews& random, const GraphView& view) {
  Filter filter;
  if (random.chance(30)) filter.relations = {"CONSULT", "aid"};
  if (random.chance(25)) filter.from = make_day(2021, 1 + static_cast<int>(random.below(12)), 15);
  if (random.chance(25)) filter.until = make_day(2022, 1 + static_cast<int>(random.below(12)), 15);
  if (random.chance(25)) filter.known_at = Day{19000 + static_cast<std::int32_t>(random.below(400))};
  if (random.chance(25)) filter.version = random.below(view.version() + 1);
  if (random.chance(20)) filter.polarity = random.chance(50) ? Polarity::positive : Polarity::negative;
  if (random.chance(25)) filter.modalities = {Modality::actual, Modality::future};
  if (random.chance(15)) filter.publisher = "EXAMPLE WIRE";
  if (random.chance(15)) filter.attributed_to = view.entity_id(random.below(static_cast<std::uint32_t>(view.nodes())));
  if (random.chance(20)) filter.types = {EntityType::person, EntityType::gpe};
  if (random.chance(15)) filter.min_publishers = 2;
  if (random.chance(15)) filter.contested = random.chance(50);
  if (random.chance(15)) filter.min_confidence = 0.6;
  return filter;
}

// A statement of the graph as the slow and sure way sees it.
struct Seen {
  StatementId id;
  Statement statement;
  Evidence proof;
  Node subject, object;
  Version added, removed;
};

std::vector<Seen> all_statements(const MemoryGraph& view) {
  std::vector<Seen> all;
  for (Node node = 0; node < view.nodes(); ++node)
    for (const Edge& edge : view.edges(node))
      if (edge.outgoing) all.push_back({view.statement_id(edge.statement), *view.statement_value(edge.statement), *view.evidence(edge.statement), node, edge.other, edge.added, edge.removed});
  return all;
}

bool selected(const Seen& seen, const Filter& filter, const GraphView& view) {
  const Version version = filter.version.value_or(view.version());
  if (seen.added > version || seen.removed <= version) return false;
  const auto& time = seen.statement.time;
  if ((filter.from || filter.until) && !time) return false;
  if (filter.from && time->end < *filter.from) return false;
  if (filter.until && time->begin > *filter.until) return false;
  if (filter.known_at && (!seen.proof.published || *seen.proof.published > *filter.known_at)) return false;
  if (!filter.relations.empty() && seen.statement.type != "CONSULT" && seen.statement.type != "AID") return false;
  if (!filter.modalities.empty() && std::find(filter.modalities.begin(), filter.modalities.end(), seen.statement.modality) == filter.modalities.end()) return false;
  if (!filter.publisher.empty() && fold_name(seen.proof.publisher) != fold_name(filter.publisher)) return false;
  if (filter.attributed_to &&
      std::none_of(seen.proof.attribution.begin(), seen.proof.attribution.end(), [&](const auto& source) { return source.entity == *filter.attributed_to; }))
    return false;
  for (const Node end : {seen.subject, seen.object})
    if (!filter.types.empty() && std::find(filter.types.begin(), filter.types.end(), view.entity(end).type) == filter.types.end()) return false;
  return true;
}

using Key = std::tuple<Node, std::string, Node, Day, Day>;

struct Sum {
  int asserted = 0, denied = 0;
  std::map<std::pair<Polarity, std::string>, double> best;
  int publishers() const {
    return static_cast<int>(std::count_if(best.begin(), best.end(), [&](const auto& one) { return (one.first.first == Polarity::positive) == (asserted > 0); }));
  }
  double confidence() const {
    double doubt = 1;
    for (const auto& [who, confidence] : best)
      if ((who.first == Polarity::positive) == (asserted > 0)) doubt *= 1 - confidence;
    return 1 - doubt;
  }
};

std::map<Key, Sum> expected_relations(const MemoryGraph& view, const Filter& filter) {
  std::map<Key, Sum> sums;
  for (const Seen& seen : all_statements(view)) {
    if (!selected(seen, filter, view)) continue;
    const auto& time = seen.statement.time;
    Sum& sum = sums[{seen.subject, seen.statement.type, seen.object, time ? time->begin : kLastDay, time ? time->end : kFirstDay}];
    ++(seen.statement.polarity == Polarity::positive ? sum.asserted : sum.denied);
    double& best = sum.best[{seen.statement.polarity, seen.proof.publisher}];
    best = std::max(best, static_cast<double>(seen.statement.confidence));
  }
  std::erase_if(sums, [&](const auto& one) {
    const Sum& sum = one.second;
    if (filter.polarity && (*filter.polarity == Polarity::positive ? sum.asserted : sum.denied) == 0) return true;
    if (filter.contested && *filter.contested != (sum.asserted > 0 && sum.denied > 0)) return true;
    return static_cast<std::uint32_t>(sum.publishers()) < filter.min_publishers || sum.confidence() < filter.min_confidence - 1e-6;
  });
  return sums;
}

// All pages of a question, put together.
template <typename Ask>
std::vector<Json> pages(const char* list, Ask ask, std::size_t limit) {
  std::vector<Json> all;
  Page page{limit, ""};
  for (;;) {
    const auto told = ask(page);
    REQUIRE_MESSAGE(told.ok(), told.error().message);
    const Json json = to_json(Answer(*told));
    for (const Json& one : json[list]) all.push_back(one);
    REQUIRE(json[list].size() <= limit);
    if (json["next"].is_null()) return all;
    REQUIRE(json[list].size() == limit);
    page.cursor = json["next"];
  }
}

}  // namespace

TEST_CASE("all relations under any filter are those that a walk over all statements finds") {
  std::size_t filtered = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto view = random_graph(seed);
    RandomNews random(seed + 1000);
    const Filter filter = random_filter(random, *view);
    const std::map<Key, Sum> expected = expected_relations(*view, filter);
    const auto told = relations({"", "", "", filter, {1000, ""}}, *view);
    REQUIRE(told.ok());
    CAPTURE(seed);
    REQUIRE(told->relations.size() == expected.size());
    CHECK(told->left_out == 0);
    if (filter != Filter{}) filtered += expected.size();
    for (const Relation& relation : told->relations) {
      const auto found = expected.find({*view->node(relation.source), relation.type, *view->node(relation.target), relation.time ? relation.time->begin : kLastDay,
                                        relation.time ? relation.time->end : kFirstDay});
      REQUIRE(found != expected.end());
      CHECK(relation.asserted == static_cast<std::uint32_t>(found->second.asserted));
      CHECK(relation.denied == static_cast<std::uint32_t>(found->second.denied));
      CHECK(relation.contested == (relation.asserted > 0 && relation.denied > 0));
      CHECK(relation.publishers == static_cast<std::uint32_t>(found->second.publishers()));
      CHECK(static_cast<double>(relation.confidence) == doctest::Approx(found->second.confidence()).epsilon(1e-4));
      for (const Evidence& proof : relation.evidence) CHECK((!filter.polarity || proof.polarity == *filter.polarity));
    }
  }
  CHECK(filtered > 100);  // the filters leave something to compare
}

TEST_CASE("pages put together are the whole, whatever their size") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto view = random_graph(seed);
    Node hub = 0;
    for (Node node = 0; node < view->nodes(); ++node)
      if (view->edges(node).size() > view->edges(hub).size()) hub = node;
    const std::string name = to_string(view->entity_id(hub));
    const auto check = [&](const char* list, auto ask) {
      const std::vector<Json> whole = pages(list, ask, kMaxLimit);
      CHECK(!whole.empty());
      for (const std::size_t limit : {1u, 3u, 7u}) CHECK(pages(list, ask, limit) == whole);
    };
    check("relations", [&](const Page& page) { return relations({"", "", "", {}, page}, *view); });
    check("relations", [&](const Page& page) { return relations({name, "", "", {}, page}, *view); });
    check("relations", [&](const Page& page) { return neighbourhood({name, 2, {}, page}, *view); });
    check("events", [&](const Page& page) { return timeline({name, {}, page}, *view); });
    check("statements", [&](const Page& page) { return statements({"", "", "", {}, page}, *view); });
    check("entities", [&](const Page& page) { return find({"", {}, page}, *view); });
  }
}

TEST_CASE("pages of statements put together are the whole under any filter") {
  std::size_t judged = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto view = random_graph(seed);
    RandomNews random(seed + 2000);
    Filter filter = random_filter(random, *view);
    filter.version.reset();  // of another version the service asks the view of that version
    const auto ask = [&](const Page& page) { return statements({"", "", "", filter, page}, *view); };
    const std::vector<Json> whole = pages("statements", ask, kMaxLimit);
    CAPTURE(seed);
    for (const std::size_t limit : {1u, 4u}) CHECK(pages("statements", ask, limit) == whole);
    if (filter.contested || filter.min_publishers > 1) judged += whole.size();
  }
  CHECK(judged > 20);
}

TEST_CASE("a neighbourhood holds every relation within its depth, nearest first") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto view = random_graph(seed);
    for (const int depth : {1, 2, 3}) {
      std::map<Node, int> distance{{0, 0}};
      std::set<std::string> expected;
      for (int d = 0; d < depth; ++d)
        for (Node node = 0; node < view->nodes(); ++node) {
          if (!distance.contains(node) || distance[node] != d) continue;
          for (const Edge& edge : view->edges(node)) {
            if (edge.removed != kForever) continue;
            distance.try_emplace(edge.other, d + 1);
            expected.insert(relation_id(*view, key_of(node, edge)));
          }
        }
      const auto told = neighbourhood({to_string(view->entity_id(0)), depth, {}, {1000, ""}}, *view);
      REQUIRE(told.ok());
      std::set<std::string> ids;
      int last = 0;
      for (const Relation& relation : told->relations) {
        ids.insert(relation.id);
        const int here = std::min(distance[*view->node(relation.source)], distance[*view->node(relation.target)]);
        CHECK(here >= last);
        last = here;
      }
      CHECK(ids == expected);
    }
  }
}

TEST_CASE("a relation's id finds it again, with all that speaks for and against it") {
  const auto view = random_graph(3);
  const auto told = relations({"", "", "", {}, {1000, ""}}, *view);
  REQUIRE(told.ok());
  for (const Relation& relation : told->relations) {
    const auto again = relation_by_id({relation.id, {}}, *view);
    REQUIRE(again.ok());
    CHECK(again->relation.id == relation.id);
    CHECK(again->relation.evidence.size() == relation.asserted + relation.denied);
    CHECK(relation.id.find_first_of("/?#% ") == std::string::npos);
  }
  CHECK(relation_by_id({"nonsense", {}}, *view).error().fault == Fault::bad_input);
  CHECK(relation_by_id({"e0000000000000001.AID.e0000000000000002.undated", {}}, *view).error().fault == Fault::not_found);
}

TEST_CASE("a timeline goes forward and ends with what is undated") {
  const auto view = random_graph(5);
  for (Node node = 0; node < view->nodes(); ++node) {
    const auto told = timeline({to_string(view->entity_id(node)), {}, {1000, ""}}, *view);
    REQUIRE(told.ok());
    Day last = kFirstDay;
    for (const Relation& event : told->events) {
      const Day begin = event.time ? event.time->begin : kLastDay;
      CHECK(begin >= last);
      last = begin;
    }
  }
}

TEST_CASE("a cursor of another question is refused") {
  const auto view = random_graph(1);
  const auto first = relations({"", "", "", {}, {1, ""}}, *view);
  REQUIRE(first.ok());
  REQUIRE(first->next);
  const auto other = relations({"", "", "", {.relations = {"AID"}}, {1, *first->next}}, *view);
  CHECK(other.error().fault == Fault::bad_input);
  CHECK(statements({"", "", "", {}, {1, *first->next}}, *view).error().fault == Fault::bad_input);
}

TEST_CASE("a small budget is kept, and the answer says so") {
  const auto view = random_graph(2);
  Budget budget;
  budget.edges = 5;
  const auto told = relations({"", "", "", {}, {1000, ""}}, *view, budget);
  REQUIRE(told.ok());
  CHECK(told->cut);
  CHECK(to_json(Answer(*told))["cut"] == true);
}

TEST_CASE("names: exact before prefix, folded, and candidates when two fit") {
  const auto view = graph_of({{"Anna Berg", "MEET", "Annabel Stone"}, {"Anna", "MEET", "José Núñez"}});
  const auto found = find({"ANNA", {}, {}}, *view);
  REQUIRE(found.ok());
  REQUIRE(found->entities.size() == 3);
  CHECK(found->entities[0].name == "Anna");
  CHECK(find({"anna", {.relations = {"FIGHT"}}, {}}, *view)->entities.empty());
  CHECK(find({"anna", {.types = {EntityType::gpe}}, {}}, *view)->entities.empty());
  CHECK(find({"anna", {.types = {EntityType::person}, .relations = {"meet"}}, {}}, *view)->entities.size() == 3);
  CHECK(show({"jose nunez"}, *view)->entity.name == "José Núñez");
  CHECK(show({"Annab"}, *view).error().fault == Fault::not_found);
  CHECK(show({"Annab"}, *view).error().message.find("Annabel Stone") != std::string::npos);
  CHECK(show({"?"}, *view).error().fault == Fault::bad_input);
}
