#include "query/jobs.h"

#include <cstdio>
#include <exception>
#include <random>

namespace relata {
namespace {

std::string fresh_id() {
  std::random_device random;
  char text[18];
  std::snprintf(text, sizeof text, "j%08x%08x", random(), random());
  return text;
}

}  // namespace

std::string_view to_string(Job::State state) {
  switch (state) {
    case Job::State::waiting: return "waiting";
    case Job::State::working: return "working";
    case Job::State::done: return "done";
    case Job::State::failed: return "failed";
  }
  return "";
}

std::optional<std::string> Jobs::submit(std::string body, std::string media_type) {
  const std::lock_guard lock(mutex_);
  if (ending_ || queue_.size() >= kMostWaiting || (bytes_ > 0 && bytes_ + body.size() > kMostBytes)) return std::nullopt;
  Load load{fresh_id(), std::move(body), std::move(media_type)};
  const std::string id = load.id;
  bytes_ += load.body.size();
  jobs_[id] = Job{id, Job::State::waiting, {}, {}};
  queue_.push_back(std::move(load));
  if (!worker_.joinable()) worker_ = std::thread([this] { run(); });
  changed_.notify_one();
  return id;
}

std::optional<Job> Jobs::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t Jobs::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Jobs::run() {
  for (std::unique_lock lock(mutex_);;) {
    changed_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const Load load = std::move(queue_.front());
    queue_.pop_front();
    jobs_[load.id].state = Job::State::working;
    lock.unlock();
    Result<std::string> receipt = io_error("the work was broken off");
    try {
      receipt = work_(load.body, load.media_type);
    } catch (const std::exception& error) {
      receipt = io_error(std::string("an error of this program: ") + error.what());
    }
    lock.lock();
    bytes_ -= load.body.size();
    Job& job = jobs_[load.id];
    job.state = receipt ? Job::State::done : Job::State::failed;
    if (receipt)
      job.receipt = *std::move(receipt);
    else
      job.error = receipt.error();
    ended_.push_back(load.id);
    if (ended_.size() > kRemembered) {
      jobs_.erase(ended_.front());
      ended_.pop_front();
    }
  }
}

void Jobs::finish() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (worker_.joinable()) worker_.join();
}

}  // namespace relata
