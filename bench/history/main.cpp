// A graph of many statements on disk: bytes a statement, writing beside RocksDB writing the same bytes, differences, opening.
//   bench_history [STATEMENTS [FOLDER]]
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
  explicit World(std::size_t entities) : entities_(entities) {}

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
  std::mt19937_64 random_{7};
};

[[noreturn]] void die(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  std::exit(3);
}

std::uintmax_t bytes_of(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

// Every key and value of a store into an empty database of the same options, as many batches.
void copy_raw(const std::string& from, const std::string& to, std::size_t batches) {
  using namespace storage;
  const auto source = Database::open(from, {.create = false, .read_only = true});
  const auto target = Database::open(to, {});
  if (!source) die(source.error());
  if (!target) die(target.error());
  std::vector<std::tuple<Family, std::string, std::string>> rows;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const auto family = static_cast<Family>(i);
    const auto read = (*source)->scan(family, "", [&](std::string_view key, std::string_view value) -> Result<void> {
      rows.emplace_back(family, key, value);
      return {};
    });
    if (!read) die(read.error());
  }
  std::shuffle(rows.begin(), rows.end(), std::mt19937_64(3));
  const Watch watch;
  const std::size_t each = rows.size() / batches + 1;
  for (std::size_t first = 0; first < rows.size(); first += each) {
    auto writes = (*target)->writes();
    if (!writes) die(writes.error());
    for (std::size_t i = first; i < std::min(rows.size(), first + each); ++i) writes->put(std::get<0>(rows[i]), std::get<1>(rows[i]), std::get<2>(rows[i]));
    if (auto written = (*target)->write(*writes); !written) die(written.error());
  }
  std::printf("RocksDB, the same %zu keys and values in as many synced batches: %.1f s of processor time, %.1f s\n", rows.size(), watch.cpu(), watch.wall());
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t statements = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const fs::path root = argc > 2 ? argv[2] : fs::temp_directory_path() / "relata-bench-history";
  fs::remove_all(root);
  fs::create_directories(root);
  const std::string folder = (root / "store").string();
  World world(statements / 10);
  std::size_t number = 0, batches = 0;
  double cpu = 0, wall = 0;
  {
    auto store = open_rocks(folder);
    if (!store) die(store.error());
    while (number * kStatements < statements) {
      Batch batch;
      for (std::size_t i = 0; i < kBatch; ++i) batch.add.push_back(world.article(number++));
      const Watch watch;
      const auto receipt = (*store)->apply(batch);
      if (!receipt) die(receipt.error());
      cpu += watch.cpu();
      wall += watch.wall();
      ++batches;
    }
    const double count = static_cast<double>(number * kStatements);
    std::printf("%.0f statements in %zu batches: %.1f s of processor time, %.1f s; %.0f statements/s of processor time\n", count, batches, cpu, wall, count / cpu);
    for (int changed = 0; changed < 5; ++changed) {
      Batch batch;
      for (std::size_t i = 0; i < 200; ++i) batch.add.push_back(world.article(number++));
      if (changed % 2 == 1) {  // as many taken back
        const auto held = (*store)->view()->articles();
        for (std::size_t i = 0; i < 100; ++i) batch.retract.push_back(held[i * held.size() / 100]);
        batch.add.resize(100);
      }
      const auto receipt = (*store)->apply(batch);
      if (!receipt) die(receipt.error());
      const auto view = (*store)->view();
      const Watch watch;
      const auto changes = (*store)->changes(receipt->version - 1, receipt->version, 10);
      const auto before = view->at(receipt->version - 1);
      if (!changes || !before) return 3;
      const auto found = diff({*before, {}}, {view, {}}, *changes, {});
      if (!found) die(found.error());
      std::printf("diff of 1000 changed statements: %zu lines, %.1f ms of processor time, %.1f ms\n", found->lines.size(), watch.cpu() * 1000, watch.wall() * 1000);
    }
  }
  const Watch opening;
  { const auto store = open_rocks(folder); if (!store) die(store.error()); }
  std::printf("opened in %.2f s of processor time, %.2f s\n", opening.cpu(), opening.wall());
  std::printf("%.0f bytes a statement on disk\n", static_cast<double>(bytes_of(folder)) / static_cast<double>(number * kStatements));
  copy_raw(folder, (root / "raw").string(), batches);
  std::printf("the store took %.1f s of processor time\n", cpu);
  fs::remove_all(root);
}
