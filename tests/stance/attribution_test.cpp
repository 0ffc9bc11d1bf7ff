// Who says, thinks or intends what in whole articles of several manners, marked as newspaper corpora of attribution mark them: every
// [S1 source] with its [C1 content]; several stretches with one number belong together. Measured as such corpora are: a quote is right when
// it overlaps the content and its speaker the source of one attribution; an attribution is found when such a quote is there.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "extract/stance/stance.h"
#include "tests/stance/reading.h"

using namespace relata;
using namespace relata::stance_test;

namespace {

struct Marked {
  std::vector<Span> source, content;
};

struct MarkedArticle {
  std::string text;
  std::map<int, Marked> attributions;
};

MarkedArticle read_marked(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::string raw{std::istreambuf_iterator<char>(file), {}};
  MarkedArticle article;
  struct Open {
    bool source;
    int number;
    std::uint32_t begin;
  };
  std::vector<Open> open;
  std::uint32_t point = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char kind = i + 2 < raw.size() ? raw[i + 1] : ' ';
    if (raw[i] == '[' && (kind == 'S' || kind == 'C') && raw[i + 2] >= '0' && raw[i + 2] <= '9') {
      const std::size_t space = raw.find(' ', i);
      open.push_back({kind == 'S', std::stoi(raw.substr(i + 2, space - i - 2)), point});
      i = space;
    } else if (raw[i] == ']' && !open.empty()) {
      Marked& marked = article.attributions[open.back().number];
      (open.back().source ? marked.source : marked.content).push_back({open.back().begin, point});
      open.pop_back();
    } else {
      article.text += raw[i];
      if ((raw[i] & 0xC0) != 0x80) ++point;
    }
  }
  REQUIRE(open.empty());
  return article;
}

bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }
bool overlap(Span a, const std::vector<Span>& all) {
  return std::any_of(all.begin(), all.end(), [&](Span b) { return overlap(a, b); });
}

struct Score {
  double right = 0, told = 0, found = 0, marked = 0;
};

void measure(const MarkedArticle& article, Score& score) {
  const Document document = language().parse(article_of(article.text));
  const Speech speech = Speech::find(document, actors_of(document));
  const auto agree = [](const Quote& quote, const Marked& marked) { return overlap(quote.span, marked.content) && overlap(quote.speaker, marked.source); };
  for (const Quote& quote : speech.quotes()) {
    ++score.told;
    const bool right = std::any_of(article.attributions.begin(), article.attributions.end(), [&](const auto& one) { return agree(quote, one.second); });
    score.right += right;
    if (!right) MESSAGE("nobody's: " << words_of(document, quote.speaker) << " | " << words_of(document, quote.span));
  }
  for (const auto& [number, marked] : article.attributions) {
    REQUIRE(!marked.source.empty());
    REQUIRE(!marked.content.empty());
    ++score.marked;
    score.found += std::any_of(speech.quotes().begin(), speech.quotes().end(), [&](const Quote& quote) { return agree(quote, marked); });
  }
}

}  // namespace

TEST_CASE("attributions of whole articles") {
  Score score;
  std::vector<std::filesystem::path> articles;
  for (const auto& file : std::filesystem::directory_iterator("tests/stance/attribution")) articles.push_back(file.path());
  std::sort(articles.begin(), articles.end());
  CHECK(articles.size() >= 6);
  for (const auto& path : articles) measure(read_marked(path), score);
  INFO("right " << score.right << " of " << score.told << ", found " << score.found << " of " << score.marked);
  CHECK(score.right >= 0.92 * score.told);
  CHECK(score.found >= 0.84 * score.marked);
}
