// The user's own entities in a store: settled with at once, kept, replaced, and told with the entities.
#include <doctest/doctest.h>

#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;

namespace {

std::shared_ptr<const KnownNames> known() {
  return std::make_shared<const KnownNames>(std::vector<KnownEntity>{
      {"k1", "Hunter Biden", EntityType::person, {"Anna Bush"}, {}, {{"wikidata", "Q100"}}},
      {"k2", "George W. Bush", EntityType::person, {}, {}, {{"wikidata", "Q200"}}},
      {"k3", "Joe Biden", EntityType::person, {}, {}, {}},
      {"k4", "Joseph Biden", EntityType::person, {}, {}, {}}});
}

EntityId id_of(const GraphView& view, const char* key) {
  const auto node = view.node(entity_id(std::string_view(key)));
  return node ? view.entity_id(*node) : EntityId{};
}

std::vector<Extraction> articles() {
  RandomNews news(3);
  std::vector<Extraction> made;
  for (int i = 0; i < 60; ++i) made.push_back(linked_extraction(news));
  return made;
}

void check_known(const GraphView& view) {
  CHECK(id_of(view, "person|hunter biden") == id_of(view, "person|anna bush"));
  CHECK(id_of(view, "person|joe biden") != id_of(view, "person|joseph biden"));
  CHECK(view.entity(*view.node(entity_id("person|anna bush"))).external == std::map<std::string, std::string>{{"id", "k1"}, {"wikidata", "Q100"}});
  CHECK(view.entity(*view.node(entity_id("person|george w bush"))).external.at("wikidata") == "Q200");
}

void check_unknown(const GraphView& view) {
  CHECK(id_of(view, "person|hunter biden") != id_of(view, "person|anna bush"));
  CHECK(id_of(view, "person|joe biden") == id_of(view, "person|joseph biden"));
  CHECK(view.entity(*view.node(entity_id("person|anna bush"))).external.empty());
}

}  // namespace

TEST_CASE("known names settle a store at once, stay with it, and go again") {
  const Scratch scratch;
  auto store = open_or_die(scratch.path(), {.names = lore()});
  REQUIRE(store->apply({articles(), {}}).ok());
  check_unknown(*store->view());
  const auto before = everything(*store->view());
  store.reset();
  store = open_or_die(scratch.path(), {.names = lore(), .known = known()});
  const auto settled = store->apply({});
  REQUIRE(settled.ok());
  CHECK(settled->version == 2);
  check_known(*store->view());
  CHECK(store->apply({})->version == 2);  // nothing is left to do
  store.reset();
  store = open_or_die(scratch.path(), {.names = lore()});
  check_known(*store->view());
  const auto report = store->check();
  REQUIRE(report.ok());
  for (const std::string& fault : report->faults) FAIL_CHECK(fault);
  store.reset();
  const auto refused = open_rocks(scratch.path(), {.names = lore(), .known = std::make_shared<const KnownNames>(std::vector<KnownEntity>{}), .read_only = true});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("other known names") != std::string::npos);
  store = open_or_die(scratch.path(), {.names = lore(), .known = std::make_shared<const KnownNames>(std::vector<KnownEntity>{})});
  REQUIRE(store->apply({}).ok());
  check_unknown(*store->view());
  CHECK(everything(*store->view()).size() >= before.size());
}

TEST_CASE("known names: stored and in memory, batch after batch, the answers are the same") {
  const Scratch scratch;
  const auto stored = open_or_die(scratch.path(), {.names = lore(), .known = known()});
  const auto memory = open_memory(lore(), known());
  RandomNews news(4);
  std::vector<Extraction> written;
  REQUIRE(stored->apply({}).ok());
  for (int step = 0; step < 25; ++step) {
    const Batch batch = linked_batch(news, written, *memory);
    (void)stored->apply(batch);
    (void)memory->apply(batch);
  }
  const auto ends = [](const GraphView& view) {
    std::vector<std::string> lines;
    for (Node node = 0; node < view.nodes(); ++node) {
      std::string line = told(view.entity(node));
      for (const auto& [scheme, id] : view.entity(node).external) line += " " + scheme + ":" + id;
      lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  CHECK(ends(*stored->view()) == ends(*memory->view()));
}
