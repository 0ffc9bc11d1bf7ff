#include "extract/language/ordered_pipeline.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>

namespace relata {
namespace {

// Counts up to `end`.
auto numbers(int end) {
  return [next = 0, end]() mutable { return next < end ? std::optional<int>(next++) : std::nullopt; };
}

void work_unevenly(int number) {
  if (number % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
}

}  // namespace

TEST_CASE("results come out in the order of the input, whoever is faster") {
  for (const std::size_t threads : {1, 2, 3, 8}) {
    OrderedPipeline<int, int> pipeline(threads);
    std::vector<int> out;
    pipeline.run(
        numbers(500),
        [](int number) {
          work_unevenly(number);
          return 2 * number;
        },
        [&](int twice) {
          out.push_back(twice);
          return true;
        });
    REQUIRE(out.size() == 500);
    for (int i = 0; i < 500; ++i) CHECK(out[static_cast<std::size_t>(i)] == 2 * i);
  }
}

TEST_CASE("nothing to read is nothing to do") {
  OrderedPipeline<int, int> pipeline(4);
  bool written = false;
  pipeline.run(
      numbers(0), [](int number) { return number; }, [&](int) { return written = true; });
  CHECK_FALSE(written);
}

TEST_CASE("reading waits for writing") {
  constexpr int kThreads = 3, kMostBetween = 2 * kThreads + 2;
  std::atomic<int> read = 0, written = 0, most = 0;
  OrderedPipeline<int, int> pipeline(kThreads);
  pipeline.run(
      [&, source = numbers(60)]() mutable {
        most = std::max<int>(most, read - written);
        ++read;
        return source();
      },
      [](int number) { return number; },
      [&](int) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        ++written;
        return true;
      });
  CHECK(written == 60);
  CHECK(most <= kMostBetween);
}

TEST_CASE("a writer that has enough ends the work") {
  OrderedPipeline<int, int> pipeline(3);
  int written = 0;
  pipeline.run(
      numbers(1'000'000), [](int number) { return number; }, [&](int) { return ++written < 10; });
  CHECK(written == 10);
}

TEST_CASE("a failure of reader, worker or writer reaches the caller") {
  const auto same = [](int number) { return number; };
  const auto accept = [](int) { return true; };
  const auto fail_at_20 = [](int number) { return number == 20 ? throw std::runtime_error("twenty") : number; };
  CHECK_THROWS_WITH((OrderedPipeline<int, int>(3).run(numbers(100), fail_at_20, accept)), "twenty");
  CHECK_THROWS_WITH((OrderedPipeline<int, int>(3).run(numbers(100), same, [&](int number) { return fail_at_20(number) >= 0; })), "twenty");
  CHECK_THROWS_WITH((OrderedPipeline<int, int>(3).run(
                        [&, source = numbers(100)]() mutable { return std::optional<int>(fail_at_20(*source())); }, same, accept)),
                    "twenty");
}

}  // namespace relata
