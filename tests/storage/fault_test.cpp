// A disk that is full, broken or read-only: nothing acknowledged is lost, nothing wrong is answered, and when the disk is well again the
// same store goes on. RELATA_FAULT_ROUNDS=2000 tries as many moments.
#include <doctest/doctest.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "tests/storage/faulty_disk.h"
#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"
#include "tests/storage/supply.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;
namespace fs = std::filesystem;

namespace {

std::uint32_t rounds() {
  const char* wanted = std::getenv("RELATA_FAULT_ROUNDS");
  return wanted != nullptr ? static_cast<std::uint32_t>(std::max(1, std::atoi(wanted))) : 20;
}

// A store and what it must hold. A batch whose writing failed may be there, whole, when the store has looked at the disk again.
class Watched {
 public:
  explicit Watched(std::uint64_t seed) : twin_(open_memory(lore())), news_(seed) {}

  // False when the store says that it cannot.
  bool write(Store& store) {
    if (doubtful_) {
      if (!store.apply({})) return false;
      settle(store);
    }
    const Batch batch = linked_batch(news_, written_, *twin_);
    const auto receipt = store.apply(batch);
    if (receipt) {
      REQUIRE(twin_->apply(batch).ok());
      doubtful_.reset();
      check_holds(store);
      return true;
    }
    CAPTURE(receipt.error().message);
    CHECK(receipt.error().fault == Fault::io);
    CHECK_FALSE(receipt.error().message.empty());
    doubtful_ = batch;
    check_holds(store);
    return false;
  }

  // The store has read the disk anew.
  void settle(const Store& store) {
    if (doubtful_ && store.view()->version() > twin_->view()->version()) REQUIRE(twin_->apply(*doubtful_).ok());
    doubtful_.reset();
    check_holds(store);
  }

  void check_holds(const Store& store) const {
    REQUIRE(store.view()->version() == twin_->view()->version());
    REQUIRE(store.view()->content_hash() == twin_->view()->content_hash());
  }
  void check_everything(const Store& store) const {
    check_holds(store);
    if (store.view()->oldest() == 0) {
      const auto held = everything(*store.view()), expected = everything(*twin_->view());
      for (std::size_t i = 0; i < std::min(held.size(), expected.size()); ++i) REQUIRE(held[i] == expected[i]);
      REQUIRE(held.size() == expected.size());
    }
    const auto report = store.check();
    REQUIRE_MESSAGE(report.ok(), report.error().message);
    for (const std::string& fault : report->faults) FAIL_CHECK(fault);
  }

 private:
  const std::unique_ptr<Store> twin_;
  RandomNews news_;
  std::vector<Extraction> written_;
  std::optional<Batch> doubtful_;
};

OpenOptions options() { return {.names = lore(), .image_worth = 30}; }

// What a writer does while the disk fails; whatever it is told, it goes on.
void work(Store& store, Watched& watched, const std::string& folder, RandomNews& moments) {
  for (int step = 0; step < 6; ++step) {
    watched.write(store);
    if (moments.chance(20)) (void)store.take_snapshot({"s" + std::to_string(step), "", ""});
    if (moments.chance(20)) (void)store.forget(moments.below(store.view()->version() + 1));
    if (moments.chance(10)) {
      if (const auto copied = store.backup(folder + "/../copy" + std::to_string(step)); !copied) CHECK_FALSE(copied.error().message.empty());
    }
  }
}

}  // namespace

TEST_CASE("a disk that fails while a graph is written") {
  if (!test_server().empty()) return;
  const NoSync quick;
  std::uint64_t hit = 0, refused = 0, went_on = 0;
  RandomNews moments(77);
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    CAPTURE(round);
    const Scratch scratch;
    Watched watched(round + 500);
    {
      const auto store = open_or_die(scratch.path(), options());
      for (int i = 0; i < 4; ++i) REQUIRE(watched.write(*store));
    }
    const bool lasting = moments.chance(50);
    const int error = moments.chance(50) ? ENOSPC : EIO;
    const std::uint64_t nth = moments.below(160);
    CAPTURE(lasting);
    CAPTURE(error);
    CAPTURE(nth);
    std::unique_ptr<Store> store;
    {
      const FaultyDisk disk({scratch.path("store"), nth, error, lasting});
      auto opened = open_rocks(scratch.path(), options());
      if (opened) {
        store = std::move(*opened);
        work(*store, watched, scratch.path(), moments);
      } else {
        CAPTURE(opened.error().message);
        CHECK(opened.error().fault == Fault::io);
        ++refused;
      }
      hit += disk.failed() > 0;
    }
    if (store) {  // there is room again
      const auto again = store->apply({});
      REQUIRE_MESSAGE(again.ok(), again.error().message);
      watched.settle(*store);
      REQUIRE(watched.write(*store));
      watched.check_everything(*store);
      ++went_on;
      store.reset();
    }
    const auto reopened = open_rocks(scratch.path(), options());
    REQUIRE_MESSAGE(reopened.ok(), reopened.error().message);
    watched.settle(**reopened);
    watched.check_everything(**reopened);
    REQUIRE(watched.write(**reopened));
  }
  MESSAGE("the disk failed in " << hit << " of " << rounds() << " rounds; " << refused << " times the store was not opened, " << went_on << " times it went on");
  CHECK(hit > 0);
  CHECK(went_on > 0);
}

TEST_CASE("a disk that fails while a graph is made, all at once or by batches") {
  if (!test_server().empty()) return;
  const NoSync quick;
  RandomNews moments(78);
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    CAPTURE(round);
    const Scratch scratch;
    RandomNews news(round + 900);
    std::vector<Extraction> articles;
    for (int i = 0; i < 20; ++i) articles.push_back(linked_extraction(news));
    const bool lasting = moments.chance(50), bulk = moments.chance(60);
    const int error = moments.chance(50) ? ENOSPC : EIO;
    const std::uint64_t nth = moments.below(bulk ? 220 : 60);
    CAPTURE(bulk);
    CAPTURE(nth);
    bool acknowledged = false;
    {
      const FaultyDisk disk({scratch.path("store"), nth, error, lasting});
      if (auto store = open_rocks(scratch.path(), options())) {
        const auto receipt = bulk ? (*store)->load(supply(articles)) : (*store)->apply({articles, {}});
        acknowledged = receipt.ok();
        if (!receipt) {
          CAPTURE(receipt.error().message);
          CHECK(receipt.error().fault == Fault::io);
          CHECK((*store)->view()->version() == 0);
        }
      } else {
        CAPTURE(store.error().message);
        CHECK(store.error().fault == Fault::io);
      }
    }
    const auto store = open_rocks(scratch.path(), options());
    REQUIRE_MESSAGE(store.ok(), store.error().message);
    const std::size_t held = (*store)->view()->articles().size();
    CHECK((held == 0 || held == articles.size()));
    CHECK((held == articles.size() || !acknowledged));
    if (held == 0) REQUIRE((*store)->load(supply(articles)).ok());
    const auto twin = open_memory(lore());
    REQUIRE(twin->apply({articles, {}}).ok());
    CHECK(everything(*(*store)->view()) == everything(*twin->view()));
    const auto report = (*store)->check();
    REQUIRE(report.ok());
    for (const std::string& fault : report->faults) FAIL_CHECK(fault);
  }
}

TEST_CASE("a disk that is read-only answers, and says why it takes nothing") {
  if (!test_server().empty()) return;
  const NoSync quick;
  const Scratch scratch;
  Watched watched(3);
  {
    const auto store = open_or_die(scratch.path(), options());
    for (int i = 0; i < 6; ++i) REQUIRE(watched.write(*store));
  }
  {
    const FaultyDisk disk({scratch.path("store"), 0, EROFS, true});
    const auto writer = open_rocks(scratch.path(), options());
    REQUIRE_FALSE(writer.ok());
    CHECK(writer.error().fault == Fault::io);
    CHECK(writer.error().message.find(std::strerror(EROFS)) != std::string::npos);
    const auto reader = open_rocks(scratch.path(), {.create = false, .read_only = true});
    REQUIRE_MESSAGE(reader.ok(), reader.error().message);
    watched.check_holds(**reader);
    CHECK_FALSE((*reader)->apply({}).ok());
    CHECK_FALSE((*reader)->take_snapshot({"s", "", ""}).ok());
    CHECK(disk.failed() > 0);
  }
  const auto store = open_or_die(scratch.path(), options());
  watched.check_everything(*store);
}
