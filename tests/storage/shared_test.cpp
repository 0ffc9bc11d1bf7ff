// Several writers of one graph, each with a store of its own as in processes of their own. Only where that is possible: on a server.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "tests/storage/linked_news.h"
#include "tests/storage/same_view.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;

TEST_CASE("stores that write in turn follow each other" * doctest::skip(test_server().empty())) {
  const OpenOptions options{.names = lore()};
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    const Scratch scratch;
    RandomNews news(seed);
    const auto memory = open_memory(options.names);
    std::vector<std::unique_ptr<Store>> stores;
    for (int i = 0; i < 3; ++i) stores.push_back(open_or_die(scratch.path(), options));
    std::vector<Extraction> written;
    for (int step = 0; step < 40; ++step) {
      CAPTURE(step);
      Store& store = *stores[news.below(3)];
      REQUIRE(store.apply({}).ok());  // sees what the others wrote
      check_same(*store.view(), *memory->view());
      const Batch batch = linked_batch(news, written, *memory);
      const auto a = store.apply(batch), b = memory->apply(batch);
      REQUIRE_MESSAGE(a.ok() == b.ok(), (a.ok() ? b : a).error().message);
      if (a) CHECK(a->version == b->version);
      check_same(*store.view(), *memory->view());
    }
    for (const auto& store : stores) {
      REQUIRE(store->apply({}).ok());
      check_same(*store->view(), *memory->view());
      const auto report = store->check();
      REQUIRE(report.ok());
      for (const std::string& fault : report->faults) FAIL_CHECK(fault);
    }
  }
}

TEST_CASE("writers at the same time make the graph of one" * doctest::skip(test_server().empty())) {
  const OpenOptions options{.names = lore()};
  const Scratch scratch;
  RandomNews news(3);
  std::vector<Extraction> articles;
  for (int i = 0; i < 80; ++i) articles.push_back(linked_extraction(news));
  std::vector<std::thread> writers;
  std::atomic<int> faults = 0;
  for (std::size_t w = 0; w < 4; ++w)
    writers.emplace_back([&, w] {
      const auto store = open_or_die(scratch.path(), options);
      for (std::size_t i = 0; i < articles.size(); i += 2)  // each article by two writers or more
        if (!store->apply({{articles[(i + w * 20) % articles.size()], articles[(i + w * 20 + 1) % articles.size()]}, {}}).ok()) ++faults;
    });
  for (std::thread& writer : writers) writer.join();
  CHECK(faults == 0);
  const auto memory = open_memory(options.names);
  REQUIRE(memory->apply({articles, {}}).ok());
  const auto entities = [](const GraphView& view) {
    std::vector<std::string> lines;
    for (Node node = 0; node < view.nodes(); ++node)
      if (const Entity entity = view.entity(node); entity.articles > 0) lines.push_back(told(entity));
    for (const ArticleId id : view.articles())
      for (ActorIndex i = 0; i < view.extraction(id)->actors.size(); ++i) lines.push_back(actor_id(id, i) + " is " + to_string(view.entity_id(view.node_of(id, i))));
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  const auto stored = open_or_die(scratch.path(), options);
  CHECK(entities(*stored->view()) == entities(*memory->view()));
  CHECK(stored->view()->counts().relations == memory->view()->counts().relations);
  CHECK(stored->view()->articles() == memory->view()->articles());
  const auto report = stored->check();
  REQUIRE(report.ok());
  for (const std::string& fault : report->faults) FAIL_CHECK(fault);
}
