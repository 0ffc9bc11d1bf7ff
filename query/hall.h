// So many requests are answered at once; the next wait in the order they came; more are turned away. Private to the server.
#pragma once

#include <deque>
#include <functional>
#include <mutex>

namespace relata {

class Hall {
 public:
  Hall(std::size_t seats, std::size_t most_waiting) : seats_(seats), most_waiting_(most_waiting) {}

  enum class Entry { seated, waiting, full };
  // Seated: the caller goes on at once and calls leave() at its end. Waiting: `later` is called by somebody else's leave(), has
  // the seat, and must only hand the work on to its own thread.
  Entry enter(std::function<void()> later) {
    const std::lock_guard lock(mutex_);
    if (busy_ < seats_) {
      ++busy_;
      return Entry::seated;
    }
    if (queue_.size() >= most_waiting_) return Entry::full;
    queue_.push_back(std::move(later));
    return Entry::waiting;
  }

  void leave() {
    std::function<void()> next;
    {
      const std::lock_guard lock(mutex_);
      if (queue_.empty()) {
        --busy_;
        return;
      }
      next = std::move(queue_.front());
      queue_.pop_front();
    }
    next();
  }

  std::size_t busy() const {
    const std::lock_guard lock(mutex_);
    return busy_;
  }
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
  }

 private:
  const std::size_t seats_, most_waiting_;
  mutable std::mutex mutex_;
  std::size_t busy_ = 0;
  std::deque<std::function<void()>> queue_;
};

}  // namespace relata
