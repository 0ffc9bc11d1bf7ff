// Lines of `relata extract` from files or standard input, read by several threads and given in their order.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <istream>
#include <memory>
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

  // The articles of the next lines, made when it is called, on any thread, while the input lives; an empty one at the end. not_found when a
  // file cannot be opened. A line that is no article is reported on standard error and skipped.
  using Portion = std::function<Result<std::vector<Extraction>>()>;
  Result<Portion> portion();
  // One article after another, nothing at the end; read ahead by other threads. Instead of portion().
  Result<std::optional<Extraction>> next();
  // So far. Precondition: no portion is being made.
  std::uint64_t faults();

 private:
  struct Block {
    std::string text;  // whole lines
    std::string name;
    bool first = false;  // of its file
    // Written by who makes the portion, then `made` is set.
    struct Fault {
      std::uint64_t line;
      std::string what;
    };
    std::vector<Fault> faults;
    std::uint64_t lines = 0;
    std::atomic<bool> made = false;
  };
  static std::vector<Extraction> read(Block& block);
  Result<std::shared_ptr<Block>> take();  // the next block; null at the end
  bool fill(std::string& text);
  void tell();  // faults of blocks that are made, in order

  std::vector<std::string> names_;
  std::size_t name_ = 0;          // the next to open
  std::ifstream file_;
  std::istream* in_ = nullptr;    // what is being read; null between files
  bool fresh_ = false;            // nothing of it is read
  std::string rest_;              // of a line that the last block cut
  std::deque<std::shared_ptr<Block>> untold_;
  std::uint64_t lines_ = 0;       // of the file, told
  std::uint64_t faults_ = 0;
  std::deque<std::future<Result<std::vector<Extraction>>>> ahead_;  // of next()
  std::vector<Extraction> articles_;
  std::size_t at_ = 0;
};

}  // namespace relata
