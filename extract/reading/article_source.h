// Files, folders, standard input and request bodies -> articles.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/article.h"
#include "graph/result.h"

namespace relata {

struct ReadingOptions {
  bool sentences = false;          // every line of a text that is not blank is an article of its own, uri "name:line"
  std::optional<Day> published;    // for articles whose metadata has no date; before any date found in the text
  std::string publisher;           // for articles that name none
};

// Reads one article after the other; memory does not grow with the number of articles. One thread at a time.
class ArticleSource {
 public:
  // Paths of files and folders, "-" for standard input. A folder gives its files with a known ending (.txt .text .md .html .htm .xhtml
  // .json .jsonl .ndjson, each also .gz or .zst), sorted by name, with those of its folders; hidden ones are left out.
  // not_found or io where a path cannot be read at all; bad_input where the word lists in data/reading cannot.
  static Result<ArticleSource> open(std::vector<std::string> paths, ReadingOptions options = {});
  ~ArticleSource();
  ArticleSource(ArticleSource&&) noexcept;
  ArticleSource& operator=(ArticleSource&&) noexcept;

  // The next article; nothing at the end. An error concerns one line or one file and names it ("feed.jsonl:17: ..."): call again to go on.
  Result<std::optional<Article>> next();

  // What a reader should know about the article last given: a dateline without a year, a page cut off, another encoding.
  const std::vector<std::string>& notes() const;

 private:
  struct State;
  explicit ArticleSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The articles of bytes at hand, such as a request's body. `kind`: a content type ("application/json; charset=utf-8") or a file name; where it
// tells nothing, the bytes do. `name` is the uri of an article that has none of its own. The first bad record ends it with its error.
Result<std::vector<Article>> read_bytes(std::string bytes, std::string_view kind, std::string_view name, const ReadingOptions& options = {});

}  // namespace relata
