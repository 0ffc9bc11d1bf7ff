// The Document's index, label names, data files, and the repair of trees.
#include "extract/document.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "extract/data.h"
#include "extract/language/tree_repair.h"

namespace relata {
namespace {

// Tokens with these heads; a sentence starts at the first and at those given.
std::vector<Token> tokens_with_heads(const std::vector<TokenIndex>& heads) {
  std::vector<Token> tokens(heads.size());
  for (std::size_t i = 0; i < heads.size(); ++i) {
    tokens[i].head = heads[i];
    tokens[i].dep = heads[i] == i ? Dep::ROOT : Dep::dep;
  }
  return tokens;
}

std::vector<TokenIndex> starts_of(const std::vector<Token>& tokens) {
  std::vector<TokenIndex> starts;
  for (TokenIndex i = 0; i < tokens.size(); ++i) {
    if (tokens[i].sentence_start) starts.push_back(i);
  }
  return starts;
}

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("relata-home-" + std::to_string(getpid()));
  Folder() {
    std::filesystem::create_directories(path / "data");
    setenv("RELATA_HOME", path.c_str(), 1);
  }
  ~Folder() {
    unsetenv("RELATA_HOME");
    std::filesystem::remove_all(path);
  }
  void write(const std::string& file, const std::string& text) const { std::ofstream(path / "data" / file) << text; }
};

}  // namespace

TEST_CASE("the index tells sentences, children and edges") {
  Document document;
  document.source = std::make_unique<const Article>();
  document.tokens = tokens_with_heads({1, 1, 1, 4, 2, 5, 5});
  document.tokens[0].sentence_start = document.tokens[5].sentence_start = true;
  index_tree(document);
  CHECK(document.sentences == std::vector<TokenRange>{{0, 5}, {5, 7}});
  CHECK(document.sentence_of == std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1, 1});
  CHECK(document.noise == std::vector<bool>{false, false});
  const auto children = document.children_of(1);
  CHECK(std::vector<TokenIndex>(children.begin(), children.end()) == std::vector<TokenIndex>{0, 2});
  CHECK(document.left_edge == std::vector<TokenIndex>{0, 0, 2, 3, 3, 5, 6});
  CHECK(document.right_edge == std::vector<TokenIndex>{0, 4, 4, 3, 4, 6, 6});
}

TEST_CASE("a chain of a hundred thousand tokens is indexed without recursion") {
  std::vector<TokenIndex> heads(100'000, 0);
  for (TokenIndex i = 1; i < heads.size(); ++i) heads[i] = i - 1;
  Document document;
  document.source = std::make_unique<const Article>();
  document.tokens = tokens_with_heads(heads);
  index_tree(document);
  CHECK(document.right_edge[0] == 99'999);
}

TEST_CASE("the text of a range has the white space between its tokens") {
  auto article = std::make_unique<Article>();
  article->text = "Oh  no!";
  Document document;
  document.source = std::move(article);
  document.tokens.resize(3);
  document.tokens[0].text = std::string_view(document.article().text).substr(0, 2);
  document.tokens[1].text = std::string_view(document.article().text).substr(4, 2);
  document.tokens[1].byte_begin = 4;
  CHECK(document.text_of({0, 2}) == "Oh  no");
  CHECK(document.text_of({1, 1}).empty());
}

TEST_CASE("labels are printed and read as the model writes them") {
  for (int i = 0; i <= static_cast<int>(Tag::OPEN_QUOTE); ++i) CHECK(parse_tag(to_string(static_cast<Tag>(i))) == static_cast<Tag>(i));
  for (int i = 0; i <= static_cast<int>(Dep::none); ++i) CHECK(parse_dep(to_string(static_cast<Dep>(i))) == static_cast<Dep>(i));
  for (int i = 0; i <= static_cast<int>(Pos::none); ++i) CHECK(parse_pos(to_string(static_cast<Pos>(i))) == static_cast<Pos>(i));
  for (int i = 0; i <= static_cast<int>(Ner::WORK_OF_ART); ++i) CHECK(parse_ner(to_string(static_cast<Ner>(i))) == static_cast<Ner>(i));
  CHECK(to_string(Tag::PRPS) == "PRP$");
  CHECK(to_string(Dep::case_) == "case");
  CHECK_FALSE(parse_tag("nn").has_value());
  CHECK_FALSE(parse_ner("PER").has_value());
}

TEST_CASE("data files are rows of columns between comments") {
  const Folder home;
  home.write("verbs.tsv", "# verb\tclass\nsay\treport\tpast said\r\n\nask\trequest\n");
  const auto rows = read_rows("verbs.tsv", 2);
  REQUIRE(rows.ok());
  CHECK(*rows == std::vector<Row>{{"say", "report", "past said"}, {"ask", "request"}});
}

TEST_CASE("a row with too few columns is named with file and line") {
  const Folder home;
  home.write("verbs.tsv", "say\treport\nask\n");
  const auto rows = read_rows("verbs.tsv", 2);
  REQUIRE_FALSE(rows.ok());
  CHECK(rows.error().fault == Fault::bad_input);
  CHECK(rows.error().message.find("verbs.tsv:2: 1 columns, at least 2 needed") != std::string::npos);
}

TEST_CASE("a home without data is refused by its name") {
  const Folder home;
  std::filesystem::remove(home.path / "data");
  const auto found = home_folder();
  REQUIRE_FALSE(found.ok());
  CHECK(found.error().message.find("RELATA_HOME=" + home.path.string()) == 0);
}

TEST_CASE("sentences start where the roots' subtrees do") {
  std::vector<Token> tokens = tokens_with_heads({1, 1, 3, 3, 3});
  std::vector<TokenIndex> left, right;
  find_sentences(tokens, left, right);
  CHECK(starts_of(tokens) == std::vector<TokenIndex>{0, 2});
  CHECK(right[3] == 4);
}

TEST_CASE("a crossing arc goes back to the nearest token of its label below the head") {
  // 0 saw, 1 dobj of 0, 2 relcl to be found below 0 under the dobj, 3 ccomp of 1
  std::vector<Token> tokens = tokens_with_heads({0, 0, 0, 1});
  tokens[1].dep = Dep::dobj;
  tokens[2].dep = Dep::relcl;
  std::vector<Dep> below = {Dep::none, Dep::none, Dep::dobj, Dep::none};
  std::vector<TokenIndex> left, right;
  find_sentences(tokens, left, right);
  SUBCASE("found") {
    CHECK(restore_crossing_arcs(tokens, below, left, right));
    CHECK(tokens[2].head == 1);
  }
  SUBCASE("no such label: the head stays") {
    below[2] = Dep::nsubj;
    CHECK(restore_crossing_arcs(tokens, below, left, right));
    CHECK(tokens[2].head == 0);
  }
  SUBCASE("white space is no head") {
    tokens[1].is_space = true;
    restore_crossing_arcs(tokens, below, left, right);
    CHECK(tokens[2].head == 0);
  }
}

TEST_CASE("a sentence full of crossing arcs costs no more than its length allows") {
  constexpr TokenIndex kTokens = 200'000;
  std::vector<Token> tokens = tokens_with_heads(std::vector<TokenIndex>(kTokens, 0));
  const std::vector<Dep> below(kTokens, Dep::dobj);
  std::vector<TokenIndex> left, right;
  find_sentences(tokens, left, right);
  CHECK(restore_crossing_arcs(tokens, below, left, right));
}

}  // namespace relata
