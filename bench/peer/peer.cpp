// Relata in the peer benchmark, in process: bench_peer STORE FOLDER QUERIES.tsv EXPECTED OUT.json
//
// STORE: a folder or an address (then every query is fetched from the server: OpenOptions::distant) with a graph of the articles of FOLDER: what `relata load --no-names` makes of the lines of bench_lines. If it is missing it is made, without
// the detour over JSON. EXPECTED: an answer a line, as the benchmark's
// reference prints them. Opens the store, asks every query once after a short warm-up, and writes the latencies in the benchmark's format.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>

#include "bench/peer/classes.h"
#include "storage/store.h"

namespace {

using namespace relata;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kPortion = 256;  // articles

double milliseconds(Clock::time_point since) { return std::chrono::duration<double, std::milli>(Clock::now() - since).count(); }

struct Asked {
  std::vector<bench::Query> queries;
  std::vector<std::string> expected;
};

std::map<char, Asked> read(const std::string& queries_path, const std::string& expected_path) {
  std::map<char, Asked> classes;
  std::ifstream queries(queries_path), expected(expected_path);
  for (std::string line, answer; std::getline(queries, line) && std::getline(expected, answer);) {
    bench::Query query;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) query.push_back(cell);
    Asked& asked = classes[line[0]];
    asked.queries.push_back(std::move(query));
    asked.expected.push_back(answer);
  }
  return classes;
}

struct Measured {
  std::vector<double> latencies;  // ms, in the order of the queries
  int wrong = 0;
};

// A view that fetches is made anew for each question, as the program does, and that is timed too.
Measured run(const Store& store, const bench::Numbers& numbers, const bench::Classes& whole, const Asked& asked) {
  const std::size_t count = asked.queries.size();
  const bool fetches = !whole.view().whole();
  for (std::size_t i = count - std::min<std::size_t>(10, count); i < count; ++i) whole.ask(asked.queries[i]);
  Measured result;
  for (std::size_t i = 0; i < count; ++i) {
    const auto began = Clock::now();
    const auto view = fetches ? store.view() : nullptr;
    std::optional<bench::Classes> own;
    if (fetches) own.emplace(*view, numbers);
    const bench::Classes& classes = fetches ? *own : whole;
    const auto answer = classes.ask(asked.queries[i]);
    result.latencies.push_back(milliseconds(began));
    if (view)
      if (const auto fetched = view->fetched(); !fetched) std::fprintf(stderr, "%s\n", fetched.error().message.c_str());
    const std::string told = classes.check_value(asked.queries[i], answer);
    if (told == asked.expected[i]) continue;
    if (++result.wrong <= 3) std::fprintf(stderr, "class %s query %zu: %s instead of %s\n", asked.queries[i][0].c_str(), i, told.c_str(), asked.expected[i].c_str());
  }
  return result;
}

void print(std::FILE* out, const char* name, Measured result) {
  std::fprintf(out, "\"%s\": {\"n\": %zu, \"of\": %zu, \"wrong\": %d, \"timeouts\": 0, \"lat_ms\": [", name, result.latencies.size(), result.latencies.size(), result.wrong);
  for (std::size_t i = 0; i < result.latencies.size(); ++i) std::fprintf(out, "%s%.4f", i > 0 ? ", " : "", result.latencies[i]);
  std::sort(result.latencies.begin(), result.latencies.end());
  const auto at = [&](double share) { return result.latencies[std::min(result.latencies.size() - 1, static_cast<std::size_t>(share * static_cast<double>(result.latencies.size())))]; };
  std::fprintf(out, "], \"p50_ms\": %.4f, \"p90_ms\": %.4f, \"p99_ms\": %.4f, \"max_ms\": %.4f}", at(0.5), at(0.9), at(0.99), at(1));
  std::printf("%s: p50 %.4f ms, p99 %.4f ms, %d wrong of %zu\n", name, at(0.5), at(0.99), result.wrong, result.latencies.size());
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double disk_mb(const std::string& folder) {
  double bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  return bytes / 1e6;
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// What making the articles costs is told apart: it is the benchmark's, not the store's.
Result<void> make(const std::string& folder, const bench::Facts& facts) {
  const double start = processor_seconds();
  facts.each([](const Extraction&, std::size_t) {});
  const double making = processor_seconds() - start;
  const auto store = open_rocks(folder);
  if (!store) return store.error();
  const auto began = Clock::now();
  bench::Stream stream(facts);
  const auto loaded = (*store)->load([&]() -> Result<Store::Portion> {
    const auto articles = std::make_shared<std::vector<Extraction>>();
    while (articles->size() < kPortion) {
      auto article = stream.next();
      if (!article) break;
      articles->push_back(*std::move(article));
    }
    if (articles->empty()) return Store::Portion();
    return Store::Portion([articles] { return Result(std::move(*articles)); });
  });
  if (!loaded) return loaded.error();
  const double spent = processor_seconds() - start - 2 * making, statements = static_cast<double>((*store)->view()->statements());
  std::printf("loaded %.0f statements in %.1f s, %.1f s of processor time without making them: %.0f a second of one core\n", statements, milliseconds(began) / 1000, spent, statements / spent);
  std::printf("peak %.0f MB\n", peak_mb());
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) return std::fprintf(stderr, "usage: %s STORE FOLDER QUERIES.tsv EXPECTED OUT.json\n", arguments[0]), 2;
  const auto classes_asked = read(arguments[3], arguments[4]);
  const bool server = std::string_view(arguments[1]).starts_with("postgresql://");
  if (!server && !std::filesystem::exists(arguments[1]))
    if (const auto made = make(arguments[1], bench::Facts(arguments[2])); !made) return std::fprintf(stderr, "%s\n", made.error().message.c_str()), 3;
  const auto began = Clock::now();
  OpenOptions options;
  options.read_only = true;
  options.distant = server;
  options.tell = [](const std::string& what) { std::fprintf(stderr, "%s\n", what.c_str()); };
  const auto store = open_store(arguments[1], options);
  if (!store) return std::fprintf(stderr, "%s\n", store.error().message.c_str()), 3;
  const auto view = (*store)->view();
  const std::size_t first_answer = view->named("a", 1).size();
  const double open = milliseconds(began), opened_peak = peak_mb();
  std::printf("opened to the first answer (%zu) in %.0f ms; %zu statements, peak %.0f MB\n", first_answer, open, view->statements(), opened_peak);
  const bench::Numbers numbers{bench::Facts(arguments[2])};
  const bench::Classes classes(*view, numbers);
  std::FILE* const out = std::fopen(arguments[5], "w");
  if (out == nullptr) return std::perror(arguments[5]), 2;
  std::fprintf(out, "{\"system\": \"relata\", \"version\": \"0.1.0\", \"facts\": %zu, \"open_ms\": %.1f, \"peak_rss_mb\": %.0f, \"disk_mb\": %.0f, \"classes\": {", view->statements(),
               open, opened_peak, server ? 0 : disk_mb(arguments[1]));
  int wrong = 0;
  for (const auto& [name, asked] : classes_asked) {
    const Measured result = run(**store, numbers, classes, asked);
    wrong += result.wrong;
    if (name != classes_asked.begin()->first) std::fprintf(out, ", ");
    print(out, std::string(1, name).c_str(), result);
  }
  std::fprintf(out, "}}\n");
  std::fclose(out);
  return wrong > 0 ? 1 : 0;
}
