#include "storage/body_spool.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "tests/storage/scratch.h"

using namespace relata;
using namespace relata::storage;
using namespace relata::tests;

TEST_CASE("bodies come back by their ids, in memory, on disk and partly in each") {
  for (const std::size_t held : {std::size_t{0}, std::size_t{40'000}, BodySpool::kHeld}) {
    std::mt19937_64 random(3);
    const Scratch scratch;
    std::filesystem::create_directory(scratch.path());
    BodySpool spool(scratch.path(), held);
    std::map<std::uint64_t, std::string> expected;
    for (int portion = 0; portion < 30; ++portion) {
      std::string bodies;
      std::vector<BodySpool::Place> places;
      for (int i = 0; i < 20; ++i) {
        const std::uint64_t id = random();
        const std::string body(random() % 300, static_cast<char>('a' + i));
        if (i % 7 != 0) {  // the others are not wanted
          places.push_back({{id}, bodies.size(), body.size()});
          expected[id] = body;
        }
        bodies += body;
      }
      REQUIRE(spool.add(bodies, places).ok());
    }
    REQUIRE(spool.finish().ok());
    CHECK(std::filesystem::is_empty(scratch.path()) == (held == BodySpool::kHeld));
    for (const std::size_t slices : {1u, 3u}) {
      std::vector<std::pair<std::uint64_t, std::string>> found;
      for (std::size_t i = 0; i < slices; ++i)
        CHECK(spool.each(BodySpool::kParts * i / slices, BodySpool::kParts * (i + 1) / slices, [&](ArticleId id, std::string_view body) -> Result<void> {
          found.emplace_back(id.value, body);
          return {};
        }).ok());
      CHECK(found == std::vector<std::pair<std::uint64_t, std::string>>(expected.begin(), expected.end()));
    }
    const auto refused = spool.each([](ArticleId, std::string_view) -> Result<void> { return io_error("no room"); });
    CHECK_FALSE(refused.ok());
  }
}
