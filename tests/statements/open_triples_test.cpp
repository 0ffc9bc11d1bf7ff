#include <doctest/doctest.h>

#include <algorithm>

#include "tests/statements/marked.h"

using namespace relata;

namespace {

std::vector<std::string> triples(const std::string& text) {
  const Marked given = marked(text);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < given.document.sentences.size(); ++i)
    for (const Triple& triple : open_triples(given.document, i)) {
      std::string line = triple.subject + " | " + triple.predicate;
      for (const std::string& object : triple.objects) line += " | " + object;
      all.push_back(std::move(line));
    }
  return all;
}

struct Row {
  const char* text;
  std::vector<const char*> triples;
};

}  // namespace

TEST_CASE("one n-ary triple a clause and subject") {
  const Row rows[] = {
      {"The mayor opened the bridge in June.", {"The mayor | opened | the bridge | in June"}},
      {"The bridge was built by engineers.", {"The bridge | was built by | engineers"}},
      {"She has not spoken to reporters.", {"She | has not spoken to | reporters"}},
      {"The firm wants to sell the plant.", {"The firm | wants to sell | the plant"}},
      {"Anna and Tom own a farm.", {"Anna | own | a farm", "Tom | own | a farm"}},
      {"The farmer who grows apples lost his dog.", {"The farmer | grows | apples", "The farmer | lost | his dog"}},
      {"Experts say that prices will rise.", {}},
      {"Paris, the capital of France, is large.", {"Paris | is | the capital of France"}},
  };
  for (const Row& row : rows) {
    const std::vector<std::string> found = triples(row.text);
    std::string all;
    for (const std::string& line : found) all += "\n  " + line;
    for (const char* expected : row.triples) {
      INFO(row.text << all << "\nexpected: " << expected);
      CHECK(std::find(found.begin(), found.end(), expected) != found.end());
    }
  }
}

TEST_CASE("confidence lies between 0 and 1, most confident first") {
  const Marked given = marked("The mayor, a lawyer who owns a farm, said that the old bridge was closed and the new one opened.");
  double last = 1;
  for (const Triple& triple : open_triples(given.document, 0)) {
    CHECK(triple.confidence > 0);
    CHECK(triple.confidence <= last);
    last = triple.confidence;
  }
}
