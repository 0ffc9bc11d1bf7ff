// Any bytes as the articles that plain text of them gives.
#pragma once

#include "extract/reading/article_source.h"
#include "tests/fuzz/fuzz.h"

namespace relata::fuzz {

inline std::vector<Article> articles_of(const std::uint8_t* data, std::size_t size) {
  ReadingOptions options;
  if (size % 2 == 0) options.published = make_day(2024, 11, 15);
  auto articles = read_bytes(bytes_of(data, size), "text/plain; charset=utf-8", "fuzz", options);
  return articles ? *std::move(articles) : std::vector<Article>();
}

}  // namespace relata::fuzz
