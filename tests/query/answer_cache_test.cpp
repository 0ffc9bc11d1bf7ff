// An answer is given again only while the graph is the same, and the room is bounded.
#include <doctest/doctest.h>

#include "query/answer_cache.h"
#include "query/service.h"
#include "tests/query/small_graph.h"

using namespace relata;
using namespace relata::tests;

TEST_CASE("what was kept for a view is found for that view alone") {
  const auto first = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}}), second = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}});
  AnswerCache cache(1 << 20);
  CHECK_FALSE(cache.find(first, "/a"));
  cache.keep(first, "/a", "one");
  CHECK(cache.find(first, "/a") == "one");
  CHECK_FALSE(cache.find(first, "/b"));
  CHECK_FALSE(cache.find(second, "/a"));
  cache.keep(second, "/b", "two");
  CHECK_FALSE(cache.find(first, "/a"));
  CHECK(cache.find(second, "/b") == "two");
}

TEST_CASE("the least recently asked go first, and what is too large is not kept") {
  const auto view = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}});
  AnswerCache cache(32 * 1024);
  const std::string body(1500, 'x');
  cache.keep(view, "/first", body);
  for (int i = 0; i < 100; ++i) {
    cache.keep(view, "/" + std::to_string(i), body);
    CHECK(cache.find(view, "/first"));
  }
  CHECK_FALSE(cache.find(view, "/0"));
  CHECK(cache.find(view, "/99"));
  cache.keep(view, "/large", std::string(4096, 'x'));
  CHECK_FALSE(cache.find(view, "/large"));
}

TEST_CASE("a service answers the same again, and anew when the graph has changed") {
  auto view = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}});
  Backend backend;
  backend.view = [&] { return view; };
  const Service service(backend);
  const Request request{"GET", "/v1/entities?q=Mara", {}, {}, "test"};
  const std::string once = service.handle(request).body;
  CHECK(service.handle(request).body == once);
  view = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}, {"Mara Lind", "ACCUSE", "Ivo Brandt"}});
  CHECK(service.handle(request).body.find("Mara Lind") != std::string::npos);
  CHECK(once.find("Mara Lind") == std::string::npos);
}
