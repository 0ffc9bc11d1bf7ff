// Files, folders, feeds: what comes in and how it goes wrong.
#include "extract/reading/article_source.h"

#include <doctest/doctest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>

using namespace relata;
namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "relata-reading-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

struct Got {
  std::vector<Article> articles;
  std::vector<std::string> errors, notes;
};

Got read(const std::vector<std::string>& paths, const ReadingOptions& options = {}) {
  Got got;
  auto source = ArticleSource::open(paths, options);
  if (!source) {
    got.errors.push_back(source.error().message);
    return got;
  }
  for (int guard = 0; guard < 100000; ++guard) {
    auto article = source->next();
    if (!article) {
      got.errors.push_back(article.error().message);
      continue;
    }
    if (!*article) return got;
    got.articles.push_back(std::move(**article));
    got.notes.insert(got.notes.end(), source->notes().begin(), source->notes().end());
  }
  FAIL("a source without end");
  return got;
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

}  // namespace

TEST_CASE("a text file is the article as it is, named after the file") {
  const Folder folder;
  const std::string text = "  Docks leased\r\n\r\nThe port agreed.\t\r\n\n";
  const Got got = read({folder.write("a b.txt", text)});
  REQUIRE(got.articles.size() == 1);
  CHECK(got.articles[0].text == text);
  CHECK(got.articles[0].uri == "a b.txt");
  CHECK(got.articles[0].title == "Docks leased");
  CHECK(got.articles[0].published_from == PublishedFrom::none);
  CHECK(got.articles[0].id == article_id(got.articles[0]));
}

TEST_CASE("records of JSON, by all their usual names") {
  struct Case {
    const char *json, *seen;  // uri | title | publisher | published | text
  };
  for (const Case& c : {
           Case{R"({"uri":"a.txt","title":"T","text":"X. \u00e9","published":"2024-11-18","publisher":"P"})", "a.txt|T|P|2024-11-18|X. \u00e9"},
           {R"({"url":"https://e.example/2024/11/18/x","headline":"T","body":"X"})", "https://e.example/2024/11/18/x|T||2024-11-18|X"},
           {R"({"id":7,"Content":"X","datePublished":"2024-11-18T10:00:00Z","source":{"id":null,"name":"P"}})", "7|X||2024-11-18|X"},
           {R"({"text":["One.","Two."],"date":1731924000,"source":"https://www.paper.example/feed"})", "f.json||paper.example|2024-11-18|One.\n\nTwo."},
           {R"({"content":"<p>The <b>port</b> agreed to lease its docks to the group on Monday, officials said.</p>","title":"T"})",
            "f.json|T||-|The port agreed to lease its docks to the group on Monday, officials said."},
           {R"([{"text":"X"}])", "f.json|||-|X"},
           {R"({"status":"ok","articles":[{"text":"X","uri":"u"}]})", "u|||-|X"},
       }) {
    const auto articles = read_bytes(c.json, "application/json", "f.json");
    REQUIRE_MESSAGE(articles.ok(), c.json);
    REQUIRE(articles->size() == 1);
    const Article& a = articles->front();
    CAPTURE(c.json);
    CHECK(a.text == std::string(c.seen).substr(std::string(c.seen).rfind('|') + 1));
    CHECK(std::string(c.seen).starts_with(a.uri + "|"));
    if (std::string(c.seen).find("2024-11-18") != std::string::npos) CHECK((a.published && to_string(*a.published) == "2024-11-18"));
  }
}

TEST_CASE("the text of a record stays exactly as given") {
  const auto articles = read_bytes("{\"text\":\" a\\r\\n\\tb\\u00a0\\u200b \\ud83d\\ude00 \"}", "application/json", "f");
  REQUIRE(articles.ok());
  CHECK(articles->front().text == " a\r\n\tb\u00A0\u200B \U0001F600 ");
}

TEST_CASE("a date that is not understood is told, not guessed") {
  const Folder folder;
  const Got got = read({folder.write("f.json", R"({"text":"X","published":"03/04/2024"})")});
  REQUIRE(got.articles.size() == 1);
  CHECK(!got.articles[0].published);
  REQUIRE(got.notes.size() == 1);
  CHECK(got.notes[0] == folder.path() + "/f.json: published='03/04/2024': not understood as a day; write it as 2024-11-18");
}

TEST_CASE("a bad line is named and skipped") {
  const Folder folder;
  const std::string path = folder.write("feed.jsonl", "{\"text\":\"One\",\"uri\":\"1\"}\n\n{\"text\": oops}\n{\"title\":\"no text\"}\n[]\n17\n{\"text\":\"Two\"}");
  const Got got = read({path});
  REQUIRE(got.articles.size() == 2);
  CHECK(got.articles[0].uri == "1");
  CHECK(got.articles[1].uri == "feed.jsonl:7");
  REQUIRE(got.errors.size() == 4);
  CHECK(got.errors[0].starts_with(path + ":3: not JSON: parse error at line 1, column 10"));
  CHECK(got.errors[1] == path + ":4: has no text");
  CHECK(got.errors[2] == path + ":5: one object a line is expected");
  CHECK(got.errors[3] == path + ":6: an object with a field \"text\" is expected");
}

TEST_CASE("sentences: every line is an article") {
  const Folder folder;
  ReadingOptions options;
  options.sentences = true;
  const Got got = read({folder.write("s.txt", "First , one .\r\n\n  Second one .\n")}, options);
  REQUIRE(got.articles.size() == 2);
  CHECK(got.articles[0].text == "First , one .");
  CHECK(got.articles[1].text == "  Second one .");
  CHECK(got.articles[1].uri == "s.txt");
}

TEST_CASE("what the caller tells comes after metadata and before the text") {
  ReadingOptions options;
  options.published = parse_day("2020-01-02");
  options.publisher = "Told";
  auto articles = read_bytes("LONDON, March 3, 2022 (Reuters) - The port agreed.", "text/plain", "a", options);
  CHECK(articles->front().published == parse_day("2020-01-02"));
  CHECK(articles->front().published_from == PublishedFrom::argument);
  CHECK(articles->front().publisher == "Told");
  articles = read_bytes(R"({"text":"X","date":"2021-01-01","publisher":"P"})", "", "a", options);
  CHECK(articles->front().published == parse_day("2021-01-01"));
  CHECK(articles->front().publisher == "P");
}

TEST_CASE("compressed files, by their bytes and not by their names") {
  const Folder folder;
  const std::string text = "The port agreed to lease its docks.";
  const std::string feed = "{\"text\":\"One\"}\n{\"text\":\"Two\"}\n";
  CHECK(read({folder.write("a.txt.gz", gzip(text))}).articles.at(0).text == text);
  CHECK(read({folder.write("a.txt.gz", gzip(text))}).articles.at(0).uri == "a.txt");
  CHECK(read({folder.write("a.txt.zst", zstd(text))}).articles.at(0).text == text);
  CHECK(read({folder.write("plain.gz", text)}).articles.at(0).text == text);
  CHECK(read({folder.write("f.jsonl.gz", gzip(feed))}).articles.size() == 2);
  CHECK(read({folder.write("two.jsonl.gz", gzip(feed) + gzip(feed))}).articles.size() == 4);
  CHECK(read({folder.write("f.jsonl.zst", zstd(feed))}).articles.size() == 2);
  CHECK(read_bytes(gzip(feed), "application/x-ndjson", "").ok());
}

TEST_CASE("damaged compression is told once") {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "{\"text\":\"Sentence number " + std::to_string(i * 7919) + "\"}\n";
  for (const auto& [name, bytes] : {std::pair{"cut.jsonl.gz"s, gzip(text)}, {"cut.jsonl.zst"s, zstd(text)}}) {
    const Got got = read({folder.write(name, bytes.substr(0, bytes.size() / 2))});
    CHECK(got.articles.size() > 10);
    REQUIRE(got.errors.size() == 1);
    CHECK(got.errors[0].find("broken") != std::string::npos);
    CHECK(got.errors[0].find("it ends early") != std::string::npos);
  }
}

TEST_CASE("folders: sorted, recursive, known endings only, without going in circles") {
  const Folder folder;
  folder.write("b.txt", "B");
  folder.write("a/z.json", R"({"text":"Z"})");
  folder.write("a/y.txt.gz", gzip("Y"));
  folder.write("c.pdf", "C");
  folder.write(".hidden.txt", "H");
  fs::create_directory_symlink(folder.path(), folder / "a/loop");
  std::vector<std::string> texts;
  const Got got = read({folder.path()});
  for (const Article& article : got.articles) texts.push_back(article.text);
  CHECK(texts == std::vector<std::string>{"Y", "Z", "B"});
  CHECK(got.errors.empty());
}

TEST_CASE("what cannot be read is named") {
  const Folder folder;
  CHECK(read({folder.path() + "/none.txt"}).errors == std::vector<std::string>{folder.path() + "/none.txt: no such file or folder"});
  const std::string empty = folder.write("empty.txt", ""), blank = folder.write("blank.html", " \n");
  CHECK(read({empty, blank}).errors == std::vector<std::string>{empty + ": is empty", blank + ": is empty"});
  const std::string good = folder.write("good.txt", "Fine.");
  const Got got = read({empty, good});
  CHECK(got.errors.size() == 1);
  CHECK(got.articles.size() == 1);  // and the others are read
}

TEST_CASE("bytes of unknown kind are looked at") {
  CHECK(read_bytes("<!doctype html><body><p>The port agreed.</p>", "", "")->front().text == "The port agreed.");
  CHECK(read_bytes("{\n \"text\": \"X\"\n}", "", "")->front().text == "X");
  CHECK(read_bytes("{\"text\":\"X\"}\n{\"text\":\"Y\"}", "", "")->size() == 2);
  CHECK(read_bytes("[edited] The port agreed.", "", "")->front().text == "[edited] The port agreed.");
  CHECK(read_bytes("\xFF\xFEH\0i\0"s, "text/plain", "")->front().text == "Hi");
  CHECK(!read_bytes("", "", "").ok());
}
