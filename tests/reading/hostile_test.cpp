// Input made to hurt.
#include <doctest/doctest.h>

#include <ctime>
#include <zlib.h>

#include <chrono>
#include <random>

#include "extract/reading/article_source.h"
#include "extract/reading/limits.h"

using namespace relata;

namespace {

std::string repeat(const std::string& unit, std::size_t count) {
  std::string out;
  out.reserve(unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += unit;
  return out;
}

// Reads it, or says why not; either is fine if it comes soon.
void survives(const std::string& name, const std::string& bytes, std::string_view kind) {
  const auto start = std::chrono::steady_clock::now();
  const auto articles = read_bytes(bytes, kind, "x");
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  CHECK_MESSAGE(seconds < 20, name);
  if (!articles) CHECK_MESSAGE(!articles.error().message.empty(), name);
}

std::string gzip_zeros(std::size_t megabytes) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string zeros(1 << 20, ' '), out, block(1 << 16, '\0');
  for (std::size_t i = 0; i <= megabytes; ++i) {
    stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
    stream.avail_in = i < megabytes ? static_cast<uInt>(zeros.size()) : 0;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(block.data());
      stream.avail_out = static_cast<uInt>(block.size());
      deflate(&stream, i < megabytes ? Z_NO_FLUSH : Z_FINISH);
      out.append(block, 0, block.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return out;
}

}  // namespace

TEST_CASE("pages nested a hundred thousand levels deep") {
  for (const std::string tag : {"div", "b", "a", "span", "table", "ul", "li", "p", "font", "x", "svg", "select", "form", "button", "h1", "nobr", "ruby", "td", "body", "frameset"}) {
    survives(tag, repeat("<" + tag + ">", 100000) + "text", "text/html");
    survives(tag + " closed", repeat("<" + tag + ">", 100000) + "text" + repeat("</" + tag + ">", 100000), "text/html");
    survives(tag + " with paragraphs", repeat("<" + tag + "><p>", 50000) + "text", "text/html");
  }
}

TEST_CASE("end tags that close nothing do not hide how deep a page is") {
  survives("ignored end tags", repeat("<div></x>", 20000) + "text", "text/html");
}

TEST_CASE("tags in the manner that costs a tree builder most") {
  survives("styles", repeat("<b><i><u><font color=1>", 1000) + repeat("<p>x", 100000), "text/html");
  survives("links", repeat("<a href=x>", 300) + repeat("<p>x", 100000), "text/html");
  survives("cells", "<table>" + repeat("<tr><td>x", 100000), "text/html");
  survives("foster", repeat("<table>x", 20000), "text/html");
  std::string attributes = "<p";
  for (int i = 0; i < 100000; ++i) attributes += " a" + std::to_string(i) + "=1";
  survives("attributes", attributes + ">x", "text/html");
  survives("bare attributes", "<p" + repeat(" a", 500000) + ">x", "text/html");
  survives("open", repeat("<", 1000000), "text/html");
  survives("unclosed tags", repeat("<div ", 300000), "text/html");
  survives("comments", repeat("<!--", 300000), "text/html");
  survives("scripts", repeat("<script>", 200000), "text/html");
  survives("opaque", repeat("<svg><video><object>", 100000) + "</svg", "text/html");
  survives("entities", repeat("&amp", 500000) + repeat("&notanentity;", 100000), "text/html");
  survives("quotes", repeat("<p a='", 200000), "text/html");
  survives("classes", repeat("<div class='" + repeat("nav ", 2000) + "'>x</div>", 200), "text/html");
  survives("blocks", repeat("<div><div><p>The port agreed to lease its docks to the group on Monday, they said.</p></div></div>", 30000), "text/html");
}

TEST_CASE("JSON nested deeply") {
  survives("arrays", repeat("[", 1000000), "application/json");
  survives("closed arrays", repeat("[", 300000) + repeat("]", 300000), "application/json");
  survives("objects", repeat("{\"text\":", 300000) + "1" + repeat("}", 300000), "application/json");
  survives("escapes", "{\"text\":\"" + repeat("\\ud800", 1000) + "\"}", "application/json");
  survives("numbers", R"({"text":"x","date":1e400,"published":99999999999999999999999,"time":-1})", "application/json");
  survives("structured data", "<script type='application/ld+json'>" + repeat("[", 200000) + "</script><p>x", "text/html");
}

TEST_CASE("a text of 50 MB is answered, not read") {
  const auto text = read_bytes(repeat("The port agreed to lease its docks on Monday. ", 1100000), "text/plain", "big.txt");
  REQUIRE(!text.ok());
  CHECK(text.error().message == "big.txt: its text has 48 MB, an article at most 1: split it, or give it as JSONL, one article a line");
  const auto record = read_bytes(repeat("x", kLargestRecord + 10), "text/plain", "big.txt");
  REQUIRE(!record.ok());
  CHECK(record.error().message == "big.txt: larger than 64 MB: split it, or give it as JSONL, one article a line");
}

TEST_CASE("a page of 50 MB: its beginning") {
  std::string html = "<title>Big</title>";
  for (int i = 0; html.size() < 50'000'000; ++i) html += "<p>The port agreed to lease dock " + std::to_string(i) + " to the group on Monday, they said.</p>";
  const auto page = read_bytes(std::move(html), "text/html", "big.html");
  REQUIRE_MESSAGE(page.ok(), (page.ok() ? "" : page.error().message));
  CHECK(page->front().text.size() > 500000);
}

TEST_CASE("tags that hide how deep a page is cost no more than others") {
  for (const char* piece : {"<div></x>", "<ul><table><tr><td></ul>", "<span></x>", "<div/>", "<button><div></button>"}) {
    std::string html = "<title>Deep</title><p>" + repeat("The port agreed to lease the dock on Monday. ", 20) + "</p>";
    while (html.size() < 1'000'000) html += piece;
    const std::clock_t before = std::clock();
    const auto page = read_bytes(std::move(html), "text/html", "deep.html");
    CHECK_MESSAGE(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 10.0, piece);
    REQUIRE_MESSAGE(page.ok(), piece);
    CHECK(page->front().text.find("lease the dock") != std::string::npos);
  }
}

TEST_CASE("a small file that unpacks to gigabytes is refused early") {
  const auto bomb = read_bytes(gzip_zeros(100), "application/x-ndjson", "bomb.jsonl");
  REQUIRE(!bomb.ok());
  CHECK(bomb.error().message == "bomb.jsonl: unpacks to more than 300 times its size, so it is not read");
}

TEST_CASE("a line without end is skipped, and the next one read") {
  const std::string line = "{\"text\":\"" + repeat("x", kLargestRecord) + "\"}\n";
  const auto bad = read_bytes(line + "{\"text\":\"fine\"}\n", "application/x-ndjson", "feed.jsonl");
  REQUIRE(!bad.ok());
  CHECK(bad.error().message == "feed.jsonl:1: longer than 64 MB: give each article a line of its own");
}

TEST_CASE("lines that make the rules on lines work") {
  for (const std::string unit : {"Search\n", "- a\n", "a > ", "By Ann ", "Photo: ", "May 3, ", "Nov 18 (Reuters) - ", "Related\nA title\n", "((((", "/AP/ ", "\u2014 ", "a | ",
                                 "Published: ", "\u041C", "no end", ")", "\u201D", ". "})
    survives(unit, repeat(unit, 1000000 / unit.size()), "text/plain");
}

TEST_CASE("random bytes of every kind are read or refused") {
  std::mt19937 random(11);
  const std::string marks = "<>/='\"{}[]:,\\ \n&;!-apdivscrtbhltxe0\xE2\x80\x94\xFF";
  for (int round = 0; round < 1500; ++round) {
    std::string bytes;
    for (auto left = random() % 400; left > 0; --left) bytes += random() % 4 == 0 ? static_cast<char>(random() % 256) : marks[random() % marks.size()];
    for (const char* kind : {"text/html", "application/json", "text/plain", "application/x-ndjson", ""}) {
      const auto articles = read_bytes(bytes, kind, "x");
      if (articles)
        for (const Article& article : *articles) REQUIRE(article.text.find('\0') == std::string::npos);
    }
  }
}
