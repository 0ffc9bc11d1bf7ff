// What a reader of one format found out about an article, before the rest is settled.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/reading/article_source.h"
#include "extract/reading/words.h"
#include "graph/article.h"

namespace relata {

struct Draft {
  std::string text, title, uri, publisher, language;
  std::string address;              // where it was published; the uri where there is no other
  std::optional<Day> published;     // of metadata
  std::vector<std::string> notes;
};

// Publication date and publisher: metadata, then the caller's word, then what the text says. A title is taken from the text's first line where
// that is a headline. bad_input where there is no text, or too much.
Result<Article> finish(Draft draft, const ReadingOptions& options, const ReadingWords& words, std::vector<std::string>& notes);

// The records of a JSON text: an object, an array of objects, or an object that holds such an array. Fields: data/reading/fields.tsv.
Result<std::vector<Draft>> read_json(std::string_view json, const ReadingWords& words);

// The main content and metadata of an HTML page in UTF-8.
Draft read_page(std::string_view html, const ReadingWords& words);

// The charset a page's first bytes or a content type name; empty if none.
std::string charset_of(std::string_view page_or_type);

}  // namespace relata
