#include "extract/pipeline/line.h"

#include <doctest/doctest.h>

#include "extract/pipeline/points.h"
#include "tests/support/sample_extraction.h"

using namespace relata;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a line comes back as what was written") {
  const std::string line = to_line(tests::sample_extraction());
  const auto back = from_line(line);
  REQUIRE(back);
  CHECK(to_line(*back) == line);
  CHECK(back->statements[0].time == tests::sample_extraction().statements[0].time);
  CHECK(back->statements[0].confidence == tests::sample_extraction().statements[0].confidence);
  CHECK(std::get<ActorIndex>(back->statements[0].roles[0].value) == 1);
  CHECK(line.find("\n") == std::string::npos);
}

TEST_CASE("spans are printed with the text at their code points") {
  CHECK(to_line(tests::sample_extraction()).find(R"({"begin":10,"end":16,"text":"Łukasz","kind":"name"})") != std::string::npos);
  const CodePoints points("naïve 🙂!");
  CHECK(points.size() == 8);
  CHECK(points.slice({2, 7}) == "ïve 🙂");
  CHECK(points.slice({7, 99}) == "!");
  CHECK(points.slice({50, 99}).empty());
}

TEST_CASE("a faulty line is refused with the part that is wrong") {
  const std::string line = to_line(tests::sample_extraction());
  struct Row {
    std::string line, words;
  };
  for (const Row& row : {
           Row{"", "malformed JSON"},
           Row{"{}", "line.document: is missing"},
           Row{std::string(100000, '['), "malformed JSON"},
           Row{replaced(line, "\"text\":\"Zoë met", "\"text\":\"Zoe met"), "the id is not its content's"},
           Row{replaced(line, "CONSULT", ""), "has no type"},
           Row{replaced(line, "\"end\":45", "\"end\":450"), "evidence outside the text"},
           Row{replaced(line, "\"confidence\":0.875", "\"confidence\":1.5"), "confidence outside 0..1"},
           Row{replaced(line, "\"polarity\":\"negative\"", "\"polarity\":\"no\""), "statements[0].polarity: 'no'"},
           Row{replaced(line, "\"object\":\"", "\"object\":\"x"), "is no entity of the line"},
           Row{replaced(line, "2024-11-15\",\"precision", "2024-99-15\",\"precision"), "not dates in order"},
       }) {
    const auto back = from_line(row.line);
    REQUIRE_FALSE(back);
    CHECK_MESSAGE(back.error().message.find(row.words) != std::string::npos, back.error().message);
  }
}
