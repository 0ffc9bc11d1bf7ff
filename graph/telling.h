// What one statement says and the article it stands in, as views of the bytes it was read from. For reading many statements
// together (GraphView::tell), where copies of their words would cost more than all else.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "graph/article.h"
#include "graph/date.h"
#include "graph/kinds.h"

namespace relata {

struct Telling {
  std::string_view predicate;
  bool timed = false;
  std::string_view time, mod;  // When::value and When::mod
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::actual;
  float confidence = 0;
  Span span;
  std::string_view sentence;                 // what `span` is of the article's text
  std::span<const std::string_view> verbs;   // Statement::attribution
  std::string_view uri, title, publisher;
  std::optional<Day> published;
};

}  // namespace relata
