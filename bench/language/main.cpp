// Measurements of the language runtime; bench/language.sh puts them beside the original's.
//   bench_language text BYTES              prints articles, one a line
//   bench_language run FILE [THREADS] [reduced]   parses the lines of FILE; prints {words, cpu, wall, load_ms, peak_kb} as JSON
//   bench_language run FILE 1 SSE4         the same with the kernels of one instruction set
//   bench_language peak                    prints the arithmetic peak of one core and what the window layers reach
#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <optional>
#include <string_view>

#include "bench/language/arithmetic.h"
#include "bench/language/text.h"
#include "extract/language/kernels.h"
#include "extract/language/language.h"
#include "extract/language/ordered_pipeline.h"

namespace relata {
namespace {

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

int print_text(std::size_t bytes) {
  for (const std::string& article : make_articles(bytes, 1)) std::cout << article << '\n';
  return 0;
}

// Up to 32 articles, or a few when they are long.
std::optional<std::vector<Article>> read_batch(std::istream& in) {
  std::vector<Article> batch;
  std::size_t bytes = 0;
  for (std::string line; batch.size() < 32 && bytes < 200'000 && std::getline(in, line);) {
    bytes += line.size();
    batch.emplace_back().text = std::move(line);
  }
  if (batch.empty()) return std::nullopt;
  return batch;
}

int run(const std::string& file, std::size_t threads, Arithmetic arithmetic) {
  const double before = seconds(CLOCK_MONOTONIC);
  LanguageOptions options;
  options.arithmetic = arithmetic;
  const auto language = Language::load("models", options);
  if (!language) {
    std::cerr << language.error().message << '\n';
    return 3;
  }
  Article hello;
  hello.text = "Load me.";
  if (language->parse(hello).tokens.empty()) return 3;
  const double loaded = seconds(CLOCK_MONOTONIC), cpu_before = seconds(CLOCK_PROCESS_CPUTIME_ID);
  std::ifstream in(file);
  std::size_t words = 0;
  OrderedPipeline<std::vector<Article>, std::vector<Document>> pipeline(threads);
  pipeline.run([&] { return read_batch(in); }, [&](std::vector<Article> batch) { return language->parse(std::move(batch)); },
               [&](const std::vector<Document>& documents) {
                 for (const Document& document : documents) words += document.tokens.size();
                 return true;
               });
  const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_before, wall = seconds(CLOCK_MONOTONIC) - loaded;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("{\"words\": %zu, \"cpu\": %.4f, \"wall\": %.4f, \"load_ms\": %.2f, \"peak_kb\": %ld, \"arithmetic\": \"%s\"}\n", words, cpu,
              wall, 1e3 * (loaded - before), usage.ru_maxrss, language->arithmetic() == Arithmetic::reduced ? "bfloat16" : "float32");
  return 0;
}

}  // namespace
}  // namespace relata

// "reduced", or the name of an instruction set; empty: what the runtime does by itself. Nothing for any other word.
std::optional<relata::Arithmetic> arithmetic_of(std::string_view word) {
  if (word == "reduced") return relata::Arithmetic::reduced;
  std::array<std::int64_t, 16> targets{};
  const std::size_t count = relata::kernels::targets(targets.data(), targets.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (word != relata::kernels::target_name(targets[i])) continue;
    relata::kernels::use_only(targets[i]);
    return relata::Arithmetic::full;
  }
  return word.empty() ? std::optional(relata::Arithmetic::full) : std::nullopt;
}

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "text" && argc > 2) return relata::print_text(std::strtoull(argv[2], nullptr, 10));
  const auto arithmetic = arithmetic_of(argc > 4 ? argv[4] : "");
  if (what == "run" && argc > 2 && arithmetic) return relata::run(argv[2], argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1, *arithmetic);
  if (what == "peak") return relata::print_arithmetic();
  std::cerr << "bench_language text BYTES | run FILE [THREADS] [reduced | SSE4 | ...] | peak\n";
  return 2;
}
