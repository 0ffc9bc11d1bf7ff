// The stored graph and the naive one in memory give the same answers to everything, whatever happens to them.
#include <doctest/doctest.h>

#include "tests/storage/random_batch.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;

namespace {

// That articles_of() leaves out no article that has an actor which became the node, and names none that does not hold.
bool names_all_articles(const GraphView& view, Node node) {
  const auto named = view.articles_of(node), held = view.articles();
  if (!std::includes(held.begin(), held.end(), named.begin(), named.end())) return false;
  for (const ArticleId id : held) {
    const auto extraction = view.extraction(id);
    for (ActorIndex actor = 0; actor < extraction->actors.size(); ++actor)
      if (view.node_of(id, actor) == node && !std::binary_search(named.begin(), named.end(), id)) return false;
  }
  return true;
}

void check_same(const GraphView& stored, const GraphView& memory) {
  const auto a = everything(stored), b = everything(memory);
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(a[i] == b[i]);
  CHECK(in_order(stored));
  CHECK(publishers(stored) == publishers(memory));
  for (Node node = 0; node < stored.nodes(); ++node) CHECK(names_all_articles(stored, node));
}

}  // namespace

TEST_CASE("random batches of additions, repetitions and retractions") {
  for (std::uint64_t seed = 1; seed <= rounds(12, 3); ++seed) {
    CAPTURE(seed);
    const Scratch scratch;
    RandomNews news(seed, seed % 2 == 0 ? 8 : 40);
    auto stored = open_or_die(scratch.path());
    const auto memory = open_memory();
    std::vector<Extraction> written;
    for (int step = 0; step < 25; ++step) {
      CAPTURE(step);
      const Batch batch = random_batch(news, written, *memory->view());
      const auto a = stored->apply(batch), b = memory->apply(batch);
      REQUIRE_MESSAGE(a.ok() == b.ok(), (a.ok() ? b : a).error().message);
      if (a) {
        CHECK(a->version == b->version);
        CHECK(a->added == b->added);
        CHECK(a->already == b->already);
        CHECK(a->retracted == b->retracted);
      }
      if (step % 5 == 4) check_same(*stored->view(), *memory->view());
      if (step % 10 == 9) {
        stored.reset();
        stored = open_or_die(scratch.path(), {.image_worth = seed % 3 == 0 ? 0u : 1u});  // from the log, or from an image
        check_same(*stored->view(), *memory->view());
      }
    }
    const auto report = stored->check();
    REQUIRE(report.ok());
    for (const std::string& fault : report->faults) FAIL_CHECK(fault);
  }
}

TEST_CASE("a view of the past keeps its answers while the store moves on") {
  const Scratch scratch;
  RandomNews news(77, 10);
  const auto stored = open_or_die(scratch.path());
  std::vector<Extraction> written;
  std::vector<std::pair<std::shared_ptr<const GraphView>, std::vector<std::string>>> past;
  for (int step = 0; step < 30; ++step) {
    REQUIRE(stored->apply(random_batch(news, written, *stored->view())).ok());
    past.emplace_back(stored->view(), everything(*stored->view()));
  }
  for (const auto& [view, answers] : past) CHECK(everything(*view) == answers);
}

TEST_CASE("order and batching do not matter to what is told") {
  RandomNews news(5);
  std::vector<Extraction> articles;
  for (int i = 0; i < 30; ++i) articles.push_back(news.extraction());
  const Scratch scratch;
  const auto one = open_or_die(scratch.path("one")), many = open_or_die(scratch.path("many"));
  REQUIRE(one->apply({articles, {}}).ok());
  std::reverse(articles.begin(), articles.end());
  for (const Extraction& article : articles) REQUIRE(many->apply({{article}, {}}).ok());
  const auto entities = [](const GraphView& view) {
    std::vector<std::string> lines;
    for (Node node = 0; node < view.nodes(); ++node) lines.push_back(told(view.entity(node)) + " edges " + std::to_string(view.edges(node).size()));
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  CHECK(entities(*one->view()) == entities(*many->view()));
  CHECK(one->view()->counts().relations == many->view()->counts().relations);
}
