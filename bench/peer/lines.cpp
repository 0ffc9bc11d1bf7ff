// Prints the articles of a peer benchmark's data as lines of `relata extract`: bench_lines FOLDER > facts.jsonl
#include <cstdio>
#include <string>

#include "bench/peer/facts.h"
#include "extract/pipeline/line.h"

int main(int count, char** arguments) {
  if (count != 2) return std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]), 2;
  const relata::bench::Facts facts(arguments[1]);
  facts.each([](const relata::Extraction& extraction, std::size_t) {
    const std::string line = relata::to_line(extraction) + "\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
  });
}
