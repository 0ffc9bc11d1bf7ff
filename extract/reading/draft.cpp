#include "extract/reading/draft.h"

#include "extract/reading/dateline.h"
#include "extract/reading/dates.h"
#include "extract/reading/encoding.h"
#include "extract/reading/limits.h"
#include "extract/reading/lines.h"
#include "extract/reading/noise.h"

namespace relata {
namespace {

constexpr std::size_t kLongestTitle = 300;  // bytes

// The first line that is not furniture, if it has no full stop and something follows it.
std::string headline_of(const std::string& text) {
  const std::string_view head = std::string_view(text).substr(0, 1 << 12);
  const Result<std::vector<TextLine>> lines = judge_lines(head);
  if (!lines) return {};
  for (std::size_t i = 0; i + 1 < lines->size(); ++i) {
    const TextLine& line = (*lines)[i];
    if (line.noise) continue;
    const std::string_view words = trimmed(head.substr(line.begin, line.end - line.begin));
    return words.size() <= kLongestTitle && !words.ends_with('.') ? std::string(words) : std::string();
  }
  return {};
}

std::string one_line(std::string text, std::size_t longest) {
  text = clean_utf8(std::move(text));
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  if (text.size() > longest) {
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80) --longest;
    text.resize(longest);
  }
  return std::string(trimmed(text));
}

}  // namespace

Result<Article> finish(Draft draft, const ReadingOptions& options, const ReadingWords& words, std::vector<std::string>& notes) {
  constexpr std::size_t kLongestName = 2000;  // bytes of a uri or publisher
  if (trimmed(draft.text).empty()) return bad_input("has no text");
  if (draft.text.size() > kLongestArticle) {
    return bad_input("its text has " + std::to_string(draft.text.size() >> 20) + " MB, an article at most " + std::to_string(kLongestArticle >> 20) +
                     ": split it, or give it as JSONL, one article a line");
  }
  Article article;
  article.text = clean_utf8(std::move(draft.text));
  article.uri = one_line(std::move(draft.uri), kLongestName);
  article.title = one_line(std::move(draft.title), kLongestTitle * 4);
  article.publisher = one_line(std::move(draft.publisher), kLongestName);
  if (!draft.language.empty()) article.language = one_line(std::move(draft.language), 35);  // the longest tag of RFC 5646
  notes.insert(notes.end(), draft.notes.begin(), draft.notes.end());
  if (article.title.empty() && !options.sentences) article.title = headline_of(article.text);
  if (article.publisher.empty()) article.publisher = options.publisher;

  if (!draft.published && !options.published) draft.published = day_in_address(draft.address);
  if (draft.published) {
    article.published = draft.published;
    article.published_from = PublishedFrom::metadata;
  } else if (options.published) {
    article.published = options.published;
    article.published_from = PublishedFrom::argument;
  }
  if (!options.sentences && (!article.published || article.publisher.empty())) {
    const Publication found = find_publication(article.text, words);
    if (!article.published && found.day) {
      article.published = found.day;
      article.published_from = found.from;
    } else if (!article.published && !found.note.empty()) {
      notes.push_back(found.note);
    }
    if (article.publisher.empty()) article.publisher = found.publisher;
  }
  article.id = article_id(article);
  return article;
}

}  // namespace relata
