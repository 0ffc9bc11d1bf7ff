// A writer killed at any moment loses nothing it acknowledged and leaves no half of a batch.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "tests/storage/linked_news.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;

namespace {

int rounds() {
  const char* wanted = std::getenv("RELATA_KILL_ROUNDS");
  return wanted != nullptr ? std::max(1, std::atoi(wanted)) : 10;
}

// What is written: with names, their entities come together and part.
struct Kind {
  std::shared_ptr<const NameForms> names;
  Batch batch(RandomNews& news, std::vector<Extraction>& written, const Store& store) const {
    return names ? linked_batch(news, written, store) : random_batch(news, written, *store.view());
  }
};

// In the child: applies batch after batch and writes one byte for each that was acknowledged. Never returns.
[[noreturn]] void write_until_killed(const std::string& folder, std::uint64_t seed, int acknowledged, const Kind& kind) {
  auto store = open_rocks(folder, {.names = kind.names});
  if (!store) ::_exit(3);
  RandomNews news(seed);
  std::vector<Extraction> written;
  for (;;) {
    if (!(*store)->apply(kind.batch(news, written, **store))) ::_exit(4);
    if (::write(acknowledged, "+", 1) != 1) ::_exit(5);
  }
}

// Number of batches a writer acknowledged before it was killed `microseconds` after its start or its first acknowledgement.
int acknowledged_before_kill(const std::string& folder, std::uint64_t seed, bool wait_for_first, unsigned microseconds, const Kind& kind) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(folder, seed, ends[1], kind);
  }
  ::close(ends[1]);
  int count = 0;
  char byte = 0;
  if (wait_for_first && ::read(ends[0], &byte, 1) == 1) ++count;
  ::usleep(microseconds);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE_MESSAGE(WIFSIGNALED(status), "the writer ended by itself with code " << WEXITSTATUS(status));
  while (::read(ends[0], &byte, 1) == 1) ++count;
  ::close(ends[0]);
  return count;
}

}  // namespace

TEST_CASE("killed at random moments") {
  const Scratch scratch;
  Kind kind;
  SUBCASE("without names") {}
  SUBCASE("with names") { kind.names = lore(); }
  const auto twin = open_memory(kind.names);
  RandomNews moments(2024);
  int batches = 0;
  for (int round = 0; round < rounds(); ++round) {
    CAPTURE(round);
    const auto seed = static_cast<std::uint64_t>(round) + 100;
    const int acknowledged = acknowledged_before_kill(scratch.path(), seed, round % 4 != 0, 1000 + moments.below(120'000), kind);
    batches += acknowledged;
    RandomNews news(seed);
    std::vector<Extraction> written;
    for (int i = 0; i < acknowledged; ++i) REQUIRE(twin->apply(kind.batch(news, written, *twin)).ok());
    const auto store = open_or_die(scratch.path(), {.names = kind.names});
    // At most the batch that was under way may be there too: whole.
    if (store->view()->version() > twin->view()->version()) REQUIRE(twin->apply(kind.batch(news, written, *twin)).ok());
    REQUIRE(store->view()->version() == twin->view()->version());
    REQUIRE(everything(*store->view()) == everything(*twin->view()));
    const auto report = store->check();
    REQUIRE(report.ok());
    for (const std::string& fault : report->faults) FAIL_CHECK(fault);
  }
  MESSAGE("batches acknowledged before a kill: " << batches);
  CHECK(batches > 0);
}
