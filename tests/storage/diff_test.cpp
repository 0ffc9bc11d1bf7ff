// Differences between versions: nothing is missing, nothing is told that is not so, and one merge is one line.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>

#include "graph/diff.h"
#include "graph/identity.h"
#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"

using namespace relata;
using namespace relata::tests;

namespace {

constexpr std::size_t kAll = 1'000'000;

std::uint64_t seeds() {
  const char* wanted = std::getenv("RELATA_HISTORY_SEEDS");
  return wanted != nullptr ? static_cast<std::uint64_t>(std::max(1, std::atoi(wanted))) : 6;
}

Diff between(const Store& store, Version a, Version b, std::optional<Day> known_a = {}, std::optional<Day> known_b = {}) {
  const auto view = store.view();
  const auto changes = store.changes(std::min(a, b), std::max(a, b), kAll);
  REQUIRE(changes.ok());
  auto found = diff({*view->at(a), known_a}, {*view->at(b), known_b}, *changes, {});
  REQUIRE_MESSAGE(found.ok(), found.error().message);
  return *std::move(found);
}

std::string told(const std::optional<RelationState>& state) {
  if (!state) return "-";
  return std::to_string(state->summary.asserted) + "/" + std::to_string(state->summary.denied) + "/" + std::to_string(state->summary.publishers) + "/" +
         std::to_string(std::lround(state->summary.confidence * 1e6));
}

std::vector<std::string> told(const Diff& diff) {
  std::vector<std::string> lines;
  for (const DiffLine& line : diff.lines) {
    std::string text = std::string(to_string(line.what)) + " " + std::string(to_string(line.cause)) + " " + line.key + " v" + std::to_string(line.version);
    for (const ArticleId id : line.articles) text += " " + to_string(id);
    for (const Decision& decision : line.decisions) text += " d" + std::to_string(decision.id);
    for (const Entity& entity : line.before) text += " <" + to_string(entity.id) + entity.name;
    for (const Entity& entity : line.after) text += " >" + to_string(entity.id) + entity.name;
    lines.push_back(text + " moved " + std::to_string(line.relations_moved) + " " + told(line.was) + " -> " + told(line.is));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// Every relation of a moment by what it is called, with its support.
std::map<std::string, std::string> relations(const GraphView& view, std::optional<Day> known_at) {
  Filter filter;
  filter.known_at = known_at;
  Grouping grouping(view, filter);
  std::map<std::string, std::string> all;
  for (Node node = 0; node < view.nodes(); ++node) {
    std::size_t budget = kAll;
    for (const Group& group : grouping.around(node, budget)) {
      const Summary summary = summarize(view, group.edges, group.version);
      const RelationKey& key = group.key;
      all[to_string(view.entity_id(key.source)) + "." + view.relation_types()[key.type] + "." + to_string(view.entity_id(key.target)) + "." +
          (key.begin > key.end ? "undated" : to_string(key.begin) + "/" + to_string(key.end))] = told(RelationState{{}, summary});
    }
  }
  return all;
}

// That the lines tell how one list of relations becomes the other. Precondition: no identity, so relations keep their names.
void check_complete(const Diff& diff) {
  const auto was = relations(*diff.before.view, diff.before.known_at), is = relations(*diff.after.view, diff.after.known_at);
  std::map<std::string, std::string> become = was;
  for (const DiffLine& line : diff.lines) {
    if (!line.was && !line.is) continue;
    const auto name = [](const RelationState& state, const GraphView& view) {
      const RelationKey& key = state.groups.front().key;
      return to_string(view.entity_id(key.source)) + "." + view.relation_types()[key.type] + "." + to_string(view.entity_id(key.target)) + "." +
             (key.begin > key.end ? "undated" : to_string(key.begin) + "/" + to_string(key.end));
    };
    if (line.was) {
      const std::string key = name(*line.was, *diff.before.view);
      REQUIRE(become.contains(key));
      CHECK(become[key] == told(line.was));
      become.erase(key);
    }
    if (line.is) become[name(*line.is, *diff.after.view)] = told(line.is);
  }
  CHECK(become == is);
}

}  // namespace

TEST_CASE("applied to the one, the lines make the other; from a moment to itself there are none; the way back is the same turned round") {
  for (std::uint64_t seed = 1; seed <= seeds() * 2; ++seed) {
    CAPTURE(seed);
    const auto store = open_memory();
    RandomNews news(seed, 12);
    std::vector<Extraction> written;
    for (int i = 0; i < 14; ++i) REQUIRE(store->apply(random_batch(news, written, *store->view())).ok());
    const Version newest = store->view()->version();
    for (int i = 0; i < 6; ++i) {
      const Version a = news.below(newest + 1), b = news.below(newest + 1);
      CAPTURE(a);
      CAPTURE(b);
      const Diff forth = between(*store, a, b);
      check_complete(forth);
      CHECK(told(reversed(between(*store, b, a))) == told(forth));
      CHECK(between(*store, a, a).lines.empty());
      const Day one{19000 + static_cast<std::int32_t>(news.below(400))}, other{19000 + static_cast<std::int32_t>(news.below(400))};
      const Diff days = between(*store, newest, newest, one, other);
      check_complete(days);
      CHECK(told(reversed(between(*store, newest, newest, other, one))) == told(days));
      CHECK(between(*store, newest, newest, one, one).lines.empty());
    }
  }
}

TEST_CASE("a store tells the differences its twin in memory tells, identity and all") {
  for (std::uint64_t seed = 31; seed < 31 + seeds(); ++seed) {
    CAPTURE(seed);
    const Scratch scratch;
    const OpenOptions options{.names = lore()};
    RandomNews news(seed, 10);
    const auto stored = open_or_die(scratch.path(), options);
    const auto memory = open_memory(options.names);
    std::vector<Extraction> written;
    for (int i = 0; i < 14; ++i) {
      const Batch batch = linked_batch(news, written, *memory);
      REQUIRE(stored->apply(batch).ok() == memory->apply(batch).ok());
    }
    const Version newest = stored->view()->version();
    for (int i = 0; i < 8; ++i) {
      const Version a = news.below(newest + 1), b = news.below(newest + 1);
      CAPTURE(a);
      CAPTURE(b);
      const Diff forth = between(*stored, a, b);
      CHECK(told(forth) == told(between(*memory, a, b)));
      CHECK(told(reversed(between(*stored, b, a))) == told(forth));
      CHECK(between(*stored, a, a).lines.empty());
    }
  }
}

namespace {

struct Said {
  std::string subject, type, object, time, uri = "https://paper.example/1", publisher = "Paper", extractor = "reader 1";
  Polarity polarity = Polarity::positive;
};

Extraction article(const Said& said) {
  Extraction extraction;
  extraction.extractor = said.extractor;
  Article& text = extraction.article;
  text.uri = said.uri;
  text.publisher = said.publisher;
  text.published = Day{19800};
  text.text = said.subject + " " + said.type + " " + said.object + " " + said.time + (said.polarity == Polarity::negative ? " not" : "");
  for (const std::string& name : {said.subject, said.object}) extraction.actors.push_back({name, EntityType::person, {name}, {{{0, 1}, MentionKind::name}}});
  Statement statement;
  statement.subject = 0;
  statement.object = 1;
  statement.type = said.type;
  statement.predicate = "do";
  statement.time = parse_when(said.time);
  statement.polarity = said.polarity;
  statement.confidence = 0.8f;
  statement.evidence = {0, 5};
  extraction.statements.push_back(statement);
  text.id = article_id(text);
  return extraction;
}

const DiffLine* line_of(const Diff& diff, DiffKind kind) {
  for (const DiffLine& line : diff.lines)
    if (line.what == kind) return &line;
  return nullptr;
}

std::size_t count(const Diff& diff, DiffKind kind) {
  return static_cast<std::size_t>(std::count_if(diff.lines.begin(), diff.lines.end(), [&](const DiffLine& line) { return line.what == kind; }));
}

}  // namespace

TEST_CASE("each kind of change has its line and its cause") {
  const auto store = open_memory(lore());
  const auto apply = [&](Batch batch) {
    const auto receipt = store->apply(batch);
    REQUIRE_MESSAGE(receipt.ok(), receipt.error().message);
    return receipt->version;
  };
  const auto first = article({"Mira Holt", "AID", "Pavel Dorn", "2024-03"});
  const Version one = apply({{first}, {}});
  SUBCASE("added") {
    const Diff diff = between(*store, 0, one);
    CHECK(count(diff, DiffKind::entity_added) == 2);
    const DiffLine* line = line_of(diff, DiffKind::relation_added);
    REQUIRE(line);
    CHECK(line->cause == DiffCause::article_added);
    CHECK(line->articles == std::vector{first.article.id});
    CHECK(line->version == one);
  }
  SUBCASE("retracted") {
    const Version two = apply({{}, {first.article.id}});
    const Diff diff = between(*store, one, two);
    CHECK(count(diff, DiffKind::entity_removed) == 2);
    REQUIRE(line_of(diff, DiffKind::relation_removed));
    CHECK(line_of(diff, DiffKind::relation_removed)->cause == DiffCause::article_retracted);
  }
  SUBCASE("better supported, then less") {
    const auto second = article({"Mira Holt", "AID", "Pavel Dorn", "2024-03", "https://other.example/1", "Other"});
    const Version two = apply({{second}, {}});
    const Diff better = between(*store, one, two);
    REQUIRE(better.lines.size() == 1);
    CHECK(better.lines[0].what == DiffKind::relation_better_supported);
    const Version three = apply({{}, {second.article.id}});
    const Diff less = between(*store, two, three);
    REQUIRE(less.lines.size() == 1);
    CHECK(less.lines[0].what == DiffKind::relation_less_supported);
    CHECK(less.lines[0].cause == DiffCause::article_retracted);
    CHECK(between(*store, one, three).lines.empty());
  }
  SUBCASE("contested, and no more") {
    const auto denial = article({"Mira Holt", "AID", "Pavel Dorn", "2024-03", "https://other.example/1", "Other", "reader 1", Polarity::negative});
    const Version two = apply({{denial}, {}});
    CHECK(line_of(between(*store, one, two), DiffKind::relation_contested));
    const Version three = apply({{}, {denial.article.id}});
    CHECK(line_of(between(*store, two, three), DiffKind::relation_uncontested));
  }
  SUBCASE("dated anew by a correction of the same address") {
    const Version two = apply({{article({"Mira Holt", "AID", "Pavel Dorn", "2024-04"})}, {}});
    const Diff diff = between(*store, one, two);
    REQUIRE(diff.lines.size() == 1);
    CHECK(diff.lines[0].what == DiffKind::relation_redated);
    CHECK((diff.lines[0].was && diff.lines[0].is));
  }
  SUBCASE("read anew by another extractor") {
    auto again = first;
    again.extractor = "reader 2";
    again.statements[0].type = "FIGHT";
    const Version two = apply({{again}, {first.article.id}});
    const Diff diff = between(*store, one, two);
    REQUIRE(line_of(diff, DiffKind::relation_added));
    CHECK(line_of(diff, DiffKind::relation_added)->cause == DiffCause::extractor_changed);
    CHECK(line_of(diff, DiffKind::relation_removed)->cause == DiffCause::extractor_changed);
    CHECK(count(diff, DiffKind::entity_added) + count(diff, DiffKind::entity_removed) == 0);
  }
  SUBCASE("merged by a decision, in one line, and parted again") {
    std::vector<Extraction> more;
    for (int i = 0; i < 5; ++i) more.push_back(article({"Zora Vance", "FIGHT", "Pavel Dorn", "2024-0" + std::to_string(i + 1), "https://z.example/" + std::to_string(i)}));
    const Version two = apply({more, {}});
    const auto view = store->view();
    Decision merge;
    merge.a = entity_id("person|mira holt");
    merge.b = entity_id("person|zora vance");
    merge.author = "an analyst";
    const Version three = apply({{}, {}, {merge}});
    const Diff merged = between(*store, two, three);
    REQUIRE(merged.lines.size() == 1);
    CHECK(merged.lines[0].what == DiffKind::entity_merged);
    CHECK(merged.lines[0].cause == DiffCause::identity_changed);
    CHECK(merged.lines[0].before.size() == 2);
    REQUIRE(merged.lines[0].decisions.size() == 1);
    CHECK(merged.lines[0].decisions[0].author == "an analyst");
    CHECK(merged.lines[0].relations_moved > 0);
    Decision undo;
    undo.kind = DecisionKind::undo;
    undo.undone = 1;
    const Version four = apply({{}, {}, {undo}});
    const Diff parted = between(*store, three, four);
    REQUIRE(parted.lines.size() == 1);
    CHECK(parted.lines[0].what == DiffKind::entity_split);
    CHECK(between(*store, two, four).lines.empty());
  }
}
