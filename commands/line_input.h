// Lines of `relata extract` from files or standard input, read by several threads and given in their order.
#pragma once

#include <cstdint>
#include <deque>
#include <fstream>
#include <future>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "graph/extraction.h"
#include "graph/result.h"

namespace relata {

class LineInput {
 public:
  // `names`: files, "-" for standard input.
  explicit LineInput(std::vector<std::string> names) : names_(std::move(names)) {}

  // Nothing at the end; not_found when a file cannot be opened. A line that is no article is reported on standard error and skipped.
  Result<std::optional<Extraction>> next();
  std::uint64_t faults() const { return faults_; }

 private:
  struct Block {
    std::vector<Extraction> articles;
    std::vector<std::string> faults;
  };
  static Block read(const std::string& name, std::uint64_t first_line, const std::string& text);
  Result<void> dispatch();  // one more block, if there is one
  bool fill(std::string& text);

  std::vector<std::string> names_;
  std::size_t name_ = 0;          // the next to open
  std::ifstream file_;
  std::istream* in_ = nullptr;    // what is being read; null between files
  std::string rest_;              // of a line that the last block cut
  std::uint64_t lines_ = 0;       // of the file, dispatched
  std::deque<std::future<Block>> ahead_;
  Block block_;
  std::size_t at_ = 0;
  std::uint64_t faults_ = 0;
};

}  // namespace relata
