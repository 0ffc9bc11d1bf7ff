// Bodies that take long to read: kept, worked off one after another, and asked about later.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "graph/result.h"

namespace relata {

struct Job {
  enum class State { waiting, working, done, failed };
  std::string id;
  State state = State::waiting;
  std::string receipt;  // JSON, when done
  Error error;          // when failed
};
std::string_view to_string(Job::State state);

// Threads: any number may submit and ask; one worker of its own does the work in the order it came.
class Jobs {
 public:
  using Work = std::function<Result<std::string>(std::string_view body, std::string_view media_type)>;
  explicit Jobs(Work work) : work_(std::move(work)) {}
  ~Jobs() { finish(); }
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // The id to ask for. Nothing when too much waits already, or after finish().
  std::optional<std::string> submit(std::string body, std::string media_type);
  // Nothing for an id never given, or of a job that ended long ago: the last kRemembered are kept.
  std::optional<Job> find(std::string_view id) const;
  std::size_t waiting() const;
  // Takes no more and returns when all that was taken is done.
  void finish();

  static constexpr std::size_t kMostWaiting = 64, kMostBytes = 256u << 20, kRemembered = 1000;

 private:
  struct Load {
    std::string id, body, media_type;
  };
  void run();

  Work work_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Load> queue_;
  std::size_t bytes_ = 0;
  bool ending_ = false;
  std::map<std::string, Job, std::less<>> jobs_;
  std::deque<std::string> ended_;
  std::thread worker_;  // started by the first job
};

}  // namespace relata
