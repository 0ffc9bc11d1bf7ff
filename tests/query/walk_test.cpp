// Walks over all small graphs, against searches so simple that they are right, and against Boost.Graph.
#include <doctest/doctest.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>

#include <algorithm>
#include <random>

#include "query/arrival.h"
#include "query/walk.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;

namespace {

constexpr std::size_t kAny = ~std::size_t{0};

std::string name_of(std::size_t i) { return "Person " + std::string(1, static_cast<char>('A' + i)); }

struct SmallGraph {
  std::shared_ptr<const MemoryGraph> view;
  std::vector<Node> nodes;  // of the people that have a fact

  explicit SmallGraph(const std::vector<Fact>& facts) : view(graph_of(facts)) {
    for (Node node = 0; node < view->nodes(); ++node) nodes.push_back(node);
  }
};

// Every graph of four people whose six pairs have nothing, or one fact with one of three times, in either direction.
template <typename Visit>
void each_small_graph(const Visit& visit) {
  const char* const kTimes[] = {"2024-01-10", "2024-01-20", "2024-01"};
  for (unsigned code = 0; code < 4096; ++code) {
    std::vector<Fact> facts;
    unsigned rest = code, pair = 0;
    for (std::size_t a = 0; a < 4; ++a) {
      for (std::size_t b = a + 1; b < 4; ++b, rest /= 4, ++pair) {
        if (rest % 4 == 0) continue;
        const bool back = (code >> pair & 1u) != 0;
        facts.push_back({name_of(back ? b : a), pair % 2 == 0 ? "CONSULT" : "FIGHT", name_of(back ? a : b), kTimes[rest % 4 - 1]});
      }
    }
    if (!facts.empty()) visit(SmallGraph(facts));
  }
}

std::vector<int> boost_distances(const GraphView& view, Node source, const EdgeTest& test) {
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> graph(view.nodes());
  for (Node node = 0; node < view.nodes(); ++node)
    for (const Edge& edge : view.edges(node))
      if (edge.outgoing && test(edge)) boost::add_edge(node, edge.other, graph);
  std::vector<int> distances(view.nodes(), -1);
  distances[source] = 0;
  boost::breadth_first_search(graph, source, boost::visitor(boost::make_bfs_visitor(boost::record_distances(distances.data(), boost::on_tree_edge()))));
  return distances;
}

// Arrivals by doing every hop that can be done until nothing gets better.
std::vector<std::optional<Day>> arrivals_from(const GraphView& view, Node source, Day start, Day last, Along along, const EdgeTest& test) {
  std::vector<std::optional<Day>> best(view.nodes());
  best[source] = start;
  for (bool better = true; better;) {
    better = false;
    for (Node node = 0; node < view.nodes(); ++node) {
      for (const Edge& edge : view.edges(node)) {
        if (!best[node] || !edge.dated() || !test(edge) || edge.end < *best[node] || edge.begin > last || (along == Along::forward && !edge.outgoing)) continue;
        const Day arrival = std::max(*best[node], edge.begin);
        if (best[edge.other] && *best[edge.other] <= arrival) continue;
        best[edge.other] = arrival;
        better = true;
      }
    }
  }
  return best;
}

void check_distances(const GraphView& view, const Filter& filter) {
  const EdgeTest test(filter, view);
  for (Node source = 0; source < view.nodes(); ++source) {
    const std::vector<int> expected = boost_distances(view, source, test);
    for (Node target = 0; target < view.nodes(); ++target) {
      for (const int most : {1, 2, 6}) {
        std::size_t budget = kAny;
        const auto found = distance(view, source, target, test, most, budget);
        REQUIRE(found.value_or(-1) == (expected[target] <= most ? expected[target] : -1));
      }
    }
    for (const int hops : {1, 2, 3})
      REQUIRE(static_cast<std::ptrdiff_t>(within(view, source, hops, test, kAny).size()) ==
              std::count_if(expected.begin(), expected.end(), [&](int steps) { return steps > 0 && steps <= hops; }));
  }
}

void check_arrivals(const GraphView& view, const Filter& filter, Day start, Day last) {
  const EdgeTest test(filter, view);
  for (const Along along : {Along::either, Along::forward}) {
    for (Node source = 0; source < view.nodes(); ++source) {
      const auto expected = arrivals_from(view, source, start, last, along, test);
      for (Node target = 0; target < view.nodes(); ++target) {
        if (target == source) continue;
        std::size_t budget = kAny;
        auto found = earliest_arrival(view, source, target, start, last, along, test, budget);
        REQUIRE(found.has_value() == expected[target].has_value());
        if (found) REQUIRE(found->day == *expected[target]);
      }
    }
  }
}

}  // namespace

TEST_CASE("distances and neighbourhoods of all small graphs are those of Boost.Graph") {
  each_small_graph([](const SmallGraph& graph) {
    check_distances(*graph.view, {});
    check_distances(*graph.view, {.relations = {"consult"}, .from = parse_day("2024-01-15"), .until = parse_day("2024-01-31")});
  });
}

TEST_CASE("earliest arrivals of all small graphs are those of trying every hop") {
  each_small_graph([](const SmallGraph& graph) {
    check_arrivals(*graph.view, {}, kFirstDay, kLastDay);
    check_arrivals(*graph.view, {}, *parse_day("2024-01-12"), *parse_day("2024-01-19"));
    check_arrivals(*graph.view, {.relations = {"FIGHT"}}, *parse_day("2024-01-01"), kLastDay);
  });
}

TEST_CASE("walks of larger random graphs") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return random() % n; };
    std::vector<Fact> facts;
    for (int i = 0; i < 60; ++i) {
      const std::size_t a = below(20), b = below(20);
      if (a == b) continue;
      const std::string month = "2024-0" + std::to_string(1 + below(9));
      facts.push_back({name_of(a), below(2) != 0 ? "CONSULT" : "FIGHT", name_of(b), below(5) == 0 ? "" : below(4) == 0 ? month : month + "-1" + std::to_string(below(10))});
    }
    const SmallGraph graph(facts);
    check_distances(*graph.view, {});
    check_distances(*graph.view, {.from = parse_day("2024-02-15"), .until = parse_day("2024-06-30")});
    check_arrivals(*graph.view, {}, kFirstDay, kLastDay);
    check_arrivals(*graph.view, {}, *parse_day("2024-03-12"), *parse_day("2024-07-01"));
  }
}

TEST_CASE("the newest facts of a node, with all of the day of the last") {
  const SmallGraph graph({{"Ada Holm", "CONSULT", "Ben Cole", "2024-01-03"}, {"Ben Cole", "FIGHT", "Ada Holm", "2024-01-05"}, {"Ada Holm", "MEET", "Cy Dorn", "2024-01-03"},
                          {"Ada Holm", "MEET", "Cy Dorn", ""}, {"Ada Holm", "FIGHT", "Cy Dorn", "2024-01-02"}});
  const Node ada = graph.view->named("Ada Holm", 1).front().node;
  std::vector<const Edge*> found;
  const auto begins = [&](const Filter& filter, std::size_t limit) {
    newest(*graph.view, ada, EdgeTest(filter, *graph.view), limit, found);
    std::string text;
    for (const Edge* edge : found) text += to_string(edge->begin).substr(8) + " ";
    return text;
  };
  CHECK(begins({}, 1) == "05 ");
  CHECK(begins({}, 2) == "05 03 03 ");
  CHECK(begins({}, 3) == "05 03 03 ");
  CHECK(begins({}, 9) == "05 03 03 02 ");
  CHECK(begins({.until = parse_day("2024-01-04")}, 1) == "03 03 ");
  CHECK(begins({}, 0).empty());
}

TEST_CASE("a search stops when its budget is spent") {
  const SmallGraph graph({{"Ada Holm", "CONSULT", "Ben Cole", "2024-01-03"}, {"Ben Cole", "CONSULT", "Cy Dorn", "2024-01-05"}, {"Cy Dorn", "CONSULT", "Di Falk", "2024-01-06"}});
  const EdgeTest test({}, *graph.view);
  const Node from = graph.view->named("Ada Holm", 1).front().node, to = graph.view->named("Di Falk", 1).front().node;
  std::size_t budget = 1;
  CHECK_FALSE(distance(*graph.view, from, to, test, 6, budget));
  CHECK(budget == 0);
  CHECK_FALSE(earliest_arrival(*graph.view, from, to, kFirstDay, kLastDay, Along::either, test, budget));
  budget = 100;
  CHECK(distance(*graph.view, from, to, test, 6, budget) == 3);
  const auto arrival = earliest_arrival(*graph.view, from, to, kFirstDay, kLastDay, Along::either, test, budget);
  REQUIRE(arrival);
  CHECK(arrival->day == *parse_day("2024-01-06"));
  CHECK(arrival->hops == 3);
}
