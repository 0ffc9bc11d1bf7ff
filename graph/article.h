// One text, and where it comes from.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/date.h"
#include "graph/kinds.h"

namespace relata {

// Hash of an article's content (see article_id). Printed as 16 hex digits.
struct ArticleId {
  std::uint64_t value = 0;
  auto operator<=>(const ArticleId&) const = default;
};
std::string to_string(ArticleId id);
std::optional<ArticleId> parse_article_id(std::string_view text);

struct Article {
  ArticleId id;
  std::string uri;        // address or file name; names the article for people
  std::string title;      // may be empty
  std::string publisher;  // may be empty
  std::optional<Day> published;
  PublishedFrom published_from = PublishedFrom::none;
  std::string language = "en";
  std::string text;  // valid UTF-8 without NUL; all offsets count its code points
};

// XXH3-64 over uri, title, publisher, published and text, each with its length: the same content gives the same id everywhere.
ArticleId article_id(const Article& article);

// A half-open range of code points of an article's text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  auto operator<=>(const Span&) const = default;
};

// Code points [span.begin, span.end) of a UTF-8 text; what is past its end is left off.
std::string text_at(std::string_view utf8, Span span);
std::string_view part_at(std::string_view utf8, Span span);  // the same, as a view of `utf8`

}  // namespace relata
