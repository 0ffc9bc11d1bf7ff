// Bytes of any kind: what is read is text that the other stages may rely on.
#include "extract/reading/article_source.h"
#include "extract/reading/encoding.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/texts.h"

namespace {

constexpr const char* kKinds[] = {"",         "text/plain", "text/html; charset=iso-8859-1", "application/json", "application/x-ndjson", "a.html",
                                  "a.txt.gz", "a.json.zst", "a.jsonl",                       "a.md",             "text/plain; charset=utf-16", "nonsense;;=\""};

}  // namespace

// The first byte chooses the kind.
std::vector<std::string> relata::fuzz::seeds() {
  std::vector<std::string> all;
  for (const std::string& text : texts()) all.push_back("\x01" + text);
  all.push_back("\x02<!doctype html><html lang=en><head><title>Talks</title><meta property=\"article:published_time\" content=\"2024-11-12T08:00:00Z\">"
                "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-11-12\",\"publisher\":{\"name\":\"Harbour Wire\"}}</script>"
                "</head><body><nav><a href=/>Home</a> <a href=/x>More</a></nav><article><h1>Talks</h1><p>Norland met Sudria &amp; left.</p><ul><li>One<li>Two</ul>"
                "<table><tr><td>x</table><p>Marta Lindqvist said \u201cno\u201d.</article><footer>Copyright</footer></body></html>");
  all.push_back("\x03{\"url\":\"http://news.example/1\",\"title\":\"Talks\",\"date\":\"2024-11-12\",\"body\":\"Norland met Sudria.\\n\\u201cNo\\u201d, it said.\"}");
  all.push_back("\x04{\"uri\":\"a\",\"text\":\"Norland met Sudria.\",\"published\":\"2024-11-12T08:00:00+02:00\"}\n\n{\"content\":[\"One.\",\"Two.\"],\"id\":7}\n{\"text\":3}\n");
  all.push_back("\x05<p>caf\xe9 <b>na\xefve</b> \x93quoted\x94</p>");
  all.push_back(std::string("\x0a\xff\xfeN\0o\0r\0l\0a\0n\0d\0", 15));
  all.push_back(std::string("\x06\x1f\x8b\x08\0\0\0\0\0\0\x03\xf3\xcb/\xcaI\xccK\x01\0\x2e\x4b\x1e\xb4\x07\0\0\0", 28));
  return all;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  if (size == 0) return 0;
  ReadingOptions options;
  options.sentences = data[0] >= 128;
  const auto articles = read_bytes(fuzz::bytes_of(data + 1, size - 1), kKinds[data[0] % std::size(kKinds)], "fuzz", options);
  if (!articles) {
    fuzz::expect(!articles.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  for (const Article& article : *articles) {
    for (const std::string* text : {&article.text, &article.title, &article.publisher, &article.uri}) fuzz::expect(is_valid_utf8(*text), "what is read is UTF-8");
    fuzz::expect(article.text.find('\0') == std::string::npos, "a text has no NUL");
    fuzz::expect(article.id == article_id(article), "the id of an article is of its content");
  }
  return 0;
}
