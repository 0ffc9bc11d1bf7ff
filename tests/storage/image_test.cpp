// The image of a view: what is opened from it is what the log says, and nothing else is ever believed.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/storage/random_batch.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> images(const std::string& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("VIEW-")) found.push_back(entry.path());
  return found;
}

// A store whose image is its newest version's, and what it tells.
struct Imaged {
  Scratch scratch;
  std::vector<std::string> told;
  fs::path image;

  explicit Imaged(int batches = 12) {
    RandomNews news(31, 12);
    std::vector<Extraction> written;
    auto store = open_or_die(scratch.path(), {.image_worth = 1});
    for (int i = 0; i < batches; ++i) REQUIRE(store->apply(random_batch(news, written, *store->view())).ok());
    told = everything(*store->view());
    store.reset();
    REQUIRE(images(scratch.path()).size() == 1);
    image = images(scratch.path()).front();
  }

  // What the store says when it is opened: its doubts about the image, if any.
  std::string doubts(bool read_only = true) {
    std::string said;
    const auto store = open_or_die(scratch.path(), {.read_only = read_only, .image_worth = 0, .tell = [&](const std::string& what) { said += what; }});
    CHECK(everything(*store->view()) == told);
    return said;
  }
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

}  // namespace

TEST_CASE("a store is opened from its image, and without it from the log, with the same answers") {
  Imaged imaged;
  CHECK(imaged.doubts().empty());
  CHECK(imaged.doubts(false).empty());
  fs::remove(imaged.image);
  CHECK(imaged.doubts().find("no such file") != std::string::npos);
}

TEST_CASE("an image with any byte changed, cut off or put in place of another is not believed") {
  Imaged imaged;
  const std::string whole = bytes_of(imaged.image);
  RandomNews random(5);
  for (int round = 0; round < 40; ++round) {
    std::string damaged = whole;
    const std::size_t at = round < 10 ? static_cast<std::size_t>(round) * 40 : random.below(static_cast<std::uint32_t>(whole.size()));
    const bool in_padding = damaged[at] == '\0';  // between sections nothing is read
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    write_bytes(imaged.image, damaged);
    CAPTURE(at);
    CHECK((!imaged.doubts().empty() || in_padding));
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    write_bytes(imaged.image, whole.substr(0, size));
    CHECK_FALSE(imaged.doubts().empty());
  }
  Imaged other(5);
  fs::copy_file(other.image, imaged.image, fs::copy_options::overwrite_existing);
  CHECK(imaged.doubts().find("not the image that the database names") != std::string::npos);
}

TEST_CASE("what the log has beyond an image is added to it, whatever it is") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Scratch scratch;
    RandomNews news(seed, 10);
    std::vector<Extraction> written;
    const auto memory = open_memory();
    for (int step = 0; step < 40; ++step) {
      const std::uint64_t worth = step % 8 == 0 ? 1 : 0;  // an image now and then, and versions without one behind it
      const auto store = open_or_die(scratch.path(), {.image_worth = worth, .tell = [](const std::string& what) { FAIL_CHECK(what); }});
      for (int batch = 0; batch < 3; ++batch) {
        const Batch next = random_batch(news, written, *memory->view());
        REQUIRE(store->apply(next).ok());
        REQUIRE(memory->apply(next).ok());
      }
      if (step % 8 > 5) CHECK(everything(*store->view()) == everything(*memory->view()));
    }
    const auto report = open_or_die(scratch.path())->check();
    REQUIRE(report.ok());
    for (const std::string& fault : report->faults) FAIL_CHECK(fault);
  }
}

TEST_CASE("an image is written in the background while the store is used, and only one is kept") {
  const Scratch scratch;
  RandomNews news(9, 10);
  std::vector<Extraction> written;
  const auto memory = open_memory();
  {
    const auto store = open_or_die(scratch.path(), {.image_worth = 20});
    for (int i = 0; i < 60; ++i) {
      const Batch next = random_batch(news, written, *memory->view());
      REQUIRE(store->apply(next).ok());
      REQUIRE(memory->apply(next).ok());
    }
  }
  CHECK(images(scratch.path()).size() == 1);
  CHECK(everything(*open_or_die(scratch.path())->view()) == everything(*memory->view()));
}

TEST_CASE("a reader leaves no image, and a writer none that is not worth it") {
  const Scratch scratch;
  RandomNews news(3, 10);
  REQUIRE(open_or_die(scratch.path())->apply({{news.extraction()}, {}}).ok());
  open_or_die(scratch.path(), {.read_only = true, .image_worth = 1});
  CHECK(images(scratch.path()).empty());
}
