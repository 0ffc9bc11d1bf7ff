// A graph of many statements on disk: bytes a statement, writing beside RocksDB writing the same bytes, differences, opening, older versions.
//   bench_history [STATEMENTS [FOLDER [batches|bulk]]]
// Articles of five statements about a world where few entities are in most of the news; batches of 256 articles, each synced.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "graph/diff.h"
#include "graph/relations.h"
#include "storage/database.h"
#include "storage/store.h"

namespace {

using namespace relata;
namespace fs = std::filesystem;

constexpr std::size_t kStatements = 5, kBatch = 256;

// Processor time of the whole process, background threads too, and time on the clock.
class Watch {
 public:
  double cpu() const { return static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC; }
  double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count(); }

 private:
  std::clock_t cpu_ = std::clock();
  std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
};

class World {
 public:
  World(std::size_t entities, std::uint64_t seed) : entities_(entities), random_(seed) {}

  Extraction article(std::size_t number) {
    static constexpr const char* kTypes[] = {"CONSULT", "FIGHT", "AID", "ACCUSE", "AGREE", "PRAISE", "THREATEN", "SANCTION"};
    Extraction extraction;
    extraction.extractor = "bench 1";
    Article& article = extraction.article;
    article.uri = "https://news.example/" + std::to_string(number);
    article.title = "Report " + std::to_string(number);
    article.publisher = "Paper " + std::to_string(below(50));
    article.published = Day{16436 + static_cast<std::int32_t>(number % 3650)};
    article.published_from = PublishedFrom::metadata;
    std::map<std::size_t, ActorIndex> actors;
    const auto actor = [&](std::size_t who) {
      const auto [at, fresh] = actors.try_emplace(who, static_cast<ActorIndex>(extraction.actors.size()));
      if (fresh) {
        const std::string name = "Person" + std::to_string(who % 9973) + " Family" + std::to_string(who);
        extraction.actors.push_back({name, EntityType::person, {name}, {}});
      }
      return at->second;
    };
    for (std::size_t i = 0; i < kStatements; ++i) {
      const std::size_t subject = somebody(), object = somebody();
      Statement statement;
      statement.subject = actor(subject);
      statement.object = actor(object == subject ? (subject + 1) % entities_ : object);
      statement.type = kTypes[below(8)];
      statement.predicate = "do";
      if (below(10) < 7) {
        const YearMonthDay date = civil(*article.published);
        statement.time = parse_when(std::to_string(date.year) + (date.month < 10 ? "-0" : "-") + std::to_string(date.month));
      }
      statement.polarity = below(14) == 0 ? Polarity::negative : Polarity::positive;
      statement.confidence = 0.5f + static_cast<float>(below(50)) / 100;
      const auto begin = static_cast<std::uint32_t>(article.text.size());
      article.text += extraction.actors[statement.subject].name + " did something to " + extraction.actors[statement.object].name + " on that day. ";
      statement.evidence = {begin, static_cast<std::uint32_t>(article.text.size() - 1)};
      extraction.statements.push_back(std::move(statement));
    }
    for (Actor& each : extraction.actors) each.mentions.push_back({{0, 5}, MentionKind::name});
    article.id = article_id(article);
    return extraction;
  }

 private:
  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }
  // Density 1 / rank: the first is an end of about one statement in fifteen.
  std::size_t somebody() {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    return std::min(entities_ - 1, static_cast<std::size_t>(std::pow(static_cast<double>(entities_), u) - 1));
  }
  std::size_t entities_;
  std::mt19937_64 random_;
};

// Processor time of this thread alone: what one question costs while the store tidies up in the background.
double thread_cpu() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

[[noreturn]] void die(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  std::exit(3);
}

double per_statement(const std::string& folder, std::string_view prefix, std::size_t statements) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().filename().string().starts_with(prefix)) bytes += entry.file_size();
  return static_cast<double>(bytes) / static_cast<double>(statements);
}

// Keys and values of a store into an empty database of the same options, in as many batches. Of more than kMostRaw only every so-manieth, in as
// many batches fewer: what they would take is told of all, and is less than all would, which a deeper database would hold.
constexpr std::uint64_t kMostRaw = 5'000'000;
void copy_raw(const std::string& from, const std::string& to, std::size_t batches, std::uint64_t statements) {
  using namespace storage;
  const auto source = Database::open(from, {.create = false, .read_only = true});
  const auto target = Database::open(to, {});
  if (!source) die(source.error());
  if (!target) die(target.error());
  std::vector<std::tuple<Family, std::string, std::string>> rows;
  const std::uint64_t each_of = std::max<std::uint64_t>(1, statements * 9 / 2 / kMostRaw);  // some 4.5 rows a statement
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const auto family = static_cast<Family>(i);
    const auto read = (*source)->scan(family, "", [&](std::string_view key, std::string_view value) -> Result<void> {
      if (seen++ % each_of == 0) rows.emplace_back(family, key, value);
      return {};
    });
    if (!read) die(read.error());
  }
  std::shuffle(rows.begin(), rows.end(), std::mt19937_64(3));
  const Watch watch;
  const std::size_t each = rows.size() * each_of / batches + 1;
  for (std::size_t first = 0; first < rows.size(); first += each) {
    auto writes = (*target)->writes();
    if (!writes) die(writes.error());
    for (std::size_t i = first; i < std::min(rows.size(), first + each); ++i) writes->put(std::get<0>(rows[i]), std::get<1>(rows[i]), std::get<2>(rows[i]));
    if (auto written = (*target)->write(*writes); !written) die(written.error());
  }
  const auto times = static_cast<double>(each_of);
  std::printf("RocksDB, the same keys and values (%zu of them written, one in %llu) in as many synced batches: %.1f s of processor time, %.1f s\n", rows.size(),
              static_cast<unsigned long long>(each_of), watch.cpu() * times, watch.wall() * times);
}

// What growing the store took.
struct Grown {
  double cpu = 0, wall = 0;
  std::size_t batches = 0;
};

Grown grow(Store& store, World& world, std::size_t& number, std::size_t statements) {
  Grown grown;
  while (number * kStatements < statements) {
    Batch batch;
    for (std::size_t i = 0; i < kBatch; ++i) batch.add.push_back(world.article(number++));
    const Watch watch;
    const auto receipt = store.apply(batch);
    if (!receipt) die(receipt.error());
    grown.cpu += watch.cpu();
    grown.wall += watch.wall();
    ++grown.batches;
  }
  return grown;
}

// All at once. What it takes to make the articles up is taken off.
Grown load(Store& store, World& world, std::size_t& number, std::size_t statements) {
  double making = 0;
  const Watch watch;
  const auto receipt = store.load([&]() -> Result<Store::Portion> {
    if (number * kStatements >= statements) return Store::Portion();
    const double begun = thread_cpu();
    const auto portion = std::make_shared<std::vector<Extraction>>();
    for (std::size_t i = 0; i < kBatch; ++i) portion->push_back(world.article(number++));
    making += thread_cpu() - begun;
    return Store::Portion([portion] { return std::move(*portion); });
  });
  if (!receipt) die(receipt.error());
  return {watch.cpu() - making, watch.wall() - making, number / kBatch};
}

void measure_diffs(Store& store, World& world, std::size_t& number) {
  for (int changed = 0; changed < 8; ++changed) {
    Batch batch;
    for (std::size_t i = 0; i < 200; ++i) batch.add.push_back(world.article(number++));
    if (changed % 2 == 1) {  // as many taken back
      const auto held = store.view()->articles();
      for (std::size_t i = 0; i < 100; ++i) batch.retract.push_back(held[i * held.size() / 100]);
      batch.add.resize(100);
    }
    const auto receipt = store.apply(batch);
    if (!receipt) die(receipt.error());
    const auto view = store.view();
    const double begun = thread_cpu();
    const Watch watch;
    const auto changes = store.changes(receipt->version - 1, receipt->version, 10);
    const auto before = view->at(receipt->version - 1);
    if (!changes) die(changes.error());
    if (!before) die(before.error());
    const auto found = diff({*before, {}}, {view, {}}, *changes, {});
    if (!found) die(found.error());
    std::printf("diff of 1000 changed statements: %zu lines, %.1f ms of processor time, %.1f ms\n", found->lines.size(), (thread_cpu() - begun) * 1000, watch.wall() * 1000);
  }
}

// The same question of entities drawn from the news, put to the newest version and to older ones.
void measure_versions(const Store& store, std::size_t entities) {
  constexpr std::size_t kAsked = 2000;
  const auto newest = store.view();
  std::vector<EntityId> ids;
  std::mt19937_64 random(5);
  for (std::size_t i = 0; i < kAsked; ++i) {
    const double u = std::uniform_real_distribution<double>(0, 1)(random);
    const auto who = static_cast<std::size_t>(std::pow(static_cast<double>(entities), u) - 1);
    ids.push_back(entity_id("person|person" + std::to_string(who % 9973) + " family" + std::to_string(who)));
  }
  for (const unsigned part : {8u, 7u, 4u, 1u}) {
    const Version version = static_cast<Version>(std::uint64_t{newest->version()} * part / 8);
    for (int round = 0; round < 2; ++round) {  // the first of a version pays for pages of the disk
      const double opening = thread_cpu();
      const auto view = newest->at(version);
      if (!view) die(view.error());
      const double opened = thread_cpu() - opening;
      Filter filter;
      filter.version = version;
      const double begun = thread_cpu();
      std::size_t found = 0, relations = 0;
      for (const EntityId id : ids) {
        const auto node = (*view)->node(id);
        if (!node) continue;
        found += (*view)->entity(*node).statements;
        Grouping grouping(**view, filter);
        std::size_t budget = 50;
        relations += grouping.around(*node, budget).size();
      }
      std::printf("version %u%s: opened in %.2f ms, an entity with 50 of its edges in %.1f us of processor time (%zu statements, %zu relations)\n", version,
                  round == 0 ? ", first" : "", opened * 1000, (thread_cpu() - begun) * 1e6 / kAsked, found, relations);
    }
  }
}

}  // namespace

// A store that is in the folder already is measured and kept.
int main(int argc, char** argv) {
  const std::size_t statements = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const fs::path root = argc > 2 ? argv[2] : fs::temp_directory_path() / "relata-bench-history";
  const bool bulk = argc > 3 && std::string_view(argv[3]) == "bulk";
  const std::string folder = (root / "store").string();
  const bool kept = fs::exists(folder);
  fs::create_directories(root);
  std::size_t number = 0, held = statements;
  Grown grown;
  if (!kept) {
    World world(statements / 10, 7);
    const auto store = open_rocks(folder);
    if (!store) die(store.error());
    grown = bulk ? load(**store, world, number, statements) : grow(**store, world, number, statements);
    const double count = static_cast<double>(number * kStatements);
    std::printf("%.0f statements %s: %.1f s of processor time, %.1f s; %.0f statements/s of processor time\n", count,
                bulk ? "as one load" : ("in " + std::to_string(grown.batches) + " batches").c_str(), grown.cpu, grown.wall, count / grown.cpu);
  }
  std::fflush(stdout);
  for (const char* when : {"opened", "opened again"}) {
    const Watch opening;
    const auto store = open_rocks(folder);
    if (!store) die(store.error());
    const std::size_t found = (*store)->view()->named("person7", 10).size();
    std::printf("%s, with a first answer of %zu, in %.2f s of processor time, %.2f s\n", when, found, opening.cpu(), opening.wall());
    if (std::string_view(when) == "opened") continue;
    held = (*store)->view()->counts().statements;
    World later(statements / 10, 7 + (*store)->view()->version());
    number = held;  // none of these is there
    measure_diffs(**store, later, number);
    measure_versions(**store, statements / 10);
  }
  std::printf("%.0f bytes a statement on disk, of them %.0f the image of the newest view\n", per_statement(folder, "", held), per_statement(folder, "VIEW-", held));
  std::fflush(stdout);
  if (kept) return 0;
  copy_raw(folder, (root / "raw").string(), grown.batches, held);
  std::printf("the store took %.1f s of processor time, %.1f s\n", grown.cpu, grown.wall);
  fs::remove_all(root / "raw");
  if (argc <= 2) fs::remove_all(root);
}
