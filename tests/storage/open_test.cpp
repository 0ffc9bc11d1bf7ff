// What may be opened, and what is refused with which words.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>

#include "tests/storage/random_batch.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;
namespace fs = std::filesystem;

namespace {

void write_file(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

Error refusal(const std::string& folder, const OpenOptions& options = {}) {
  auto store = open_rocks(folder, options);
  REQUIRE_FALSE(store.ok());
  return store.error();
}

bool says(const Error& error, const std::string& words) { return error.message.find(words) != std::string::npos; }

std::vector<Extraction> some_articles(std::uint64_t seed, int count) {
  RandomNews news(seed);
  std::vector<Extraction> articles;
  for (int i = 0; i < count; ++i) articles.push_back(news.extraction());
  return articles;
}

}  // namespace

TEST_CASE("a new store is empty, at version 0, and opens again") {
  const Scratch scratch;
  CHECK(refusal(scratch.path(), {.create = false}).fault == Fault::not_found);
  CHECK_FALSE(fs::exists(scratch.path()));
  for (int times = 0; times < 2; ++times) {
    const auto store = open_or_die(scratch.path());
    CHECK(store->view()->version() == 0);
    CHECK(store->view()->nodes() == 0);
    CHECK(store->view()->articles().empty());
  }
}

TEST_CASE("a creation that was stopped at any of its steps goes on") {
  const Scratch scratch;
  fs::create_directory(scratch.path());
  SUBCASE("before the folder had its mark") { write_file(fs::path(scratch.path()) / "RELATA.new", "relata sto"); }
  SUBCASE("after the mark") { write_file(fs::path(scratch.path()) / "RELATA", "relata store, format 3\ncreating\n"); }
  SUBCASE("before the mark said ready") {
    open_or_die(scratch.path());
    write_file(fs::path(scratch.path()) / "RELATA", "relata store, format 3\ncreating\n");
  }
  REQUIRE(open_or_die(scratch.path())->apply({some_articles(2, 3), {}}).ok());
  CHECK(open_or_die(scratch.path())->view()->counts().articles == 3);
}

TEST_CASE("opened again, everything is as before") {
  const Scratch scratch;
  std::vector<std::string> before;
  {
    const auto store = open_or_die(scratch.path());
    RandomNews news(3);
    std::vector<Extraction> written;
    for (int i = 0; i < 40; ++i) REQUIRE(store->apply(random_batch(news, written, *store->view())).ok());
    before = everything(*store->view());
  }
  for (int times = 0; times < 3; ++times) CHECK(everything(*open_or_die(scratch.path())->view()) == before);
}

TEST_CASE("the same article twice changes nothing") {
  const Scratch scratch;
  const auto store = open_or_die(scratch.path());
  const auto articles = some_articles(9, 5);
  REQUIRE(store->apply({articles, {}}).ok());
  const auto before = everything(*store->view());
  const auto again = store->apply({articles, {}});
  REQUIRE(again.ok());
  CHECK(again->version == 1);
  CHECK(again->added.empty());
  CHECK(again->already.size() == 5);
  CHECK(everything(*store->view()) == before);
}

TEST_CASE("retraction takes back what the article alone supported, and history stays") {
  const Scratch scratch;
  const auto store = open_or_die(scratch.path());
  const auto articles = some_articles(10, 12);
  REQUIRE(store->apply({{articles.begin(), articles.begin() + 6}, {}}).ok());
  const auto counts = store->view()->counts();
  REQUIRE(store->apply({{articles.begin() + 6, articles.end()}, {}}).ok());
  std::vector<ArticleId> ids;
  for (std::size_t i = 6; i < articles.size(); ++i) ids.push_back(articles[i].article.id);
  REQUIRE(store->apply({{}, ids}).ok());
  const auto view = store->view();
  CHECK(view->counts().articles == counts.articles);
  CHECK(view->counts().entities == counts.entities);
  CHECK(view->counts().relations == counts.relations);
  CHECK(view->counts().statements == counts.statements);
  CHECK(view->statements() > counts.statements);
  CHECK(view->extraction(ids.front()).error().fault == Fault::not_found);
  const auto evidence = view->statement({ids.back(), 0});
  if (evidence) CHECK(view->evidence(*evidence).ok());
  const auto unknown = store->apply({{some_articles(11, 1)}, {ids.front()}});
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().fault == Fault::not_found);
  CHECK(store->view()->version() == 3);
}

TEST_CASE("an extraction that refers to nothing is refused with its batch") {
  const Scratch scratch;
  const auto store = open_or_die(scratch.path());
  auto articles = some_articles(12, 3);
  articles.back().quotes.push_back({{0, 0}, ActorIndex{99}, "say"});
  const auto refused = store->apply({articles, {}});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fault == Fault::bad_input);
  CHECK(store->view()->version() == 0);
}

TEST_CASE("foreign, newer and damaged folders are refused and left alone") {
  const Scratch scratch;
  SUBCASE("a folder with other files") {
    fs::create_directory(scratch.path());
    write_file(fs::path(scratch.path()) / "letter.txt", "Dear Sir");
    const Error error = refusal(scratch.path());
    CHECK(error.fault == Fault::corrupt);
    CHECK(says(error, "not a Relata store"));
    CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 1);
  }
  SUBCASE("a file") {
    write_file(scratch.path(), "text");
    CHECK(says(refusal(scratch.path()), "name a folder"));
  }
  SUBCASE("a newer format") {
    open_or_die(scratch.path());
    write_file(fs::path(scratch.path()) / "RELATA", "relata store, format 4\nready\n");
    const Error error = refusal(scratch.path());
    CHECK(error.fault == Fault::corrupt);
    CHECK(says(error, "newer Relata (format 4"));
  }
  SUBCASE("a mark that is none") {
    open_or_die(scratch.path());
    write_file(fs::path(scratch.path()) / "RELATA", "relata store, format banana\n");
    CHECK(refusal(scratch.path()).fault == Fault::corrupt);
  }
  SUBCASE("without its CURRENT") {
    open_or_die(scratch.path());
    fs::remove(fs::path(scratch.path()) / "CURRENT");
    const Error error = refusal(scratch.path());
    CHECK(error.fault == Fault::corrupt);
    CHECK(says(error, "CURRENT"));
  }
}

TEST_CASE("read-only beside a writer") {
  const Scratch scratch;
  CHECK(refusal(scratch.path(), {.read_only = true}).fault == Fault::not_found);
  const auto writer = open_or_die(scratch.path());
  REQUIRE(writer->apply({some_articles(20, 8), {}}).ok());
  const auto reader = open_or_die(scratch.path(), {.read_only = true});
  CHECK(everything(*reader->view()) == everything(*writer->view()));
  CHECK(reader->check()->faults.empty());
  CHECK(says(reader->apply({some_articles(21, 1), {}}).error(), "read-only"));
  REQUIRE(writer->apply({some_articles(22, 8), {}}).ok());
  CHECK(reader->view()->version() == 1);
  CHECK(everything(*open_or_die(scratch.path(), {.read_only = true})->view()) == everything(*writer->view()));
}

TEST_CASE("a store in use says who uses it") {
  const Scratch scratch;
  SUBCASE("this process") {
    const auto first = open_or_die(scratch.path());
    const Error error = refusal(scratch.path());
    CHECK(error.fault == Fault::io);
    CHECK(says(error, "already in this process"));
  }
  SUBCASE("another process") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto store = open_rocks(scratch.path());
      if (::write(ends[1], store ? "+" : "-", 1) != 1) ::_exit(1);
      for (;;) ::pause();
    }
    char byte = 0;
    REQUIRE(::read(ends[0], &byte, 1) == 1);
    REQUIRE(byte == '+');
    const Error error = refusal(scratch.path());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    CHECK(error.fault == Fault::io);
    CHECK(says(error, "process " + std::to_string(child)));
    CHECK(says(error, "read-only"));
  }
}

TEST_CASE("a full disk: an error, nothing acknowledged lost, and writing goes on when there is room") {
  const Scratch scratch;
  auto store = open_or_die(scratch.path());
  REQUIRE(store->apply({some_articles(30, 5), {}}).ok());
  const auto before = everything(*store->view());
  auto* const old_handler = ::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  ::getrlimit(RLIMIT_FSIZE, &old_limit);
  const rlimit small{16 << 10, old_limit.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = store->apply({some_articles(31, 200), {}});
  ::setrlimit(RLIMIT_FSIZE, &old_limit);
  ::signal(SIGXFSZ, old_handler);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fault == Fault::io);
  CHECK(everything(*store->view()) == before);
  const auto again = store->apply({some_articles(32, 5), {}});
  REQUIRE_MESSAGE(again.ok(), again.error().message);
  const auto after = everything(*store->view());
  store.reset();
  CHECK(everything(*open_or_die(scratch.path())->view()) == after);
}

TEST_CASE("a view outlives its store, without the words of its statements") {
  const Scratch scratch;
  auto store = open_or_die(scratch.path());
  REQUIRE(store->apply({some_articles(40, 8), {}}).ok());
  const auto view = store->view();
  store.reset();
  REQUIRE(view->statements() > 0);
  CHECK(view->evidence(0).error().fault == Fault::io);
  CHECK(view->nodes() > 0);
  CHECK(view->entity(0).articles > 0);
  open_or_die(scratch.path());
}
