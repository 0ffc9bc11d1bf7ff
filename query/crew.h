// The threads of the server. Private to it, for it brings in Asio.
//
// Connections are parted over lanes, one for each processor, and each lane has one thread that reads, answers and writes for its
// connections: no hand-over and nobody to wake for a short question. When a lane's thread is still at one answer after some
// milliseconds, a spare thread takes the lane over beside it, and leaves when it is not needed any more.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>  // of which Asio has need
#include <vector>

#include <boost/asio.hpp>

namespace relata {

namespace net = boost::asio;

struct alignas(64) Lane {
  net::io_context context;
  net::executor_work_guard<net::io_context::executor_type> work = net::make_work_guard(context);
  std::atomic<std::size_t> connections{0};
  std::atomic<int> threads{1}, answering{0};  // of them
  std::atomic<std::uint64_t> answers{0};      // that ended
};

class Crew {
 public:
  // As many spares as there can be long answers at once.
  Crew(std::size_t lanes, std::size_t most_spares);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  net::io_context& first() { return lanes_.front()->context; }
  // The lane for the next connection. Called by one thread at a time.
  Lane& emptiest() const;

  void start();
  // Returns when no thread is in a lane any more.
  void stop();

  // The lane's thread is at an answer as long as this lives.
  class Answering {
   public:
    Answering(Crew& crew, Lane& lane) : lane_(lane) {
      lane_.answering.fetch_add(1);
      if (crew.asleep_) crew.rouse();
    }
    ~Answering() {
      lane_.answers.fetch_add(1);
      lane_.answering.fetch_sub(1);
    }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;

   private:
    Lane& lane_;
  };

 private:
  void watch();
  bool nobody_answers() const;
  void rouse();
  void help(Lane& lane);
  void be_spare();

  std::vector<std::unique_ptr<Lane>> lanes_;
  const std::size_t most_spares_;
  std::vector<std::thread> threads_;  // of the lanes, and the watch
  std::atomic<bool> asleep_{false};   // the watch: nothing is asked
  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  std::condition_variable needed_;
  std::deque<Lane*> waiting_;        // for a spare; guarded by mutex_
  std::vector<std::thread> spares_;  // guarded by mutex_
  std::size_t free_spares_ = 0;      // guarded by mutex_
};

}  // namespace relata
