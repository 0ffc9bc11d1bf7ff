#include "commands/progress.h"

#include <unistd.h>

#include <cstdio>

namespace relata {

Progress::Progress(std::string what)
    : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) == 1), start_(std::chrono::steady_clock::now()), shown_(start_) {}

Progress::~Progress() {
  if (terminal_ && done_ > 0) std::fprintf(stderr, "\r\033[K");
}

void Progress::advance(std::uint64_t by) {
  done_ += by;
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ || now - shown_ < std::chrono::milliseconds(200)) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::fprintf(stderr, "\r\033[K%llu %s, %.0f a second", static_cast<unsigned long long>(done_), what_.c_str(), static_cast<double>(done_) / seconds);
  std::fflush(stderr);
}

}  // namespace relata
