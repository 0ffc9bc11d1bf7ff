// Bytes that are not what was written give a message, never a crash and never a wrong answer.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "storage/database.h"
#include "storage/extraction_bytes.h"
#include "storage/identity_rows.h"
#include "storage/rows.h"
#include "tests/storage/random_batch.h"
#include "tests/storage/scratch.h"
#include "tests/support/same_answers.h"

using namespace relata;
using namespace relata::tests;
namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write_file(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary | std::ios::trunc) << text; }

std::string damaged(RandomNews& random, std::string bytes) {
  if (bytes.empty()) return "x";
  switch (random.below(4)) {
    case 0: bytes.resize(random.below(static_cast<std::uint32_t>(bytes.size()))); break;
    case 1: bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] = static_cast<char>(random.below(256)); break;
    case 2: bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] = '\xff'; break;
    default: bytes += static_cast<char>(random.below(256)); break;
  }
  return bytes;
}

std::vector<fs::path> data_files(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name != "LOCK" && entry.file_size() > 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// RELATA_DAMAGE_TIMES=100 damages each file as often.
int damages() {
  const char* wanted = std::getenv("RELATA_DAMAGE_TIMES");
  return wanted != nullptr ? std::max(1, std::atoi(wanted)) : 6;
}

}  // namespace

TEST_CASE("what was encoded decodes to the same, and damaged bytes decode to nothing or to something valid") {
  RandomNews news(1);
  for (int i = 0; i < 300; ++i) {
    const Extraction extraction = news.extraction();
    const std::string bytes = storage::encode_extraction(extraction);
    const auto back = storage::decode_extraction(bytes);
    REQUIRE(back.ok());
    REQUIRE(storage::encode_extraction(*back) == bytes);
    CHECK(validate(*back).ok());
    for (int times = 0; times < 10; ++times) {
      const auto decoded = storage::decode_extraction(damaged(news, bytes));
      if (!decoded) continue;
      for (const Statement& statement : decoded->statements) REQUIRE(statement.subject < decoded->actors.size());
    }
  }
}

TEST_CASE("random bytes as rows") {
  RandomNews random(2);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random.below(40), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random.chance(50) ? random.below(8) : random.below(256));
    (void)storage::decode_article_key(bytes);
    (void)storage::decode_article_row(bytes);
    (void)storage::decode_actor_key(bytes);
    (void)storage::decode_actor_row(bytes);
    (void)storage::decode_log_key(bytes);
    (void)storage::decode_entity_record(bytes);
    (void)storage::decode_key_row(bytes);
    (void)storage::decode_state_row(bytes);
    (void)storage::decode_decision("d" + bytes.substr(0, 4), bytes);
    (void)storage::decode_redirect("r" + bytes, bytes);
    (void)storage::decode_moved(bytes);
    const auto columns = storage::decode_columns(bytes, 3);
    if (!columns) continue;
    for (const auto& statement : columns->statements) REQUIRE(statement.subject < columns->entities.size());
  }
}

TEST_CASE("flipped and missing bytes in any of the store's files") {
  const Scratch scratch;
  RandomNews news(6);
  std::vector<Extraction> written;
  std::vector<std::vector<std::string>> versions;
  for (int open = 0; open < 2; ++open) {  // the second opening moves the first's log into tables
    const auto store = open_or_die(scratch.path(), {.image_worth = open == 0 ? 0u : 1u});
    for (int i = 0; i < 15; ++i) {
      REQUIRE(store->apply(random_batch(news, written, *store->view())).ok());
      versions.push_back(everything(*store->view()));
    }
  }
  const auto before = everything(*open_or_die(scratch.path())->view());
  const fs::path original = scratch.path("original");
  fs::copy(scratch.path(), original, fs::copy_options::recursive);
  int refused = 0, found_by_check = 0, harmless = 0, doubted = 0;
  for (const fs::path& file : data_files(original)) {
    for (int times = 0; times < damages(); ++times) {
      fs::remove_all(scratch.path());
      fs::copy(original, scratch.path(), fs::copy_options::recursive);
      const fs::path target = fs::path(scratch.path()) / file.filename();
      write_file(target, damaged(news, read_file(file)));
      CAPTURE(target);
      std::string told;
      const auto store = open_rocks(scratch.path(), {.image_worth = 0, .tell = [&](const std::string& what) { told += what; }});
      if (!told.empty()) ++doubted;
      if (!store) {
        CHECK_FALSE(store.error().message.empty());
        ++refused;
        continue;
      }
      const auto report = (*store)->check();
      REQUIRE(report.ok());
      if (!report->faults.empty()) {
        ++found_by_check;
      } else {
        ++harmless;
        const auto after = everything(*(*store)->view());
        // RocksDB takes a list of files that breaks off for one that a crash cut: what it then shows is whole, but older.
        const bool older = file.filename().string().starts_with("MANIFEST") && std::find(versions.begin(), versions.end(), after) != versions.end();
        CHECK((older || after == before));
      }
    }
  }
  MESSAGE("refused " << refused << ", told of " << doubted << ", found by check " << found_by_check << ", harmless " << harmless);
  CHECK(refused > 0);
  CHECK(doubted > 0);  // the image, which the graph does without
}

TEST_CASE("a log that was cut is refused when acknowledged batches are gone") {
  const Scratch scratch;
  RandomNews news(11);
  {
    const auto store = open_or_die(scratch.path());
    for (int i = 0; i < 6; ++i) REQUIRE(store->apply({{news.extraction()}, {}}).ok());
  }
  int refused = 0;
  for (const fs::path& file : data_files(scratch.path())) {
    if (file.extension() != ".log") continue;
    const std::string whole = read_file(file);
    for (const std::size_t part : {9u, 5u, 2u}) {
      write_file(file, whole.substr(0, whole.size() * part / 10));
      const auto store = open_rocks(scratch.path(), {.create = false, .read_only = true});
      if (!store) {
        CHECK(store.error().message.find("was acknowledged") != std::string::npos);
        ++refused;
      }
    }
    write_file(file, whole);
  }
  CHECK(refused > 0);
  CHECK(open_or_die(scratch.path())->view()->version() == 6);
}

TEST_CASE("an old version whose rows are damaged says so at the end, whatever it told") {
  const Scratch scratch;
  RandomNews news(12);
  {
    const auto store = open_or_die(scratch.path());
    for (int i = 0; i < 6; ++i) REQUIRE(store->apply({{news.extraction(), news.extraction()}, {}}).ok());
  }
  const auto ask = [&] {
    const auto store = open_or_die(scratch.path());
    const auto then = *store->view()->at(1);
    const auto told = everything(*then);
    return std::pair(told, then->fetched());
  };
  const auto [right, fine] = ask();
  CHECK(fine.ok());
  {
    const auto database = *storage::Database::open(scratch.path(), {});
    auto writes = *database->writes();
    REQUIRE(database->scan(storage::Family::past, "", [&](std::string_view key, std::string_view value) -> Result<void> {
      if (!value.empty() && storage::type_of_record(value)) writes.put(storage::Family::past, key, value.substr(0, 1));
      return {};
    }).ok());
    REQUIRE(database->write(writes).ok());
  }
  const auto [wrong, found] = ask();
  CHECK(wrong != right);
  REQUIRE_FALSE(found.ok());
  CHECK(found.error().fault == Fault::corrupt);
  CHECK(found.error().message.starts_with("family past"));
}
