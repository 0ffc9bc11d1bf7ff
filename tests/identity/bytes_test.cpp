// What is exported does not tell in which order articles came, nor what was decided and taken back: compared byte for byte, in memory and on disk
// or on a server.
#include <doctest/doctest.h>

#include <random>
#include <sstream>

#include "query/export.h"
#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"

using namespace relata;
using namespace relata::tests;

namespace {

// The bytes of the canonical export: entities and relations with all their evidence, then the articles.
std::string exported(const Store& store) {
  std::ostringstream out;
  for (const ExportFormat format : {ExportFormat::jsonl, ExportFormat::articles}) REQUIRE(export_graph(*store.view(), {}, format, out).ok());
  return out.str();
}

std::vector<Extraction> linked_articles(std::uint64_t seed, int count) {
  RandomNews news(seed);
  std::vector<Extraction> articles;
  for (int i = 0; i < count; ++i) articles.push_back(linked_extraction(news));
  return articles;
}

// A store that may be closed and opened again; the one in memory stays open.
class Place {
 public:
  explicit Place(bool memory) : memory_(memory) {
    if (memory_) store_ = open_memory(names_);
    else reopen();
  }
  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }
  void reopen() {
    if (memory_) return;
    store_.reset();
    store_ = open_or_die(scratch_.path(), {.names = names_});
  }

 private:
  const bool memory_;
  const std::shared_ptr<const NameForms> names_ = lore();
  const Scratch scratch_;
  std::unique_ptr<Store> store_;
};

// Every decision that still holds, taken back at once.
Batch undoing(const Store& store) {
  Batch batch;
  const std::vector<Decision> decisions = store.decisions();
  const std::set<DecisionId> gone = undone(decisions);
  for (const Decision& each : decisions) {
    if (each.kind == DecisionKind::undo || gone.contains(each.id)) continue;
    Decision& undo = batch.decide.emplace_back();
    undo.kind = DecisionKind::undo;
    undo.undone = each.id;
  }
  return batch;
}

// Decisions one by one while articles come and go, which have left again at the end; how many were made.
int decide_at_random(Place& place, int steps) {
  RandomNews news(10);
  const std::vector<Extraction> passing = linked_articles(11, 6);
  int made = 0;
  for (int step = 0; step < steps; ++step) {
    if (step % 100 == 50) REQUIRE(place->apply({{passing[news.below(6)]}, {}, {}}).ok());
    const auto decision = random_decision(news, *place);
    if (!decision) continue;
    const auto applied = place->apply({{}, {}, {*decision}});
    REQUIRE_MESSAGE(applied.ok(), applied.error().message);
    ++made;
  }
  Batch leaving;
  for (const Extraction& extraction : passing)
    if (place->view()->extraction(extraction.article.id).ok()) leaving.retract.push_back(extraction.article.id);
  REQUIRE(place->apply(leaving).ok());
  return made;
}

void a_thousand_decisions(bool memory) {
  Place place(memory);
  REQUIRE(place->apply({linked_articles(9, 25), {}, {}}).ok());
  const std::string before = exported(*place);
  CHECK(before.size() > 10'000);
  const int steps = static_cast<int>(memory ? 1000 : rounds(1000, 200));
  CHECK(decide_at_random(place, steps) > steps / 2);
  CHECK(exported(*place) != before);
  place.reopen();
  REQUIRE(place->apply(undoing(*place)).ok());
  CHECK(exported(*place) == before);
  place.reopen();
  CHECK(exported(*place) == before);
}

// Shuffled and in batches of some, with one that goes and comes again, and others that pass.
std::string in_some_order(bool memory, unsigned seed, std::vector<Extraction> articles, const std::vector<Extraction>& passing) {
  std::mt19937 random(seed);
  std::shuffle(articles.begin(), articles.end(), random);
  Place place(memory);
  REQUIRE(place->apply({passing, {}, {}}).ok());
  for (auto next = articles.begin(); next != articles.end();) {
    const auto size = std::min<std::ptrdiff_t>(1 + static_cast<std::ptrdiff_t>(random() % 20), articles.end() - next);
    Batch batch{{next, next + size}, {}, {}};
    if (random() % 3 == 0 && next != articles.begin()) {
      batch.retract.push_back(articles.front().article.id);
      batch.add.push_back(articles.front());
    }
    REQUIRE(place->apply(batch).ok());
    next += size;
  }
  Batch leaving;
  for (const Extraction& extraction : passing) leaving.retract.push_back(extraction.article.id);
  REQUIRE(place->apply(leaving).ok());
  return exported(*place);
}

}  // namespace

TEST_CASE("a thousand decisions, all undone, leave the bytes of the beginning in memory") { a_thousand_decisions(true); }
TEST_CASE("a thousand decisions, all undone, leave the bytes of the beginning in a store") { a_thousand_decisions(false); }

TEST_CASE("two hundred orders and batchings of the same articles export the same bytes") {
  const std::vector<Extraction> articles = linked_articles(5, 60), passing = linked_articles(6, 8);
  const std::string expected = in_some_order(true, 0, articles, passing);
  for (unsigned seed = 1; seed < 200; ++seed) {
    CAPTURE(seed);
    REQUIRE(in_some_order(true, seed, articles, passing) == expected);
  }
  for (unsigned seed = 0; seed < rounds(20, 3); ++seed) {
    CAPTURE(seed);
    REQUIRE(in_some_order(false, seed, articles, passing) == expected);
  }
}
