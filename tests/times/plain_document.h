// A Document of tokens split at white space and punctuation, without parse: for rules that need none.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "extract/document.h"

namespace relata {

inline Document plain_document(std::string text, std::optional<Day> published) {
  auto article = std::make_unique<Article>();
  article->text = std::move(text);
  article->published = published;
  Document document;
  const std::string& source = article->text;
  const auto kind = [&](std::size_t i) {
    const char c = source[i];
    if (c == ' ' || c == '\n') return 0;
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80 ? 1 : 2;
  };
  std::uint32_t point = 0;
  for (std::size_t i = 0; i < source.size();) {
    const std::size_t first = i;
    const std::uint32_t begin = point;
    const int sort = kind(i);
    do {
      if ((static_cast<unsigned char>(source[i]) & 0xC0) != 0x80) ++point;
      ++i;
    } while (i < source.size() && sort != 2 && kind(i) == sort);
    while (i < source.size() && (static_cast<unsigned char>(source[i]) & 0xC0) == 0x80) ++i;
    const std::string_view word(source.data() + first, i - first);
    if (sort == 0 && word.find('\n') == std::string_view::npos) continue;
    Token token;
    token.text = token.lower = token.lemma = word;
    token.span = {begin, point};
    token.byte_begin = static_cast<std::uint32_t>(first);
    token.is_space = sort == 0;
    token.head = 0;
    token.sentence_start = document.tokens.empty();
    document.tokens.push_back(token);
  }
  document.source = std::move(article);
  index_tree(document);
  return document;
}

}  // namespace relata
