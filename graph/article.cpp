#include "graph/article.h"

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

std::string text_at(std::string_view utf8, Span span) {
  std::size_t byte = 0;
  const auto skip = [&](std::uint32_t points) {
    for (; points > 0 && byte < utf8.size(); --points)
      do ++byte;
      while (byte < utf8.size() && (utf8[byte] & 0xC0) == 0x80);
  };
  skip(span.begin);
  const std::size_t begin = byte;
  skip(span.end - span.begin);
  return std::string(utf8.substr(begin, byte - begin));
}

}  // namespace relata
