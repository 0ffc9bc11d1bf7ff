#include "extract/language/language.h"

#include <doctest/doctest.h>

#include <unistd.h>
#include <ctime>

#include <filesystem>
#include <fstream>
#include <thread>

#include "extract/language/kernels.h"

namespace relata {
namespace {

const Language& language() {
  static const Result<Language> loaded = Language::load("models");
  REQUIRE(loaded.ok());
  return *loaded;
}

Article article(std::string text) {
  Article made;
  made.text = std::move(text);
  return made;
}

// All that was found out about a text, a line a token.
std::string print(const Document& document) {
  std::string out;
  for (const Token& token : document.tokens) {
    out += std::string(token.text) + " " + std::string(to_string(token.tag)) + " " + std::to_string(token.head) + " " +
           std::string(to_string(token.dep)) + " " + std::string(token.lemma) + " " + std::string(to_string(token.ner)) +
           (token.ner_begins ? "+" : "") + (token.sentence_start ? " |" : "") + "\n";
  }
  return out;
}

std::vector<std::string> some_texts() {
  std::vector<std::string> texts = {
      "", " ", "Yes.", "Ministers met in Oslo on Friday; nothing was signed.", "\n\n\n", "He hasn't \"decided\" yet (she said)."};
  std::string longer;
  for (int i = 0; i < 120; ++i) longer += "On day " + std::to_string(i) + " the envoy of Narnia told Reuters that talks would go on. ";
  texts.push_back(longer);
  texts.push_back("Grandma baked 12 pies for $30 apiece.");
  return texts;
}

// Processor time: whatever else the machine does.
double seconds_to_parse(const std::string& word, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += word;
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double before = now();
  CHECK_FALSE(language().parse(article(std::move(text))).tokens.empty());
  return now() - before;
}

}  // namespace

TEST_CASE("a sentence has its tree, its names and its lemmas") {
  const Document document = language().parse(article("Angela Merkel told reporters in Berlin that talks had failed."));
  CHECK(print(document) ==
        "Angela NNP 1 compound Angela PERSON+ |\n"
        "Merkel NNP 2 nsubj Merkel PERSON\n"
        "told VBD 2 ROOT tell \n"
        "reporters NNS 2 dobj reporter \n"
        "in IN 2 prep in \n"
        "Berlin NNP 4 pobj Berlin GPE+\n"
        "that IN 9 mark that \n"
        "talks NNS 9 nsubj talk \n"
        "had VBD 9 aux have \n"
        "failed VBN 2 ccomp fail \n"
        ". . 2 punct . \n");
  CHECK(document.sentences.size() == 1);
  CHECK(document.left_edge[2] == 0);
  CHECK(document.right_edge[9] == 9);
  CHECK(document.children_of(2).size() == 5);
}

TEST_CASE("an empty text has no tokens and no sentences") {
  const Document document = language().parse(article(""));
  CHECK(document.tokens.empty());
  CHECK(document.sentences.empty());
}

TEST_CASE("a text is analysed the same alone, in a batch and after any other text") {
  std::vector<Article> batch;
  std::vector<std::string> alone;
  for (const std::string& text : some_texts()) {
    alone.push_back(print(language().parse(article(text))));
    batch.push_back(article(text));
  }
  const std::vector<Document> together = language().parse(std::move(batch));
  REQUIRE(together.size() == alone.size());
  for (std::size_t i = 0; i < alone.size(); ++i) CHECK(print(together[i]) == alone[i]);
}

TEST_CASE("a runtime that may keep nothing gives the same analysis") {
  LanguageOptions nothing;
  nothing.known_forms = 16;
  nothing.ready_words = 2;
  const auto forgetful = Language::load("models", nothing);
  REQUIRE(forgetful.ok());
  for (const std::string& text : some_texts()) CHECK(print(forgetful->parse(article(text))) == print(language().parse(article(text))));
}

TEST_CASE("several threads parse with one runtime") {
  const auto shared = Language::load("models");
  REQUIRE(shared.ok());
  const std::vector<std::string> texts = some_texts();
  std::vector<std::string> want;
  for (const std::string& text : texts) want.push_back(print(language().parse(article(text))));
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = 0; i < 3 * texts.size(); ++i) {
          const std::size_t at = (i + t) % texts.size();
          wrong[t] += print(shared->parse(article(texts[at]))) != want[at];
        }
      });
    }
  }
  CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("text made to hurt takes time in proportion to its length") {
  for (const std::string word : {"( ", "of ", "he said that ", "\"", "a man to whom a dog ", "and ", "no stop here ", "\xF0\x9F\x98\x80"}) {
    const double one = seconds_to_parse(word, 20'000);
    CHECK_MESSAGE(seconds_to_parse(word, 160'000) < 24 * one, word);  // 8 when it is linear, 64 when it is quadratic
  }
}

TEST_CASE("a missing or spoilt model is named in the error") {
  const auto nowhere = Language::load("/nowhere");
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().fault == Fault::io);
  CHECK(nowhere.error().message.find("/nowhere/en_core_web_md/networks.model") == 0);

  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("relata-spoilt-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "en_core_web_md");
  const std::string file = folder / "en_core_web_md/networks.model";
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
    const auto spoilt = Language::load(folder);
    return !spoilt.ok() && spoilt.error().fault == Fault::corrupt;
  };
  std::ifstream in("models/en_core_web_md/networks.model", std::ios::binary);
  std::string head(20'000, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  CHECK(refused(""));
  CHECK(refused("version https://git-lfs.github.com/spec/v1\n"));
  CHECK(refused(head));  // its arrays would lie behind its end
  head[12] = head[13] = head[14] = '\x7f';
  CHECK(refused(head));
  std::filesystem::remove_all(folder);
}

}  // namespace relata
