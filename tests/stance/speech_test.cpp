// Who says what: the cases of tests/stance/speech.txt, read as the program reads.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "extract/stance/stance.h"
#include "tests/stance/reading.h"

using namespace relata;
using namespace relata::stance_test;

namespace {

struct Case {
  std::string name, text;
  std::vector<std::string> wanted;
};

std::vector<Case> read_cases() {
  std::ifstream lines("tests/stance/speech.txt");
  std::vector<Case> cases;
  bool text = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("== ")) {
      cases.push_back({line.substr(3), "", {}});
      text = true;
    } else if (cases.empty()) {
      continue;
    } else if (line == "--") {
      text = false;
    } else if (text) {
      cases.back().text += (cases.back().text.empty() ? "" : "\n") + line;
    } else if (!line.empty()) {
      cases.back().wanted.push_back(line);
    }
  }
  return cases;
}

std::string chain_of(const Speech& speech, const Actors& actors, TokenIndex word) {
  std::string chain;
  for (const Attribution& by : speech.attribution_of(word)) chain += (chain.empty() ? "" : " < ") + actors.actors[by.source].name;
  return chain.empty() ? "-" : chain;
}

void check(const Document& document, const Actors& actors, const Speech& speech, const std::string& wanted) {
  INFO(wanted);
  const std::size_t bar = wanted.find(" | ");
  if (wanted.starts_with("@ ")) {
    const TokenIndex word = last_token(document, wanted.substr(2, bar - 2));
    REQUIRE(word != kNoToken);
    CHECK(chain_of(speech, actors, word) == wanted.substr(bar + 3));
    return;
  }
  const bool absent = wanted.starts_with("! ");
  const std::string words = absent ? wanted.substr(2) : wanted.substr(bar + 3);
  const bool found = std::any_of(speech.quotes().begin(), speech.quotes().end(), [&](const Quote& quote) {
    return words_of(document, quote.span) == words && (absent || words_of(document, quote.speaker) == wanted.substr(0, bar));
  });
  CHECK(found != absent);
}

}  // namespace

TEST_CASE("who says what") {
  const std::vector<Case> cases = read_cases();
  CHECK(cases.size() > 50);
  for (const Case& one : cases) {
    INFO(one.name);
    const Document document = language().parse(article_of(one.text));
    const Actors actors = actors_of(document);
    const Speech speech = Speech::find(document, actors);
    for (const std::string& wanted : one.wanted) check(document, actors, speech, wanted);
  }
}

TEST_CASE("a token beyond the document is the article's own") {
  const Document document = language().parse(article_of("Ana Lima left."));
  const Speech speech = Speech::find(document, actors_of(document));
  CHECK(speech.attribution_of(1000).empty());
  CHECK(speech.quotes().empty());
}
