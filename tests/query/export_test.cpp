// Exports: every format holds the whole graph, escapes what strangers wrote, and gives the same bytes for the same graph.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include <nlohmann/json.hpp>

#include "graph/relations.h"
#include "query/export.h"
#include "query/json.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;
using nlohmann::json;

namespace {

std::vector<Fact> odd_facts() {
  return {{"Anna \"A\" <Berg>", "CONSULT", "Carl & Dahl", "2024-03-01"},
          {"Anna \"A\" <Berg>", "CONSULT", "Carl & Dahl", "2024-03"},
          {"Anna \"A\" <Berg>", "CONSULT", "Carl & Dahl", "2024-03-01", Polarity::negative, Modality::actual, 0.7f, "Valley; Post"},
          {"Bell\x07 \\ Tab\there", "AID", "Éva, Falk;]]>", ""},
          {"Carl & Dahl", "AID", "Éva, Falk;]]>", "2024-05-02"}};
}

std::string exported(const GraphView& view, ExportFormat format, const Filter& filter = {}) {
  std::ostringstream out;
  const Result<void> done = export_graph(view, filter, format, out);
  REQUIRE_MESSAGE(done.ok(), done.error().message);
  return out.str();
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("each format holds each entity and each relation once") {
  const auto view = graph_of(odd_facts());
  const auto holds = [&](ExportFormat format, std::string_view entity, std::size_t entities, std::string_view relation, std::size_t relations) {
    const std::string text = exported(*view, format);
    CAPTURE(to_string(format));
    CHECK(count(text, entity) == entities);
    CHECK(count(text, relation) == relations);
  };
  holds(ExportFormat::graphml, "<node ", 4, "<edge ", 4);
  holds(ExportFormat::gexf, "<node ", 4, "<edge ", 4);
  holds(ExportFormat::nodelink, "{\"id\":", 4, "\"key\":", 4);
  holds(ExportFormat::cytoscape, "\"value\":", 4, "\"key\":", 4);
  holds(ExportFormat::dot, "relata_aliases", 4, " -> ", 4);
  holds(ExportFormat::csv_nodes, ",Entity;PERSON", 4, ":START_ID", 0);
  holds(ExportFormat::csv_relations, "\r\n", 5, "\"AID\"", 4);
  holds(ExportFormat::nquads, "#label> \"Anna", 1, "#Statement>", 4);
  holds(ExportFormat::turtle, "rdfs:label \"Anna", 1, "rdf:Statement", 4);
  holds(ExportFormat::jsonl, "{\"entity\":", 4, "{\"relation\":", 4);
  holds(ExportFormat::articles, "\"document\":", 5, "\"predicate\":", 5);
}

TEST_CASE("the JSON formats are JSON, with typed and dated edges") {
  const auto view = graph_of(odd_facts());
  const json link = json::parse(exported(*view, ExportFormat::nodelink));
  const auto contested = std::find_if(link["links"].begin(), link["links"].end(), [](const json& l) { return l["contested"] == true; });
  REQUIRE(contested != link["links"].end());
  CHECK((*contested)["begin"] == "2024-03-01");
  CHECK((*contested)["asserted"] == 1);
  CHECK((*contested)["denied"] == 1);
  CHECK(json::parse(exported(*view, ExportFormat::cytoscape))["elements"]["edges"].size() == 4);
  const json linked = json::parse(exported(*view, ExportFormat::jsonld));
  CHECK(linked["@context"]["prov"] == "http://www.w3.org/ns/prov#");
  std::istringstream lines(exported(*view, ExportFormat::jsonl));
  for (std::string line; std::getline(lines, line);) CHECK(json::parse(line).is_object());
}

TEST_CASE("what strangers wrote cannot break out of its place") {
  const auto view = graph_of(odd_facts());
  for (const ExportFormat format : {ExportFormat::graphml, ExportFormat::gexf}) {
    const std::string text = exported(*view, format);
    CHECK(text.find("<Berg>") == std::string::npos);
    CHECK(text.find("Carl & ") == std::string::npos);
    CHECK(text.find('\x07') == std::string::npos);
  }
  CHECK(exported(*view, ExportFormat::dot).find("\"Anna \\\"A\\\" <Berg>\"") != std::string::npos);
  CHECK(exported(*view, ExportFormat::csv_nodes).find("\"Anna \"\"A\"\" <Berg>\"") != std::string::npos);
  CHECK(exported(*view, ExportFormat::nquads).find("Bell\\u0007 \\\\ Tab") != std::string::npos);
}

TEST_CASE("the order of articles does not change a byte") {
  std::vector<Extraction> articles;
  int number = 0;
  for (const Fact& fact : odd_facts()) articles.push_back(article_of(fact, ++number));
  std::vector<std::string> first;
  std::mt19937 random(7);
  for (int round = 0; round < 5; ++round) {
    std::vector<HeldExtraction> held;
    for (const Extraction& article : articles) held.push_back({std::make_shared<const Extraction>(article), 1, kForever});
    const MemoryGraph view(held, 1);
    for (int f = 0; f < kExportFormats; ++f) {
      const std::string text = exported(view, static_cast<ExportFormat>(f));
      if (round == 0) first.push_back(text);
      CHECK(text == first[static_cast<std::size_t>(f)]);
    }
    std::shuffle(articles.begin(), articles.end(), random);
  }
}

// Read in several chunks, the later ones by another thread.
TEST_CASE("a graph larger than is read at once comes whole, in order, each relation as it is told alone") {
  std::vector<Fact> facts;
  for (int i = 0; i < 9000; ++i)
    facts.push_back({"Person " + std::to_string(i % 700), i % 3 == 0 ? "AID" : "CONSULT", "Group " + std::to_string(i % 90), i % 5 == 0 ? "" : "2024-03-" + std::to_string(10 + i % 20),
                     i % 11 == 0 ? Polarity::negative : Polarity::positive, Modality::actual, 0.5f + static_cast<float>(i % 7) / 20, "Paper " + std::to_string(i % 13),
                     "2024-06-01", i % 4 == 0 ? "Speaker " + std::to_string(i % 50) : ""});
  const auto view = graph_of(facts);
  std::istringstream lines(exported(*view, ExportFormat::jsonl));
  Grouping grouping(*view, {});
  std::string last;
  std::size_t relations = 0;
  for (std::string line; std::getline(lines, line);) {
    const json one = json::parse(line);
    if (!one.contains("relation")) continue;
    ++relations;
    const std::string id = one["relation"]["id"];
    CHECK(last.substr(0, 17) <= id.substr(0, 17));
    last = id;
    const auto key = parse_relation_id(*view, id);
    REQUIRE(key.ok());
    const auto group = grouping.exactly(*key);
    REQUIRE(group);
    const auto told = relation(*view, *group, group->edges.size());
    REQUIRE(told.ok());
    REQUIRE(one["relation"].dump() == json::parse(dump(to_json(*told))).dump());
  }
  CHECK(relations == view->counts().relations);
  CHECK(count(exported(*view, ExportFormat::graphml), "<edge ") == relations);
}

TEST_CASE("a filter selects the edges and leaves no entity alone") {
  const auto view = graph_of(odd_facts());
  const json link = json::parse(exported(*view, ExportFormat::nodelink, {.until = parse_day("2024-03-31")}));
  CHECK(link["links"].size() == 2);
  CHECK(link["nodes"].size() == 2);
  std::ostringstream out;
  CHECK(!export_graph(*view, {.from = parse_day("2024-03-31"), .until = parse_day("2024-03-30")}, ExportFormat::dot, out).ok());
}

TEST_CASE("names of formats") {
  for (int f = 0; f < kExportFormats; ++f) CHECK(parse_export_format(to_string(static_cast<ExportFormat>(f))) == static_cast<ExportFormat>(f));
  CHECK(!parse_export_format("xls"));
}
