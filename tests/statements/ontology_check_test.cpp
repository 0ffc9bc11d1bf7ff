// What the authors of rows are told about them.
#include "extract/statements/ontology_check.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "extract/statements/nearest.h"

using namespace relata;
using namespace relata::statements;

namespace {

// A data folder of its own, with one row too many.
class Spoilt {
 public:
  Spoilt(const char* file, const char* row) : folder_(std::filesystem::temp_directory_path() / "relata_ontology_check_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::filesystem::copy("data", folder_ / "data", std::filesystem::copy_options::recursive);
    const std::filesystem::path path = folder_ / "data" / file;
    {
      std::ifstream in(path);
      for (std::string line; std::getline(in, line);) ++lines_;
    }
    std::ofstream(path, std::ios::app) << row << '\n';
    ::setenv("RELATA_HOME", folder_.c_str(), 1);
    const auto checked = check_ontology();
    REQUIRE(checked);
    found = *checked;
    place = std::string(file) + ":" + std::to_string(lines_ + 1) + ": ";
  }
  ~Spoilt() {
    ::unsetenv("RELATA_HOME");
    std::filesystem::remove_all(folder_);
  }

  OntologyCheck found;
  std::string place;  // of the row

 private:
  std::filesystem::path folder_;
  std::size_t lines_ = 0;
};

void check_fault(const char* file, const char* row, const char* what) {
  const Spoilt spoilt(file, row);
  INFO(file << " " << row);
  REQUIRE(spoilt.found.faults.size() == 1);
  CHECK(spoilt.found.faults[0].rfind(spoilt.place, 0) == 0);
  INFO(spoilt.found.faults[0]);
  CHECK(spoilt.found.faults[0].find(what) != std::string::npos);
}

}  // namespace

TEST_CASE("the shipped ontology has no faults and no row that never counts, and words for the types that words signal") {
  const auto checked = check_ontology();
  REQUIRE(checked);
  for (const std::string& fault : checked->faults) FAIL_CHECK(fault);
  for (const std::string& note : checked->idle) FAIL_CHECK(note);
  const auto assault = std::find_if(checked->counts.begin(), checked->counts.end(), [](const auto& count) { return count.type == "ASSAULT"; });
  REQUIRE(assault != checked->counts.end());
  CHECK(assault->words[0] > 50);
}

TEST_CASE("a wrong row is told by file and line") {
  check_fault("statements/verbs.tsv", "emblazon\tSPONSR\tobj", "no relation type 'SPONSR'");
  check_fault("statements/verbs.tsv", "emblazon\tSUPPORT\tobbj", "'obbj' is neither a slot nor");
  check_fault("statements/verbs.tsv", "emblazon\tSUPPORT", "2 columns");
  check_fault("statements/verbs.tsv", "emblazon\tSUPPORT\tobj\tobjj:x", "unknown condition 'objj:x'");
  check_fault("statements/verbs.tsv", "emblazon\tSUPPORT\tobj\tobj", "unknown condition 'obj'");
  check_fault("statements/nouns.tsv", "emblazonment\tSUPPORT\tof\tobj:@no_such", "no list 'no_such'");
  check_fault("statements/roles.tsv", "emblazoner\tSUPPORT\tof\tsubj=HUMAN", "no entity type 'HUMAN'");
  check_fault("relations.tsv", "SPONSOR\tsponsors\tboth\tevent\t-\t-\t-", "neither symmetric nor directed");
  check_fault("relations.tsv", "ASSAULT\tattacks\tdirected\tevent\t-\t-\t-", "is there twice");
}

TEST_CASE("a row that an earlier one always takes is noted, one with other conditions is not") {
  const Spoilt spoilt("statements/verbs.tsv", "condemn\tASSAULT\tobj");
  CHECK(spoilt.found.faults.empty());
  const auto noted = [](const OntologyCheck& check, const std::string& place) {
    return std::any_of(check.idle.begin(), check.idle.end(), [&](const std::string& note) { return note.rfind(place, 0) == 0; });
  };
  CHECK(noted(spoilt.found, spoilt.place));
  const Spoilt fine("statements/verbs.tsv", "condemn\tASSAULT\tupon");
  CHECK_FALSE(noted(fine.found, fine.place));
}

TEST_CASE("a word is looked up with its rows, lists and lemma") {
  const auto known = look_up("meet");
  REQUIRE(known);
  REQUIRE_FALSE(known->uses.empty());
  CHECK(known->uses[0].word_class == WordClass::verb);
  CHECK(known->uses[0].row.place.rfind("statements/verbs.tsv:", 0) == 0);
  const auto nothing = look_up("outflummox");
  REQUIRE(nothing);
  CHECK(nothing->uses.empty());
  CHECK(nothing->lists.empty());
  CHECK(lemma_of("condemned", WordClass::verb) == "condemn");
  CHECK(lemma_of("spokesmen", WordClass::noun) == "spokesman");
}

TEST_CASE("nearest verbs are of the ontology, in order, and not the verb itself") {
  const auto ontology = Ontology::load();
  const auto vectors = WordVectors::load("models");
  REQUIRE(ontology);
  REQUIRE(vectors);
  const auto near = nearest_verbs(*ontology, *vectors, "denounce", 5, 0.3F);
  REQUIRE_FALSE(near.empty());
  CHECK(near.size() <= 5);
  for (std::size_t i = 0; i < near.size(); ++i) {
    CHECK(near[i].verb != "denounce");
    CHECK_FALSE(ontology->entries(WordClass::verb, near[i].verb).empty());
    if (i > 0) CHECK(near[i - 1].cosine >= near[i].cosine);
  }
  CHECK(nearest_verbs(*ontology, *vectors, "outflummox", 5, 0.0F).empty());
}
