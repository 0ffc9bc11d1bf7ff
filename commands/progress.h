// One line on a terminal that tells how far long work has come; silent when standard error is no terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace relata {

class Progress {
 public:
  explicit Progress(std::string what);  // "articles"
  ~Progress();                          // clears the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t by);  // any one thread at a time

 private:
  std::string what_;
  bool terminal_;
  std::uint64_t done_ = 0;
  std::chrono::steady_clock::time_point start_, shown_;
};

}  // namespace relata
