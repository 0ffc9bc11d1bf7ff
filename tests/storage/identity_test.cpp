// Identity over articles: the stored graph, whose entities come together and part, against the naive one in memory.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include <random>

#include "storage/tie_rows.h"
#include "tests/storage/linked_news.h"
#include "tests/storage/same_view.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;

namespace {

void check_sound(const Store& store) {
  const auto report = store.check();
  REQUIRE(report.ok());
  for (const std::string& fault : report->faults) FAIL_CHECK(fault);
}

// Every id that was ever given out is the same entity in both, or in neither.
void check_same_redirects(const GraphView& stored, const GraphView& memory, const std::vector<Extraction>& written) {
  const auto told = [](const GraphView& view, EntityId id) {
    const auto node = view.node(id);
    return node ? to_string(view.entity_id(*node)) : "nobody";
  };
  for (const Extraction& extraction : written)
    for (const Actor& actor : extraction.actors) REQUIRE(told(stored, entity_id(entity_key(actor))) == told(memory, entity_id(entity_key(actor))));
  for (Node node = 0; node < memory.nodes(); ++node) REQUIRE(told(stored, memory.entity_id(node)) == told(memory, memory.entity_id(node)));
}

void check_same_reasons(const Store& a, const Store& b) {
  const auto told = [](const std::vector<Link>& links) {
    std::string text;
    for (const Link& link : links) text += link.a + "=" + link.b + " " + std::string(to_string(link.reason)) + ";";
    return text;
  };
  const auto view = a.view();
  for (Node node = 0; node < view->nodes(); ++node) CHECK(told(a.reasons(view->entity_id(node))) == told(b.reasons(view->entity_id(node))));
}

// What an export of the newest version tells: entities, statements with their ends, relations counted; no version numbers.
std::vector<std::string> canonical(const GraphView& view) {
  std::vector<std::string> lines{"hash " + to_string(view.content_hash()), "relations " + std::to_string(view.counts().relations) + " entities " + std::to_string(view.counts().entities)};
  for (Node node = 0; node < view.nodes(); ++node) {
    if (view.entity(node).articles == 0) continue;
    lines.push_back(told(view.entity(node)));
    for (const Edge& edge : view.edges(node)) {
      if (edge.removed != kForever) continue;
      Edge timeless = edge;
      timeless.added = 0;
      lines.push_back(to_string(view.entity_id(node)) + " " + told(view, timeless));
    }
  }
  for (const ArticleId id : view.articles())
    for (ActorIndex i = 0; i < view.extraction(id)->actors.size(); ++i)
      lines.push_back(actor_id(id, i) + " is " + to_string(view.entity_id(view.node_of(id, i))));
  std::sort(lines.begin(), lines.end());
  return lines;
}

Decision pair(DecisionKind kind, EntityId a, EntityId b) {
  Decision decision;
  decision.kind = kind;
  decision.a = a;
  decision.b = b;
  return decision;
}

Decision undo(DecisionId id) {
  Decision decision;
  decision.kind = DecisionKind::undo;
  decision.undone = id;
  return decision;
}

std::vector<Extraction> linked_articles(std::uint64_t seed, int count) {
  RandomNews news(seed);
  std::vector<Extraction> articles;
  for (int i = 0; i < count; ++i) articles.push_back(linked_extraction(news));
  return articles;
}

}  // namespace

TEST_CASE("random batches with decisions, reopened, are the twin in memory") {
  const OpenOptions options{.names = lore()};
  for (std::uint64_t seed = 1; seed <= rounds(12, 2); ++seed) {
    CAPTURE(seed);
    const Scratch scratch;
    RandomNews news(seed);
    auto stored = open_or_die(scratch.path(), options);
    const auto memory = open_memory(options.names);
    std::vector<Extraction> written;
    for (int step = 0; step < 40; ++step) {
      CAPTURE(step);
      const Batch batch = linked_batch(news, written, *memory);
      const auto a = stored->apply(batch), b = memory->apply(batch);
      REQUIRE_MESSAGE(a.ok() == b.ok(), (a.ok() ? b : a).error().message);
      if (a) {
        CHECK(a->version == b->version);
        CHECK(a->decided.size() == b->decided.size());
      }
      check_same(*stored->view(), *memory->view());
      if (step % 8 != 7) continue;
      stored.reset();
      stored = open_or_die(scratch.path(), options);
      check_same(*stored->view(), *memory->view());
      check_same_redirects(*stored->view(), *memory->view(), written);
      check_same_reasons(*stored, *memory);
      CHECK(stored->decisions().size() == memory->decisions().size());
      CHECK(undone(stored->decisions()) == undone(memory->decisions()));
    }
    check_sound(*stored);
  }
}

TEST_CASE("a view of the past keeps its answers while entities come together and part") {
  const Scratch scratch;
  RandomNews news(77);
  const auto store = open_or_die(scratch.path(), {.names = lore()});
  std::vector<Extraction> written;
  std::vector<std::pair<std::shared_ptr<const GraphView>, std::vector<std::string>>> past;
  for (int step = 0; step < 30; ++step) {
    (void)store->apply(linked_batch(news, written, *store));
    past.emplace_back(store->view(), everything(*store->view()));
  }
  for (const auto& [view, answers] : past) {
    CHECK(everything(*view) == answers);
    for (const ArticleId id : view->articles())
      for (ActorIndex i = 0; i < view->extraction(id)->actors.size(); ++i) {
        const auto mentioned = view->articles_of(view->node_of(id, i));
        CHECK(std::binary_search(mentioned.begin(), mentioned.end(), id));
      }
  }
}

TEST_CASE("orders and batchings of the same articles, with retractions in between, make one graph") {
  const auto names = lore();
  const std::vector<Extraction> articles = linked_articles(5, 60), passing = linked_articles(6, 8);
  const auto memory = open_memory(names);
  REQUIRE(memory->apply({articles, {}}).ok());
  const std::vector<std::string> expected = canonical(*memory->view());
  for (unsigned seed = 0; seed < rounds(200, 4); ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<Extraction> shuffled = articles;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    const Scratch scratch;
    const auto store = open_or_die(scratch.path(), {.names = names});
    REQUIRE(store->apply({passing, {}}).ok());
    for (auto next = shuffled.begin(); next != shuffled.end();) {
      const auto size = std::min<std::ptrdiff_t>(1 + static_cast<std::ptrdiff_t>(random() % 20), shuffled.end() - next);
      Batch batch{{next, next + size}, {}};
      if (random() % 3 == 0 && next != shuffled.begin()) {  // goes, and comes again at once
        batch.retract.push_back(shuffled.front().article.id);
        batch.add.push_back(shuffled.front());
      }
      REQUIRE(store->apply(batch).ok());
      next += size;
    }
    std::vector<ArticleId> ids;
    for (const Extraction& extraction : passing) ids.push_back(extraction.article.id);
    REQUIRE(store->apply({{}, ids}).ok());
    REQUIRE(canonical(*store->view()) == expected);
  }
}

TEST_CASE("a store written with names is read without them, and written only with them") {
  const Scratch scratch;
  const OpenOptions named{.names = lore()};
  const auto articles = linked_articles(20, 10), more = linked_articles(21, 5);
  std::vector<std::string> before;
  {
    const auto store = open_or_die(scratch.path(), named);
    REQUIRE(store->apply({articles, {}}).ok());
    before = everything(*store->view());
  }
  for (const bool read_only : {false, true}) {
    const auto store = open_or_die(scratch.path(), {.read_only = read_only});
    CHECK(everything(*store->view()) == before);
    check_sound(*store);
  }
  const auto store = open_or_die(scratch.path());
  const auto refused = store->apply({more, {}});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fault == Fault::bad_input);
  CHECK(refused.error().message.find("written with names") != std::string::npos);
}

TEST_CASE("a store written without names, or with other lore, comes to its names with the next batch") {
  const auto names = lore();
  const auto articles = linked_articles(30, 30), more = linked_articles(31, 2);
  const auto memory = open_memory(names);
  REQUIRE(memory->apply({articles, {}}).ok());
  REQUIRE(memory->apply({more, {}}).ok());
  OpenOptions first;
  SUBCASE("without") {}
  SUBCASE("other lore") { first.names = std::make_shared<const NameForms>(NameLore{}); }
  const Scratch scratch;
  REQUIRE(open_or_die(scratch.path(), first)->apply({articles, {}}).ok());
  auto store = open_or_die(scratch.path(), {.names = names});
  CHECK_FALSE(store->check()->faults.empty());
  REQUIRE(store->apply({more, {}}).ok());
  CHECK(canonical(*store->view()) == canonical(*memory->view()));
  check_same_redirects(*store->view(), *memory->view(), articles);
  check_sound(*store);
  const auto after = everything(*store->view());
  store.reset();
  CHECK(everything(*open_or_die(scratch.path())->view()) == after);
}

namespace {

// As a program left it that kept no rows of what articles say people are.
void forget_ties(const std::string& path) {
  using namespace storage;
  const auto database = Database::open(path, {});
  REQUIRE(database.ok());
  auto writes = (*database)->writes();
  REQUIRE(writes.ok());
  int rows = 0;
  REQUIRE((*database)->scan(Family::identity, kTiesPrefix, [&](std::string_view key, std::string_view) -> Result<void> {
    writes->remove(Family::identity, key);
    ++rows;
    return {};
  }).ok());
  CHECK(rows > 0);
  writes->remove(Family::meta, kTiesKey);
  REQUIRE((*database)->write(*writes).ok());
}

}  // namespace

TEST_CASE("a store older than what articles say people are has it all the same") {
  if (!test_server().empty()) return;  // files that are changed by hand
  const auto names = lore();
  const auto articles = linked_articles(60, 40), more = linked_articles(61, 6);
  const auto memory = open_memory(names);
  const Scratch scratch;
  {
    const auto store = open_or_die(scratch.path(), {.names = names});
    for (Store* each : {store.get(), memory.get()}) REQUIRE(each->apply({articles, {}}).ok());
  }
  forget_ties(scratch.path());
  {
    const auto reader = open_or_die(scratch.path(), {.names = names, .read_only = true});
    CHECK(canonical(*reader->view()) == canonical(*memory->view()));
    check_same_reasons(*reader, *memory);
    check_sound(*reader);
  }
  const auto store = open_or_die(scratch.path(), {.names = names});
  for (Store* each : {store.get(), memory.get()}) REQUIRE(each->apply({more, {articles.front().article.id, articles.back().article.id}}).ok());
  CHECK(canonical(*store->view()) == canonical(*memory->view()));
  check_sound(*store);
  const auto complete = storage::Database::open(scratch.path(), {.read_only = true});
  REQUIRE(complete.ok());
  CHECK(*storage::ties_complete(**complete));
}

TEST_CASE("decisions that make no sense are refused with their batch") {
  const Scratch scratch;
  const auto unnamed = open_or_die(scratch.path("unnamed")), named = open_or_die(scratch.path("named"), {.names = lore()});
  REQUIRE(named->apply({linked_articles(40, 5), {}}).ok());
  const auto before = everything(*named->view());
  const EntityId someone = named->view()->entity_id(0), nobody{12345};
  CHECK(unnamed->apply({{}, {}, {undo(1)}}).error().fault == Fault::bad_input);
  CHECK(named->apply({linked_articles(41, 2), {}, {pair(DecisionKind::merge, someone, nobody)}}).error().fault == Fault::not_found);
  CHECK(named->apply({{}, {}, {undo(1)}}).error().fault == Fault::not_found);
  CHECK(everything(*named->view()) == before);
  CHECK(named->decisions().empty());
}

TEST_CASE("after a write that failed, the entities are those of the disk") {
  const Scratch scratch;
  const OpenOptions options{.names = lore()};
  auto store = open_or_die(scratch.path(), options);
  const auto memory = open_memory(options.names);
  const auto first = linked_articles(50, 20), second = linked_articles(52, 20);
  for (Store* each : {store.get(), memory.get()}) REQUIRE(each->apply({first, {}}).ok());
  Batch refused{linked_articles(51, 200), {first.front().article.id}, {}};
  refused.decide.push_back(pair(DecisionKind::merge, store->view()->entity_id(0), store->view()->entity_id(1)));
  auto* const old_handler = ::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  ::getrlimit(RLIMIT_FSIZE, &old_limit);
  const rlimit small{16 << 10, old_limit.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto receipt = store->apply(refused);
  ::setrlimit(RLIMIT_FSIZE, &old_limit);
  ::signal(SIGXFSZ, old_handler);
  REQUIRE_FALSE(receipt.ok());
  CHECK(receipt.error().fault == Fault::io);
  check_same(*store->view(), *memory->view());
  const EntityId a = memory->view()->entity_id(2), b = memory->view()->entity_id(3);
  for (Store* each : {store.get(), memory.get()}) {
    const auto applied = each->apply({second, {}, {pair(DecisionKind::merge, a, b)}});
    REQUIRE_MESSAGE(applied.ok(), applied.error().message);
    CHECK(applied->decided.front().id == 1);
  }
  check_same(*store->view(), *memory->view());
  check_sound(*store);
}
