// A bulk load is the same graph as one batch of the same articles, and there whole or not at all.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"
#include "tests/storage/supply.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;
namespace fs = std::filesystem;

namespace {

std::vector<Extraction> articles(std::uint64_t seed, int count, bool linked) {
  RandomNews news(seed, 12);
  std::vector<Extraction> made;
  for (int i = 0; i < count; ++i) made.push_back(linked ? linked_extraction(news) : news.extraction());
  return made;
}

void check_clean(const Store& store) {
  const auto report = store.check();
  REQUIRE(report.ok());
  for (const std::string& fault : report->faults) FAIL_CHECK(fault);
}

}  // namespace

TEST_CASE("a load tells what a batch of the same articles tells, from its image and from its log") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    OpenOptions options;
    if (seed % 2 == 0) options.names = lore();
    options.tell = [](const std::string& what) { FAIL_CHECK(what); };
    std::vector<Extraction> given = articles(seed, seed == 6 ? 600 : 40, options.names != nullptr);
    given.push_back(given[3]);
    const Scratch scratch;
    const auto batch = open_or_die(scratch.path("batch"), options);
    auto load = open_or_die(scratch.path("load"), options);
    const auto by_batch = batch->apply({given, {}}), by_load = load->load(supply(given));
    REQUIRE(by_batch.ok());
    REQUIRE_MESSAGE(by_load.ok(), by_load.error().message);
    CHECK(by_load->added == by_batch->added);
    CHECK(by_load->already == by_batch->already);
    CHECK(by_load->version == 1);
    const auto expected = everything(*batch->view());
    CHECK(everything(*load->view()) == expected);
    CHECK(in_order(*load->view()));
    check_clean(*load);
    load.reset();
    CHECK(everything(*open_or_die(scratch.path("load"), options)->view()) == expected);
    for (const auto& entry : fs::directory_iterator(scratch.path("load")))
      if (entry.path().filename().string().starts_with("VIEW-")) fs::remove(entry.path());
    options.tell = {};
    load = open_or_die(scratch.path("load"), options);
    CHECK(everything(*load->view()) == expected);
    CHECK_FALSE(fs::exists(scratch.path("load") + "/loading"));
  }
}

TEST_CASE("a loaded store goes on as any other") {
  const Scratch scratch;
  const std::vector<Extraction> given = articles(11, 60, true);
  const OpenOptions options{.names = lore(), .image_worth = 1};
  const auto load = open_or_die(scratch.path("load"), options), batch = open_or_die(scratch.path("batch"), options);
  REQUIRE(load->load(supply(given)).ok());
  REQUIRE(batch->apply({given, {}}).ok());
  RandomNews news(12, 12);
  std::vector<Extraction> written = given;
  for (int step = 0; step < 15; ++step) {
    const Batch next = linked_batch(news, written, *batch);
    REQUIRE(load->apply(next).ok() == batch->apply(next).ok());
  }
  CHECK(everything(*load->view()) == everything(*batch->view()));
  check_clean(*load);
  SUBCASE("also when more is loaded") {
    const std::vector<Extraction> more = articles(13, 20, true);
    REQUIRE(load->load(supply(more)).ok());
    REQUIRE(batch->apply({more, {}}).ok());
    CHECK(everything(*load->view()) == everything(*batch->view()));
  }
}

TEST_CASE("a load that fails leaves nothing") {
  const Scratch scratch;
  const std::vector<Extraction> given = articles(21, 30, false);
  auto store = open_or_die(scratch.path());
  const Error gone = io_error("the disk with the articles is gone");
  for (const bool late : {false, true}) {  // in finding a portion, in making it
    const auto failed = store->load([&, next = supply(given), left = 3]() mutable -> Result<Store::Portion> {
      if (left-- > 0) return next();
      if (!late) return gone;
      return Store::Portion([&]() -> Result<std::vector<Extraction>> { return gone; });
    });
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.error().message == gone.message);
    CHECK(store->view()->version() == 0);
  }
  const std::vector<Extraction> nothing;
  CHECK(store->load(supply(nothing)).ok());
  CHECK(store->view()->version() == 0);
  store.reset();
  store = open_or_die(scratch.path());
  CHECK(store->view()->nodes() == 0);
  REQUIRE(store->load(supply(given)).ok());
  check_clean(*store);
}

TEST_CASE("a load killed at any moment is there whole or not at all") {
  const Scratch scratch;
  const std::vector<Extraction> given = articles(31, 400, false);
  const auto whole = open_or_die(scratch.path("whole"));
  REQUIRE(whole->load(supply(given)).ok());
  const auto expected = whole->view()->counts().statements;
  RandomNews moments(7);
  for (int round = 0; round < 8; ++round) {
    const std::string folder = scratch.path("killed" + std::to_string(round));
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      auto store = open_rocks(folder);
      if (store) (void)(*store)->load(supply(given));
      ::_exit(0);
    }
    ::usleep(moments.below(300'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    const auto store = open_or_die(folder);
    CHECK((store->view()->version() == 0 || store->view()->counts().statements == expected));
    if (store->view()->version() == 0) REQUIRE(store->load(supply(given)).ok());
    CHECK(store->view()->counts().statements == expected);
    check_clean(*store);
  }
}
