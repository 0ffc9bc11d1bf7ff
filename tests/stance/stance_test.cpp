// Polarity and modality of one word of a sentence: tests/stance/stance.tsv, read as the program reads.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "extract/stance/lexicon.h"
#include "extract/stance/stance.h"
#include "tests/stance/reading.h"

using namespace relata;
using namespace relata::stance_test;

TEST_CASE("the data of stance can be read") {
  const auto read = stance::check_stance_data();
  CHECK_MESSAGE(read.ok(), (read.ok() ? "" : read.error().message));
  CHECK(stance::stance_lexicon().cue(stance::Part::verb, "say") != nullptr);
}

TEST_CASE("an unlisted word has no effect, a listed one the effect of its polarity") {
  const auto& lexicon = stance::stance_lexicon();
  CHECK_FALSE(lexicon.effect(stance::Part::verb, "zzz", stance::Complement::to, false));
  const auto failed = lexicon.effect(stance::Part::verb, "fail", stance::Complement::to, false);
  REQUIRE(failed);
  CHECK(failed->turn);
  const auto not_failed = lexicon.effect(stance::Part::verb, "fail", stance::Complement::to, true);
  REQUIRE(not_failed);
  CHECK_FALSE(not_failed->turn);
}

TEST_CASE("stance of a word in its sentence") {
  std::ifstream rows("tests/stance/stance.tsv");
  REQUIRE(rows);
  std::vector<std::vector<std::string>> wanted;
  for (std::string line; std::getline(rows, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream columns(line);
    std::vector<std::string> row;
    for (std::string column; std::getline(columns, column, '\t');) row.push_back(column);
    REQUIRE(row.size() == 4);
    wanted.push_back(row);
  }
  CHECK(wanted.size() > 100);
  for (const auto& row : wanted) {
    const Document document = language().parse(article_of(row[0]));
    const TokenIndex word = last_token(document, row[1]);
    REQUIRE(word != kNoToken);
    const Stance stance = stance_of(document, word);
    INFO(row[0], " [", row[1], "]");
    CHECK(to_string(stance.polarity) == row[2]);
    CHECK(to_string(stance.modality) == row[3]);
  }
}
