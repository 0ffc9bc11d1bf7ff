// Answers put together from what was written before are, byte for byte, those written anew.
#include <doctest/doctest.h>

#include "query/json_out.h"
#include "query/json.h"
#include "query/kept_json.h"
#include "query/service.h"
#include "tests/query/small_graph.h"

using namespace relata;
using namespace relata::tests;

namespace {

Service service_over(const std::shared_ptr<const GraphView>& view, std::size_t kept) {
  Backend backend;
  backend.view = [view] { return view; };
  ServiceLimits limits;
  limits.cache = 0;
  limits.kept_json = kept;
  return Service(std::move(backend), limits);
}

Request get(const std::string& target) {
  Request request;
  request.method = "GET";
  request.target = target;
  return request;
}

}  // namespace

TEST_CASE("answers are the same whether some of them was kept or not") {
  const auto view = graph_of({{"Mara \"M\" Voss", "CONSULT", "Ivo Brandt"}, {"Ivo Brandt", "CRITICIZE", "Läti Bank"}, {"Läti Bank", "CONSULT", "Mara \"M\" Voss"}});
  const Service plain = service_over(view, 0), keeping = service_over(view, 1 << 20);
  for (int round = 0; round < 2; ++round)
    for (const std::string target : {"/v1/entities?q=m", "/v1/entities/Ivo%20Brandt/neighbourhood?depth=2", "/v1/entities/Ivo%20Brandt/neighbourhood?polarity=negative",
                                     "/v1/entities/Ivo%20Brandt/timeline?limit=1", "/v1/relations?limit=2", "/v1/relations?source=Ivo%20Brandt", "/v1/relations?entity=Ivo%20Brandt",
                                     "/v1/paths?source=Ivo%20Brandt&target=L%C3%A4ti%20Bank&k=3", "/v1/entities/Ivo%20Brandt/neighbourhood?explain=true"}) {
      CAPTURE(target);
      const Response expected = plain.handle(get(target)), told = keeping.handle(get(target));
      CHECK(expected.status == 200);
      CHECK(told.body == expected.body);
    }
}

TEST_CASE("what was written of one view is not told of another") {
  const auto first = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}}), second = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}});
  KeptJson kept(1 << 20);
  const JsonKey key{1, 2};
  kept.of(first).keep(key, "{}");
  Group group;
  const JsonKey of_first = kept.of(first).key(group, 5, {}), of_second = kept.of(second).key(group, 5, {});
  CHECK_FALSE(of_first == of_second);
  CHECK_FALSE(kept.of(second).key(group, 5, {}) == kept.of(second).key(group, 1, {}));
  CHECK_FALSE(kept.of(second).key(group, 5, {}) == kept.of(second).key(group, 5, Polarity::positive));
}

TEST_CASE("what was written of a relation is found again when the graph has grown elsewhere, and only then") {
  const Fact fact{"Mara Voss", "CONSULT", "Ivo Brandt"};
  const auto before = graph_of({fact}), after = graph_of({fact, {"Aada Lind", "CRITICIZE", "Olli Salo"}}), more = graph_of({fact, {"Mara Voss", "CONSULT", "Ivo Brandt", "", Polarity::negative}});
  KeptJson kept(1 << 20);
  const auto lasting = [&](const std::shared_ptr<const GraphView>& view) {
    Grouping grouping(*view, {});
    std::size_t budget = 100;
    const auto groups = grouping.around(*view->node(view->entity_id(view->named("Mara Voss", 1).front().node)), budget);
    REQUIRE(groups.size() == 1);
    return *kept.of(view).lasting_key(*view, groups.front(), 5, {});
  };
  CHECK(lasting(before) == lasting(after));
  CHECK_FALSE(lasting(before) == lasting(more));
}

TEST_CASE("a service tells a graph that grows as one that keeps nothing does") {
  std::vector<Fact> facts{{"Mara Voss", "CONSULT", "Ivo Brandt"}};
  std::shared_ptr<const GraphView> view = graph_of(facts);
  const auto service = [&](std::size_t kept) {
    Backend backend;
    backend.view = [&] { return view; };
    ServiceLimits limits;
    limits.cache = 0;
    limits.kept_json = kept;
    return std::make_unique<Service>(std::move(backend), limits);
  };
  const auto plain = service(0), keeping = service(1 << 15);
  for (int round = 0; round < 60; ++round) {
    facts.push_back({round % 3 == 0 ? "Mara Voss" : "Läti Bank", "AID", "Person " + std::to_string(round)});
    view = graph_of(facts);
    for (const std::string target : {"/v1/entities/Mara%20Voss/neighbourhood?depth=2", "/v1/relations?limit=100"})
      CHECK(keeping->handle(get(target)).body == plain->handle(get(target)).body);
  }
}

TEST_CASE("an answer keeps the texts it tells, however many others come to be kept") {
  KeptJson kept(1 << 15);
  const auto view = graph_of({{"Mara Voss", "CONSULT", "Ivo Brandt"}});
  const ViewJson first = kept.of(view), long_text = kept.of(view);
  std::vector<ViewJson::Text> texts;
  for (std::uint64_t i = 0; i < 5000; ++i) texts.push_back(first.keep({i, i * 0x9E3779B97F4A7C15u}, "\"text " + std::to_string(i) + "\""));
  for (std::size_t i = 0; i < texts.size(); ++i) CHECK(texts[i] == "\"text " + std::to_string(i) + "\"");
  const ViewJson later = kept.of(view);
  CHECK(later.find({4999, 4999 * 0x9E3779B97F4A7C15u}) == "\"text 4999\"");
  CHECK_FALSE(later.find({0, 0}).data());
  CHECK(long_text.keep({1, 1}, std::string(1 << 20, 'x')).size() == 1 << 20);
}

TEST_CASE("text is written as JSON wants it, whatever bytes it has") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string texts[] = {"", "plain", "twelve bytes", "\"", "a\\b and \"more\" of it", all.substr(0, 128), "Dvořák", std::string(100, 'x') + "\n" + std::string(100, 'y'), "€\x01€", "𝄞 clef"};
  for (const std::string& text : texts) {
    JsonOut out(false);
    out.put(text);
    CHECK(out.well_formed());
    const std::string written = out.take();
    CHECK(Json::parse(written).get<std::string>() == text);
  }
  JsonOut strict(false), replacing(true);
  strict.put(all);
  replacing.put("a\xFF" "b\xC3");
  CHECK_FALSE(strict.well_formed());
  CHECK(replacing.take() == "\"a\xEF\xBF\xBD" "b\xEF\xBF\xBD\"");
}

TEST_CASE("numbers, keys and nesting are written as JSON") {
  JsonOut out(false);
  {
    const auto object = out.object();
    out.field("a \"key\"", 1.0);
    out.field("b", -3);
    out.field("c", std::vector<std::string>{});
    out.field("d", std::optional<std::string>());
    out.key("e");
    const auto list = out.array();
    out.put(0.95);
    out.put(true);
    out.json("{\"x\":0}");
    const auto more = out.object("{\"y\":1}");
    out.field("z", 2u);
  }
  CHECK(out.take() == R"({"a \"key\"":1.0,"b":-3,"c":[],"d":null,"e":[0.95,true,{"x":0},{"y":1,"z":2}]})");
}
