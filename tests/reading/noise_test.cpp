#include "extract/reading/noise.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace relata;

namespace {

const std::string kParagraph = "The finance minister told lawmakers on Tuesday that the bank would be sold before the end of the year.\n";

std::vector<std::string> noise_of(const std::string& text) {
  std::vector<std::string> out;
  const auto lines = judge_lines(text);
  REQUIRE(lines.ok());
  for (const TextLine& line : *lines)
    if (line.noise) out.push_back(text.substr(line.begin, line.end - line.begin));
  return out;
}

bool is_noise(const std::string& line) {
  const auto found = noise_of(kParagraph + line + "\n" + kParagraph);
  return std::find(found.begin(), found.end(), line) != found.end();
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("furniture by its wording") {
  for (const char* line : {
           "All news", "Search", "Close this search box.", "Skip to main content", "Share this article", "Read more", "READ ALSO: Minister resigns over leak",
           "Advertisement", "We use cookies to give you the best experience on our website.", "\u00A9 2024 Example Media. All rights reserved.",
           "A burnt-out bus near the station in Oldtown, May 3 2024. Picture: JANE ROE/REUTERS", "Minister Ann Lee. Photo: Jane Roe/TASS",
           "Photo: Jane Roe / AFP", "Photograph by Jane Roe", "Soldiers on parade in Oldtown on Monday (Jane Roe/AFP)", "The minister waves [File photo]",
           "Rescuers at work, REUTERS/Jane Roe", "By Ann Lee and John Smith", "By Ann Lee, Example News", "https://example.org/a/b?c=d", "www.example.org/news",
           "- https://example.org/status/1", "Home > World > Europe", "News | Opinion | Sport | Culture",
           "\u041C\u0438\u043D\u0438\u0441\u0442\u0440 \u0444\u0438\u043D\u0430\u043D\u0441\u043E\u0432", "\u4E2D\u56FD\u653F\u5E9C\u8868\u793A",
           "(Reporting by Ann Lee; Editing by John Smith)", "Sign up for our newsletter to get the best of the week.", "Related stories", "***", "4 min read",
       })
    CHECK_MESSAGE(is_noise(line), line);
}

TEST_CASE("the article's own words stay") {
  for (const char* line : {
           "Minister resigns over leak", "What the treaty says", "Putin and Macron talk for an hour, Kremlin says", "Background", "A long night of talks",
           "\u201CWe will not wait,\u201D she said.", "\"No,\" he answered.", "By Tuesday the army had left the town.", "By all accounts the talks failed",
           "He painted a grim picture: no growth this year.", "She shared a video: the bridge was gone.", "He posted a photo by a friend of the minister.",
           "The attack happened two hours ago.", "Officials said they wanted to learn more.", "The company sued Getty Images.", "Share prices fell on Monday after the vote.",
           "Related parties to the deal denied it on Monday.", "Follow the money, investigators were told by the ministry on Monday, and they did so for two years.",
           "By signing up to the treaty, France gave up its claim to the island.", "Listen to the people, the bishop told them.", "Sources: bank to be sold by winter",
           "Join our fight, the president urged Europe.", "More in sorrow than in anger, the minister left the party he had founded.",
           "Source: the ministry itself has said for years, in every report it sent to parliament, that nothing of the kind had ever happened, and nobody in the "
           "chamber had asked for proof until Monday, when a member of the committee asked for it.",
           "The G7 \u2014 Canada, France, Germany, Italy, Japan, Britain and the United States", "Ukraine\u2019s request and Moscow\u2019s reaction",
           "\u00C1d\u00E1m \u0141ukasz met \u015Eahin in \u0130zmir.", "Ho Chi Minh \u0111\u00E3 g\u1EB7p Nguy\u1EC5n V\u0103n Thi\u1EC7u.", "May 3, 2024",
           "MINSK, May 3. /TASS/. The minister met the envoy.",
       })
    CHECK_MESSAGE(!is_noise(line), line);
}

TEST_CASE("menus and breadcrumbs above the article") {
  CHECK(noise_of("- Example TV\n- World\n- Bank to be sold\nBank to be sold\n" + kParagraph) == Lines{"- Example TV", "- World", "- Bank to be sold"});
  CHECK(noise_of("Ukraine\nMiddle East\nAfrica\nBank to be sold by winter\n" + kParagraph) == Lines{"Ukraine", "Middle East", "Africa"});
  CHECK(noise_of("Bank to be sold\nMinister speaks\n" + kParagraph).empty());
}

TEST_CASE("bullet points of the article stay") {
  CHECK(noise_of("Bank to be sold\n" + kParagraph + "- The state keeps a third.\n- Workers get shares.\n" + kParagraph).empty());
}

TEST_CASE("headlines of other articles, behind their heading or below the end") {
  CHECK(noise_of(kParagraph + "Related stories\nBank chief leaves in a hurry\nThe long decline of a bank\n") ==
        Lines{"Related stories", "Bank chief leaves in a hurry", "The long decline of a bank"});
  const std::string text = "Bank to be sold\n" + kParagraph + kParagraph + kParagraph;
  CHECK(noise_of(text + "Bank chief leaves in a hurry\nThe long decline of a bank\nExample News\nFour banks that did not fail\n").size() == 4);
  CHECK(noise_of(text + "Bank chief leaves in a hurry\n").empty());
  CHECK(noise_of("One bank is sold for good\nTwo banks are sold for bad\nThree banks are not sold yet\n").empty());  // nothing but headlines
}

TEST_CASE("a sentence is noise if all of its words are") {
  auto article = std::make_unique<Article>();
  article->text = "Search\n" + kParagraph;
  Document document;
  document.source = std::move(article);
  const std::string_view text = document.article().text;
  for (const auto& [begin, size] : {std::pair<std::size_t, std::size_t>{0, 6}, {7, 3}, {11, 7}}) {
    Token token;
    token.text = text.substr(begin, size);
    token.byte_begin = static_cast<std::uint32_t>(begin);
    token.head = static_cast<TokenIndex>(document.tokens.size());
    document.tokens.push_back(token);
  }
  document.sentences = {{0, 1}, {1, 3}};
  REQUIRE(mark_noise(document).ok());
  CHECK(document.noise == std::vector<bool>{true, false});
  document.sentences = {{0, 3}};  // the parser joined them
  REQUIRE(mark_noise(document).ok());
  CHECK(document.noise == std::vector<bool>{false});
}
