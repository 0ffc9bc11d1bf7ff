// Measurements of the language runtime; bench/language.sh puts them beside the original's.
//   bench_language text BYTES              prints articles, one a line
//   bench_language run FILE [THREADS]      parses the lines of FILE; prints {words, cpu, wall, peak_kb, load_ms} as JSON
//   bench_language peak                    prints the arithmetic peak of one core and what the window layers reach
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string_view>

#include "bench/language/arithmetic.h"
#include "bench/language/text.h"
#include "extract/language/language.h"

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

int run(const std::string& file) {
  const double before = seconds(CLOCK_MONOTONIC);
  const auto language = Language::load("models");
  if (!language) {
    std::cerr << language.error().message << '\n';
    return 3;
  }
  Article hello;
  hello.text = "Load me.";
  std::size_t words = language->parse(hello).tokens.size() * 0;
  const double loaded = seconds(CLOCK_MONOTONIC);
  const double cpu_before = seconds(CLOCK_PROCESS_CPUTIME_ID);
  std::ifstream in(file);
  std::vector<Article> batch;
  std::string line;
  for (bool more = true; more;) {
    more = static_cast<bool>(std::getline(in, line));
    if (more) batch.emplace_back().text = line;
    if (batch.size() < 32 && more) continue;
    for (const Document& document : language->parse(std::move(batch))) words += document.tokens.size();
    batch.clear();
  }
  const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_before, wall = seconds(CLOCK_MONOTONIC) - loaded;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("{\"words\": %zu, \"cpu\": %.4f, \"wall\": %.4f, \"load_ms\": %.2f, \"peak_kb\": %ld}\n", words, cpu, wall, 1e3 * (loaded - before),
              usage.ru_maxrss);
  return 0;
}

}  // namespace
}  // namespace relata

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "text" && argc > 2) return relata::print_text(std::strtoull(argv[2], nullptr, 10));
  if (what == "run" && argc > 2) return relata::run(argv[2]);
  if (what == "peak") return relata::print_arithmetic();
  std::cerr << "bench_language text BYTES | run FILE | peak\n";
  return 2;
}
