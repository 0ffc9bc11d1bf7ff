// Any number of readers beside one writer. Run it with the thread sanitizer.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;

namespace {

// What must hold in any view: every edge has its other half, and the statements that hold are those that are counted.
bool consistent(const GraphView& view) {
  std::uint64_t halves = 0, other_halves = 0;
  for (Node node = 0; node < view.nodes(); ++node) {
    for (const Edge& edge : view.edges(node)) {
      const GraphView::Ends ends = view.ends(edge.statement);
      const bool as_told = (edge.outgoing ? ends.subject : ends.object) == node && (edge.outgoing ? ends.object : ends.subject) == edge.other;
      if (edge.removed == kForever && !as_told) return false;
      ++(edge.outgoing ? halves : other_halves);
      if (edge.added > view.version() || (edge.removed != kForever && edge.removed > view.version())) return false;
    }
    if (view.entity(node).articles > 0 && view.node(view.entity_id(node)) != node) return false;
  }
  return halves == other_halves && view.articles().size() == view.counts().articles;
}

}  // namespace

TEST_CASE("readers see whole versions while a writer goes on") {
  OpenOptions options;
  SUBCASE("by their own keys") {}
  SUBCASE("while entities come together and part") { options.names = lore(); }
  const Scratch scratch;
  const auto store = open_or_die(scratch.path(), options);
  std::atomic<bool> done = false;
  std::atomic<int> faults = 0, looks = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&, i] {
      Version last = 0;
      while (!done) {
        const auto view = store->view();
        if (view->version() < last || !consistent(*view)) ++faults;
        last = view->version();
        if (i == 0 && view->statements() > 0 && !view->evidence(static_cast<StatementIndex>(view->statements() - 1)).ok()) ++faults;
        if (i == 1) (void)view->named("a", 5);
        ++looks;
      }
    });
  }
  RandomNews news(8, 12);
  std::vector<Extraction> written;
  for (std::uint64_t i = 0; i < rounds(120, 30); ++i) {
    const auto applied = store->apply(options.names ? linked_batch(news, written, *store) : random_batch(news, written, *store->view()));
    if (!applied.ok()) ++faults;
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(faults == 0);
  CHECK(looks > 0);
}

TEST_CASE("several writers: each batch once, versions without gaps") {
  const Scratch scratch;
  const auto store = open_or_die(scratch.path());
  std::atomic<int> added = 0, faults = 0;
  std::vector<std::thread> writers;
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    writers.emplace_back([&, seed] {
      RandomNews news(500 + seed);
      for (int i = 0; i < 20; ++i) {
        const auto receipt = store->apply({{news.extraction()}, {}});
        if (receipt) {
          added += static_cast<int>(receipt->added.size());
        } else {
          ++faults;
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(faults == 0);
  CHECK(store->view()->version() == static_cast<Version>(added));
  CHECK(store->check()->faults.empty());
}
