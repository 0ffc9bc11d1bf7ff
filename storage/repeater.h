// A thread that looks again and again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace relata::storage {

// Calls `look` after every pause until it is destroyed, which waits for a call under way.
class Repeater {
 public:
  Repeater(std::chrono::milliseconds pause, std::function<void()> look)
      : thread_([pause, look = std::move(look)](const std::stop_token& stop) {
          std::mutex resting;
          std::condition_variable_any rested;
          std::unique_lock rest(resting);
          while (!rested.wait_for(rest, stop, pause, [] { return false; }) && !stop.stop_requested()) look();
        }) {}

 private:
  std::jthread thread_;
};

}  // namespace relata::storage
