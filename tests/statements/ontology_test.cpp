#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "extract/statements/ontology.h"

using namespace relata;
using namespace relata::statements;

TEST_CASE("the shipped ontology loads and knows its types") {
  const Result<Ontology> ontology = Ontology::load();
  INFO((ontology.ok() ? std::string() : ontology.error().message));
  REQUIRE(ontology.ok());
  for (const char* type : {"AGREE", "CONSULT", "PERMIT", "STATE", "HAS_POSITION_AT", "SAME_ACTOR_AS", "OTHER"})
    CHECK(ontology->type(type) != nullptr);
  CHECK(ontology->type("CONSULT")->symmetric);
  CHECK_FALSE(ontology->type("ASSAULT")->symmetric);
  CHECK(ontology->type("ASSAULT")->cameo == "18");
  CHECK_FALSE(ontology->entries(WordClass::verb, "attack").empty());
  CHECK_FALSE(ontology->entries(WordClass::verb, "call_for").empty());
  CHECK(ontology->entries(WordClass::verb, "no such verb").empty());
  CHECK(ontology->has("light", "take"));
}

namespace {

// A data folder of its own, so that errors of a user's files can be seen.
class Home {
 public:
  Home() : folder_(std::filesystem::temp_directory_path() / "relata_ontology_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::filesystem::copy("data", folder_ / "data", std::filesystem::copy_options::recursive);
    ::setenv("RELATA_HOME", folder_.c_str(), 1);
  }
  ~Home() {
    ::unsetenv("RELATA_HOME");
    std::filesystem::remove_all(folder_);
  }
  void append(const char* file, const char* line) { std::ofstream(folder_ / "data" / file, std::ios::app) << '\n' << line << '\n'; }

 private:
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("a user's rows extend the ontology") {
  Home home;
  home.append("relations.tsv", "SPONSOR\tsponsors\tdirected\tevent\t-\t-\tP859");
  home.append("statements/verbs.tsv", "emblazon\tSPONSOR\tobj,with");
  const Result<Ontology> ontology = Ontology::load();
  REQUIRE(ontology.ok());
  REQUIRE(ontology->entries(WordClass::verb, "emblazon").size() == 1);
  REQUIRE(ontology->entries(WordClass::verb, "emblazon")[0].slots.size() == 2);
  CHECK(to_string(ontology->entries(WordClass::verb, "emblazon")[0].slots[0]) == "obj");
  CHECK(to_string(ontology->entries(WordClass::verb, "emblazon")[0].slots[1]) == "with");
}

TEST_CASE("a wrong row is named with its cure") {
  {
    Home home;
    home.append("statements/verbs.tsv", "emblazon\tNO_SUCH_TYPE\tobj");
    const Result<Ontology> ontology = Ontology::load();
    REQUIRE_FALSE(ontology.ok());
    CHECK(ontology.error().message == "statements/verbs.tsv: emblazon: no relation type 'NO_SUCH_TYPE' in relations.tsv; add it there");
  }
  {
    Home home;
    home.append("statements/nouns.tsv", "gala\tCONSULT\twith\tobjj:x");
    const Result<Ontology> ontology = Ontology::load();
    REQUIRE_FALSE(ontology.ok());
    CHECK(ontology.error().message == "statements/nouns.tsv: gala: unknown condition 'objj:x'; see data/statements/README.md");
  }
}
