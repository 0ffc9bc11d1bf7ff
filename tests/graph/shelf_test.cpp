#include "graph/shelf.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace relata;

namespace {

using Texts = Shelf<std::size_t, std::string>;

std::shared_ptr<const std::string> text(std::size_t number) { return std::make_shared<const std::string>(std::to_string(number)); }

// Keys of one part.
std::size_t key(std::size_t number) { return number * 1024; }

}  // namespace

TEST_CASE("what is on the shelf is found, and what is not is not") {
  Texts shelf(1 << 20);
  CHECK_FALSE(shelf.find(7));
  shelf.keep(7, text(7), 1);
  REQUIRE(shelf.find(7));
  CHECK(*shelf.find(7) == "7");
  shelf.keep(7, text(8), 1);
  CHECK(*shelf.find(7) == "7");
}

TEST_CASE("a full shelf loses what nobody asked for, and keeps what somebody did") {
  constexpr std::size_t kBytes = 1000;
  Texts shelf(16 * 40 * kBytes);
  shelf.keep(key(0), text(0), kBytes);
  for (std::size_t i = 1; i < 500; ++i) {
    shelf.keep(key(i), text(i), kBytes);
    CHECK(shelf.find(key(0)));
  }
  std::size_t left = 0;
  for (std::size_t i = 1; i < 500; ++i) left += shelf.find(key(i)) != nullptr;
  CHECK(left < 40);
  CHECK(left > 20);
  CHECK_FALSE(shelf.find(key(1)));
  CHECK(shelf.find(key(499)));
}

TEST_CASE("one text does not take the place of all others") {
  Texts shelf(16 * 16 * 1000);
  shelf.keep(key(1), text(1), 1);
  shelf.keep(key(2), text(2), 2000);
  CHECK(shelf.find(key(1)));
  CHECK_FALSE(shelf.find(key(2)));
}

TEST_CASE("any number of threads find what belongs to their key") {
  Texts shelf(1 << 16);
  std::atomic<bool> wrong = false;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 20'000; ++i) {
        const std::size_t one = (i * 7 + t) % 997;
        if (const auto found = shelf.find(one); found && *found != std::to_string(one)) wrong = true;
        shelf.keep(one, text(one), 50);
      }
    });
  for (std::thread& one : threads) one.join();
  CHECK_FALSE(wrong);
}
