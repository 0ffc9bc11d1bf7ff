#include "graph/article.h"

#include <bit>
#include <cstring>

#include <xxhash.h>

namespace relata {

ArticleId article_id(const Article& article) {
  std::string content;
  content.reserve(article.text.size() + article.title.size() + article.uri.size() + 64);
  const std::string published = article.published ? to_string(*article.published) : std::string();
  for (const std::string* part : {&article.uri, &article.title, &article.publisher, &published, &article.text}) {
    content += std::to_string(part->size());
    content += ':';
    content += *part;
  }
  return {XXH3_64bits(content.data(), content.size())};
}

namespace {

// How many of the eight bytes from `at` on begin a code point.
std::uint32_t leads(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return 8 - static_cast<std::uint32_t>(std::popcount((word >> 7) & (~word >> 6) & 0x0101010101010101u));
}

// The byte after `points` more code points.
std::size_t skip(std::string_view utf8, std::size_t byte, std::uint32_t points) {
  while (points >= 8 && utf8.size() - byte >= 8) {
    points -= leads(utf8.data() + byte);
    byte += 8;
  }
  for (; byte < utf8.size(); ++byte)
    if ((utf8[byte] & 0xC0) != 0x80 && points-- == 0) break;
  return byte;
}

}  // namespace

std::string_view part_at(std::string_view utf8, Span span) {
  const std::size_t begin = skip(utf8, 0, span.begin);
  return utf8.substr(begin, skip(utf8, begin, span.end - span.begin) - begin);
}

std::string text_at(std::string_view utf8, Span span) { return std::string(part_at(utf8, span)); }

}  // namespace relata
