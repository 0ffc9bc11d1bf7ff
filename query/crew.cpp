#include "query/crew.h"

#include <algorithm>
#include <chrono>

namespace relata {
namespace {

constexpr std::chrono::milliseconds kTick{1};      // an answer that takes no longer needs no help
constexpr std::chrono::milliseconds kStretch{50};  // a spare looks that often whether it is needed
constexpr int kQuiet = 100;                        // ticks without an answer until the watch sleeps

// Takes one thread away if another remains that is not at an answer.
bool leaves(Lane& lane) {
  int threads = lane.threads;
  while (threads - lane.answering >= 2)
    if (lane.threads.compare_exchange_weak(threads, threads - 1)) return true;
  return false;
}

}  // namespace

Crew::Crew(std::size_t lanes, std::size_t most_spares) : most_spares_(most_spares) {
  for (std::size_t i = 0; i < lanes; ++i) lanes_.push_back(std::make_unique<Lane>());
}

Crew::~Crew() { stop(); }

Lane& Crew::emptiest() const {
  return **std::min_element(lanes_.begin(), lanes_.end(), [](const auto& a, const auto& b) { return a->connections < b->connections; });
}

void Crew::start() {
  for (const auto& lane : lanes_) threads_.emplace_back([&context = lane->context] { context.run(); });
  threads_.emplace_back([this] { watch(); });
}

void Crew::stop() {
  ended_ = true;
  rouse();
  {
    const std::lock_guard lock(mutex_);
    needed_.notify_all();
  }
  for (const auto& lane : lanes_) lane->context.stop();
  for (std::thread& thread : threads_) thread.join();  // the watch among them: no spare is hired from now on
  threads_.clear();
  for (std::thread& spare : spares_) spare.join();
  spares_.clear();
}

bool Crew::nobody_answers() const {
  return std::all_of(lanes_.begin(), lanes_.end(), [](const auto& lane) { return lane->answering == 0; });
}

void Crew::rouse() {
  asleep_ = false;
  asleep_.notify_all();
}

// Looks every tick whether a lane whose threads are all at answers has ended none since the last.
void Crew::watch() {
  std::vector<std::uint64_t> before(lanes_.size());
  for (int quiet = 0; !ended_;) {
    if (quiet >= kQuiet) {
      asleep_ = true;
      if (nobody_answers() && !ended_) asleep_.wait(true);
      asleep_ = false;
      quiet = 0;
    }
    std::this_thread::sleep_for(kTick);
    ++quiet;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      Lane& lane = *lanes_[i];
      const std::uint64_t answers = lane.answers;
      const bool ended_some = std::exchange(before[i], answers) != answers;
      if (ended_some || lane.answering > 0) quiet = 0;
      if (!ended_some && lane.answering >= lane.threads) help(lane);
    }
  }
}

void Crew::help(Lane& lane) {
  const std::lock_guard lock(mutex_);
  if (free_spares_ <= waiting_.size()) {
    if (spares_.size() >= most_spares_) return;
    spares_.emplace_back([this] { be_spare(); });
    ++free_spares_;
  }
  ++lane.threads;
  waiting_.push_back(&lane);
  needed_.notify_one();
}

void Crew::be_spare() {
  std::unique_lock lock(mutex_);
  for (;;) {
    needed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (ended_) return;
    Lane& lane = *waiting_.front();
    waiting_.pop_front();
    --free_spares_;
    lock.unlock();
    do lane.context.run_for(kStretch);
    while (!ended_ && !leaves(lane));
    lock.lock();
    ++free_spares_;
  }
}

}  // namespace relata
