// Articles from files, folders and standard input, worked on by several threads and handed out in their order:
// what `extract` and `ingest` have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "extract/pipeline/extractor.h"
#include "extract/reading/article_source.h"
#include "graph/result.h"

namespace relata {

struct ArticleInput {
  std::vector<std::string> paths;
  std::string published, publisher;
  unsigned threads = 1;
  bool sentences = false;

  void add_options(CLI::App* command);
};

struct InputTally {
  std::uint64_t articles = 0, faults = 0;  // faults: lines and files that were skipped, each with a message on standard error
};

// Runs `work` on batches of articles in `input.threads` threads and `write` on what it makes, in input order. `write` returns
// false to stop. The error is one that no article could be read after; a bad line or file is reported and skipped.
Result<InputTally> for_each_batch(const ArticleInput& input, const std::function<std::string(std::vector<Article>)>& work,
                                  const std::function<bool(std::string)>& write);
Result<InputTally> for_each_batch(const ArticleInput& input, const std::function<std::vector<Extraction>(std::vector<Article>)>& work,
                                  const std::function<bool(std::vector<Extraction>)>& write);

}  // namespace relata
