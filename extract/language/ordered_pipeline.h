// Work on many things by several threads, in at one end and out at the other in the same order.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace relata {

// Reads, works and writes until there is nothing left to read:
//   read()      -> std::optional<In>; nothing: the end
//   work(In)    -> Out, on any thread
//   write(Out)  -> bool, in the order of reading; false: stop, nothing more is read or written
// read is called by one thread at a time, and so is write, but not always by the same one. At most 2 * threads + 2 things are between
// read and write: when writing is slow, reading waits (memory does not depend on the length of the input). `threads` threads do the
// work, the caller's among them; with 1 there is no other. An exception of any of the three ends the work and reaches the caller.
template <typename In, typename Out>
class OrderedPipeline {
 public:
  explicit OrderedPipeline(std::size_t threads) : threads_(std::max<std::size_t>(threads, 1)), done_(2 * threads_ + 2) {}

  template <typename Read, typename Work, typename Write>
  void run(Read&& read, Work&& work, Write&& write) {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads_; ++i) others.emplace_back([&] { take_part(read, work, write); });
    take_part(read, work, write);
    others.clear();  // joins
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  template <typename Read, typename Work, typename Write>
  void take_part(Read& read, Work& work, Write& write) {
    try {
      for (std::uint64_t ticket = 0; std::optional<In> in = next(read, ticket);) finish(ticket, work(*std::move(in)), write);
    } catch (...) {  // not ours to judge: handed to the caller of run()
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stop();
    }
  }

  template <typename Read>
  std::optional<In> next(Read& read, std::uint64_t& ticket) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || (!reading_ && read_ - written_ < done_.size()); });
    if (stopped_) return std::nullopt;
    // Reading happens outside the lock, so that a slow source does not hold up those who finish.
    reading_ = true;
    lock.unlock();
    std::optional<In> in = read();
    lock.lock();
    reading_ = false;
    ticket = read_;
    if (in) {
      ++read_;
    } else {
      stopped_ = true;  // those at work still finish
    }
    changed_.notify_all();
    return in;
  }

  // Whoever brings the next one to write goes on writing as long as there are more.
  template <typename Write>
  void finish(std::uint64_t ticket, Out out, Write& write) {
    std::unique_lock lock(mutex_);
    done_[ticket % done_.size()] = std::move(out);
    if (writing_) return;
    writing_ = true;
    while (!broken_ && done_[written_ % done_.size()]) {
      Out ready = *std::move(done_[written_ % done_.size()]);
      done_[written_ % done_.size()].reset();
      lock.unlock();
      const bool more = write(std::move(ready));
      lock.lock();
      ++written_;
      if (!more) stop();
      changed_.notify_all();
    }
    writing_ = false;
  }

  // Precondition: mutex_ is held.
  void stop() {
    stopped_ = broken_ = true;
    changed_.notify_all();
  }

  const std::size_t threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below are guarded by mutex_.
  std::vector<std::optional<Out>> done_;  // by ticket modulo its size
  std::uint64_t read_ = 0, written_ = 0;  // tickets given out, tickets written
  bool reading_ = false, writing_ = false;
  bool stopped_ = false;  // nothing more is read
  bool broken_ = false;   // nothing more is written
  std::exception_ptr failure_;
};

}  // namespace relata
