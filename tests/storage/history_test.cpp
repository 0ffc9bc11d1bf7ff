// The past is told as it was when it was the present: versions, changes, snapshots, forgetting, backups, corrections.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;

namespace {

// RELATA_HISTORY_SEEDS=200 makes the random tests longer.
std::uint64_t seeds() {
  const char* wanted = std::getenv("RELATA_HISTORY_SEEDS");
  return wanted != nullptr ? static_cast<std::uint64_t>(std::max(1, std::atoi(wanted))) : rounds(6, 1);
}

// Everything that is true of the version of a view, in stable words: the same when it is the newest and when it is the past.
std::vector<std::string> held(const GraphView& view) {
  std::vector<std::string> lines;
  const Counts counts = view.counts();
  lines.push_back("counts " + std::to_string(counts.articles) + " " + std::to_string(counts.entities) + " " + std::to_string(counts.relations) + " " +
                  std::to_string(counts.statements) + " version " + std::to_string(view.version()) + " hash " + to_string(view.content_hash()));
  for (const Decision& decision : view.decisions()) lines.push_back("decision " + std::to_string(decision.id));
  for (Node node = 0; node < view.nodes(); ++node) {
    if (view.node(view.entity_id(node)) != node) continue;
    lines.push_back("entity " + told(view.entity(node)) + " " + std::string(to_string(view.entity_type(node))));
    for (Edge edge : view.edges(node)) {
      if (edge.added > view.version()) continue;
      if (edge.removed > view.version()) edge.removed = kForever;
      if (edge.removed != kForever) continue;
      lines.push_back("edge " + to_string(view.entity_id(node)) + " " + told(view, edge));
    }
  }
  for (const ArticleId id : view.articles()) {
    const auto extraction = view.extraction(id);
    REQUIRE(extraction.ok());
    std::string line = "article " + to_string(id) + " " + extraction->article.text + extraction->extractor;
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i) line += " " + to_string(view.entity_id(view.node_of(id, i)));
    lines.push_back(line);
    for (std::uint32_t s = 0; s < extraction->statements.size(); ++s) {
      const auto index = view.statement({id, s});
      REQUIRE(index);
      const GraphView::Ends ends = view.ends(*index);
      std::string said = "statement " + to_string(view.statement_id(*index)) + " " + to_string(view.entity_id(ends.subject)) + " " + to_string(view.entity_id(ends.object));
      for (const Node source : ends.attribution) said += " by " + to_string(view.entity_id(source));
      const auto evidence = view.evidence(*index);
      const auto value = view.statement_value(*index);
      lines.push_back(said + (evidence ? told(view, *evidence) : evidence.error().message) + (value ? told(*value) : value.error().message));
    }
  }
  for (const char* prefix : {"a", "anna", "biden", "joe", "international m", "imf", "castell", "storm", "e", "", "?"}) {
    std::string line = std::string("named ") + prefix + ":";
    for (const std::size_t limit : {std::size_t{3}, std::size_t{100}})
      for (const EntityMatch& match : view.named(prefix, limit)) line += " " + to_string(view.entity_id(match.node)) + (match.exact ? "!" : "");
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// What every id that is a node has become.
std::map<EntityId, EntityId> redirects(const GraphView& view) {
  std::map<EntityId, EntityId> ids;
  for (Node node = 0; node < view.nodes(); ++node)
    if (const auto found = view.node(view.entity_id(node))) ids[view.entity_id(node)] = view.entity_id(*found);
  return ids;
}

void require_redirects(const GraphView& view, const std::map<EntityId, EntityId>& expected) {
  for (const auto& [id, entity] : expected) {
    const auto node = view.node(id);
    REQUIRE(node);
    REQUIRE(view.entity_id(*node) == entity);
  }
}

void require_same(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) REQUIRE(a[i] == b[i]);
  REQUIRE(a.size() == b.size());
}

void require_clean(const Store& store) {
  const auto report = store.check();
  REQUIRE(report.ok());
  for (const std::string& fault : report->faults) FAIL_CHECK(fault);
}

std::string told(const std::vector<VersionChanges>& all) {
  std::string text;
  for (const VersionChanges& changes : all) {
    text += "v" + std::to_string(changes.version) + ":";
    for (const ArticleId id : changes.retracted) text += " -" + to_string(id);
    for (const ArticleId id : changes.added) text += " +" + to_string(id);
    for (const ActorMove& move : changes.moved) text += " " + actor_id(move.actor.article, move.actor.actor) + ":" + to_string(move.from) + ">" + to_string(move.to);
    for (const Decision& decision : changes.decided) text += " d" + std::to_string(decision.id);
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("every old version reads as it did when it was the newest") {
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
    CAPTURE(seed);
    const Scratch scratch;
    const OpenOptions options{.names = lore()};
    RandomNews news(seed, 10);
    auto stored = open_or_die(scratch.path(), options);
    const auto memory = open_memory(options.names);
    std::vector<Extraction> written;
    std::vector<std::vector<std::string>> recorded{held(*stored->view())};
    std::vector<std::map<EntityId, EntityId>> ids{{}};
    for (int step = 0; step < 18; ++step) {
      const Batch batch = linked_batch(news, written, *memory);
      const auto a = stored->apply(batch), b = memory->apply(batch);
      REQUIRE(a.ok() == b.ok());
      if (stored->view()->version() == recorded.size()) {
        recorded.push_back(held(*stored->view()));
        ids.push_back(redirects(*stored->view()));
      }
      require_same(held(*stored->view()), held(*memory->view()));
      if (step % 9 == 8) {
        stored.reset();
        stored = open_or_die(scratch.path(), options);
      }
    }
    for (Version version = 0; version < recorded.size(); ++version) {
      CAPTURE(version);
      const auto past = stored->view()->at(version), twin = memory->view()->at(version);
      REQUIRE(past.ok());
      REQUIRE(twin.ok());
      require_same(held(**past), recorded[version]);
      require_redirects(**past, ids[version]);
      require_redirects(**twin, ids[version]);
      require_same(held(**twin), recorded[version]);
    }
    CHECK_FALSE(stored->view()->at(static_cast<Version>(recorded.size())).ok());
    const auto a = stored->changes(0, kForever, 1000), b = memory->changes(0, kForever, 1000);
    REQUIRE(a.ok());
    CHECK(told(*a) == told(*b));
    CHECK(told(*stored->changes(3, 9, 4)) == told(*memory->changes(3, 9, 4)));
    require_clean(*stored);
  }
}

TEST_CASE("the content hash is that of the articles, whatever way they came") {
  RandomNews news(9, 10);
  std::vector<Extraction> articles;
  for (int i = 0; i < 25; ++i) articles.push_back(linked_extraction(news));
  const Scratch scratch;
  const OpenOptions options{.names = lore()};
  const auto one = open_or_die(scratch.path("one"), options), many = open_or_die(scratch.path("many"), options);
  const auto memory = open_memory(options.names);
  REQUIRE(one->apply({articles, {}}).ok());
  for (auto each = articles.rbegin(); each != articles.rend(); ++each) REQUIRE(many->apply({{*each}, {}}).ok());
  REQUIRE(memory->apply({articles, {}}).ok());
  CHECK(one->view()->content_hash() == many->view()->content_hash());
  CHECK(one->view()->content_hash() == memory->view()->content_hash());
  const Extraction more = linked_extraction(news);
  REQUIRE(one->apply({{more}, {}}).ok());
  CHECK(one->view()->content_hash() != many->view()->content_hash());
  REQUIRE(one->apply({{}, {more.article.id}}).ok());
  CHECK(one->view()->content_hash() == many->view()->content_hash());
}

TEST_CASE("snapshots are named, listed and removed, and stay over a restart") {
  const Scratch scratch;
  RandomNews news(4);
  for (const bool on_disk : {false, true}) {
    auto store = on_disk ? open_or_die(scratch.path()) : open_memory();
    REQUIRE(store->apply({{news.extraction()}, {}}).ok());
    const auto first = store->take_snapshot({"spring", "before the vote", "2026-01-02T03:04:05Z"});
    REQUIRE(first.ok());
    CHECK(first->version == 1);
    CHECK(first->counts.articles == 1);
    CHECK(first->hash == store->view()->content_hash());
    REQUIRE(store->apply({{news.extraction()}, {}}).ok());
    CHECK(store->take_snapshot({"spring", "", ""}).error().fault == Fault::conflict);
    CHECK(store->take_snapshot({"2024-05", "", ""}).error().fault == Fault::bad_input);
    CHECK(store->take_snapshot({"17", "", ""}).error().fault == Fault::bad_input);
    CHECK(store->take_snapshot({"late", "", "", Version{9}}).error().fault == Fault::bad_input);
    REQUIRE(store->take_snapshot({"start", "", "", Version{0}}).ok());
    if (on_disk) {
      store.reset();
      store = open_or_die(scratch.path());
    }
    const auto all = store->snapshots();
    REQUIRE(all->size() == 2);
    CHECK((*all)[0].name == "start");
    CHECK((*all)[1].name == "spring");
    CHECK((*all)[1].note == "before the vote");
    CHECK((*all)[1].hash == first->hash);
    require_clean(*store);
    CHECK(store->remove_snapshot("spring").ok());
    CHECK(store->remove_snapshot("spring").error().fault == Fault::not_found);
    CHECK(store->snapshots()->size() == 1);
  }
}

TEST_CASE("what is forgotten is refused, and what is kept reads as before") {
  for (std::uint64_t seed = 21; seed < 21 + seeds(); ++seed) {
    CAPTURE(seed);
    const Scratch scratch;
    const OpenOptions options{.names = lore()};
    RandomNews news(seed, 10);
    auto store = open_or_die(scratch.path(), options);
    std::vector<Extraction> written;
    std::vector<std::vector<std::string>> recorded{held(*store->view())};
    const auto grow = [&](int steps) {
      for (int step = 0; step < steps; ++step) {
        REQUIRE(store->apply(linked_batch(news, written, *store)).ok());
        if (store->view()->version() == recorded.size()) recorded.push_back(held(*store->view()));
      }
    };
    grow(16);
    const Version oldest = 5 + news.below(8);
    REQUIRE(store->view()->at(oldest - 1).ok());
    REQUIRE(store->take_snapshot({"keep", "", "", oldest - 1}).ok());
    CHECK(store->forget(oldest).error().fault == Fault::conflict);
    REQUIRE(store->remove_snapshot("keep").ok());
    REQUIRE(store->forget(oldest).ok());
    CHECK(store->view()->oldest() == oldest);
    CHECK_FALSE(store->view()->at(oldest - 1).ok());
    CHECK_FALSE(store->changes(oldest - 1, kForever, 10).ok());
    require_clean(*store);
    grow(5);
    store.reset();
    store = open_or_die(scratch.path(), options);
    for (Version version = oldest; version < recorded.size(); ++version) {
      CAPTURE(version);
      const auto past = store->view()->at(version);
      REQUIRE(past.ok());
      // Ids whose every actor is forgotten are nobody's any more.
      std::vector<std::string> expected = recorded[version], found = held(**past);
      const auto ended = [](const std::string& line) { return line.starts_with("named ") || line.find(" 0 0 - -") != std::string::npos; };
      std::erase_if(expected, ended);
      std::erase_if(found, ended);
      std::erase_if(expected, [](const std::string& line) { return line.starts_with("entity ") && line.find("] 0 0 ") != std::string::npos; });
      std::erase_if(found, [](const std::string& line) { return line.starts_with("entity ") && line.find("] 0 0 ") != std::string::npos; });
      // And a stretch of an edge begins at the oldest version when it began earlier.
      for (auto* lines : {&found, &expected})
        for (std::string& line : *lines)
          if (line.starts_with("edge ")) line.erase(line.rfind(' '));
      require_same(found, expected);
    }
    require_clean(*store);
  }
}

TEST_CASE("a backup made between batches is a store of that moment; restored, it goes on") {
  const Scratch scratch;
  RandomNews news(12, 10);
  const auto store = open_or_die(scratch.path());
  std::vector<Extraction> written;
  for (int i = 0; i < 8; ++i) REQUIRE(store->apply(random_batch(news, written, *store->view())).ok());
  const auto before = everything(*store->view());
  REQUIRE(store->backup(scratch.path("backup")).ok());
  CHECK(store->backup(scratch.path("backup")).error().fault == Fault::bad_input);
  REQUIRE(store->apply({{news.extraction()}, {}}).ok());
  CHECK(everything(*open_or_die(scratch.path("backup"), {.read_only = true})->view()) == before);
  const auto restored = restore(scratch.path("backup"), scratch.path("again"));
  REQUIRE_MESSAGE(restored.ok(), restored.error().message);
  const auto again = open_or_die(scratch.path("again"));
  CHECK(everything(*again->view()) == before);
  CHECK(again->apply({{news.extraction()}, {}}).ok());
  CHECK(restore(scratch.path("nothing"), scratch.path("no")).error().fault == Fault::not_found);
  CHECK_FALSE(std::filesystem::exists(scratch.path("no")));
}

TEST_CASE("a new wording of an address replaces the old one") {
  const Scratch scratch;
  for (const bool on_disk : {false, true}) {
    const auto store = on_disk ? open_or_die(scratch.path()) : open_memory();
    RandomNews news(3);
    const auto wording = [&](const std::string& uri, std::optional<Day> published) {
      Extraction extraction = news.extraction();
      extraction.article.uri = uri;
      extraction.article.published = published;
      extraction.article.id = article_id(extraction.article);
      return extraction;
    };
    const auto old = wording("https://paper.example/a", Day{100}), newer = wording("https://paper.example/a", Day{101}), same_day = wording("https://paper.example/a", Day{101});
    REQUIRE(store->apply({{old}, {}}).ok());
    const auto replaced = store->apply({{newer}, {}});
    REQUIRE(replaced.ok());
    CHECK(replaced->retracted == std::vector{old.article.id});
    CHECK(store->view()->articles() == std::vector{newer.article.id});
    CHECK((*store->view()->at(1))->articles() == std::vector{old.article.id});
    const auto outdated = store->apply({{old}, {}});
    REQUIRE(outdated.ok());
    CHECK(outdated->outdated == std::vector{old.article.id});
    CHECK(outdated->version == replaced->version);
    REQUIRE(store->apply({{same_day}, {}}).ok());
    CHECK(store->view()->articles() == std::vector{same_day.article.id});
    Batch forced{{old}, {}};
    forced.correction = Correction::all;
    REQUIRE(store->apply(forced).ok());
    CHECK(store->view()->articles() == std::vector{old.article.id});
    Batch both{{same_day, newer}, {}};
    REQUIRE(store->apply(both).ok());
    CHECK(store->view()->articles() == std::vector{std::max(same_day.article.id, newer.article.id)});
    const auto file = wording("notes.txt", Day{100}), other_file = wording("notes.txt", Day{200});
    REQUIRE(store->apply({{file}, {}}).ok());
    REQUIRE(store->apply({{other_file}, {}}).ok());
    CHECK(store->view()->articles().size() == 3);
    require_clean(*store);
  }
}

namespace {

// A store as format 2 had it: no past, no addresses, shorter rows of state and of entities. Precondition: nothing was ever taken back.
void make_old(const std::string& folder) {
  using namespace storage;
  {
    const auto database = Database::open(folder, {});
    REQUIRE(database.ok());
    auto writes = (*database)->writes();
    REQUIRE(writes.ok());
    for (const Family family : {Family::past, Family::addresses})
      REQUIRE((*database)->scan(family, "", [&](std::string_view key, std::string_view) -> Result<void> {
        writes->remove(family, key);
        return {};
      }).ok());
    REQUIRE((*database)->scan(Family::entities, "", [&](std::string_view key, std::string_view value) -> Result<void> {
      REQUIRE(value.back() == '\0');
      writes->put(Family::entities, key, value.substr(0, value.size() - 1));
      return {};
    }).ok());
    const auto state = decode_state_row(**(*database)->get(Family::meta, kStateKey));
    ByteWriter old;
    old.fixed32(state->version);
    for (const std::uint64_t count : {state->articles, state->entities, state->statements, state->relations}) old.fixed64(count);
    writes->put(Family::meta, kStateKey, old.bytes());
    REQUIRE((*database)->write(*writes).ok());
  }
  std::ofstream(folder + "/RELATA") << "relata store, format 2\nready\n";
}

}  // namespace

TEST_CASE("a store of format 2 is brought to this one, with its newest version as the oldest") {
  const Scratch scratch;
  RandomNews news(8, 10);
  std::vector<std::string> before;
  {
    const auto store = open_or_die(scratch.path());
    for (int i = 0; i < 5; ++i) REQUIRE(store->apply({{news.extraction(), news.extraction()}, {}}).ok());
    before = held(*store->view());
  }
  make_old(scratch.path());
  const auto reader = open_rocks(scratch.path(), {.read_only = true});
  REQUIRE_FALSE(reader.ok());
  CHECK(reader.error().message.find("migrate") != std::string::npos);
  for (int times = 0; times < 2; ++times) {
    const auto store = open_or_die(scratch.path());
    require_same(held(*store->view()), before);
    CHECK(store->view()->oldest() == 5);
    CHECK_FALSE(store->view()->at(4).ok());
    require_clean(*store);
  }
  const auto store = open_or_die(scratch.path());
  REQUIRE(store->apply({{news.extraction()}, {}}).ok());
  require_same(held(**store->view()->at(5)), before);
  require_clean(*store);
}
