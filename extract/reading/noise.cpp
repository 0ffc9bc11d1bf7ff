#include "extract/reading/noise.h"

#include <algorithm>

#include "extract/reading/lines.h"
#include "extract/reading/noise_lines.h"
#include "extract/reading/words.h"

namespace relata {
namespace {

constexpr std::size_t kBodyWords = 12;   // words of a line that is surely a paragraph
constexpr std::size_t kMenuWords = 3;    // ... of an entry of a menu
constexpr std::size_t kTitleWords = 25;  // ... of a headline at most

// A line as the rules on its surroundings see it.
struct Seen {
  std::string_view text;
  std::size_t words = 0;
  bool bullet = false, sentence = false, list_heading = false;

  bool is_body() const { return sentence && words >= kBodyWords; }
  bool is_title() const { return !sentence && words <= kTitleWords; }
};

std::vector<TextLine> split(std::string_view text) {
  std::vector<TextLine> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    if (!line.empty()) {
      const auto from = static_cast<std::size_t>(line.data() - text.data());
      out.push_back({from, from + line.size(), false});
    }
    begin = end + 1;
  }
  return out;
}

std::vector<Seen> look(std::string_view text, const std::vector<TextLine>& lines, const ReadingWords& words) {
  constexpr std::size_t kShort = 1200;  // bytes; a longer line is a paragraph whatever its words
  std::vector<Seen> out;
  for (const TextLine& line : lines) {
    Seen seen;
    seen.text = text.substr(line.begin, line.end - line.begin);
    seen.words = seen.text.size() > kShort ? kBodyWords : count_words(seen.text);
    seen.bullet = list_mark(seen.text) != 0;
    seen.sentence = ends_a_sentence(seen.text);
    seen.list_heading = is_list_heading(seen.text, words);
    out.push_back(seen);
  }
  return out;
}

// Menus and breadcrumbs above the article: two or more list entries in a row, or three or more of a few words.
void mark_menus(const std::vector<Seen>& seen, std::vector<TextLine>& lines) {
  std::size_t first_body = 0;
  while (first_body < seen.size() && !seen[first_body].is_body()) ++first_body;
  if (first_body == seen.size()) return;  // a text without a paragraph is a list itself
  const auto mark_runs = [&](std::size_t least, auto belongs) {
    for (std::size_t begin = 0; begin < first_body;) {
      std::size_t end = begin;
      while (end < first_body && belongs(seen[end])) ++end;
      if (end - begin >= least)
        for (std::size_t i = begin; i < end; ++i) lines[i].noise = true;
      begin = std::max(end, begin + 1);
    }
  };
  mark_runs(2, [](const Seen& s) { return s.bullet && s.is_title(); });
  mark_runs(3, [](const Seen& s) { return s.words <= kMenuWords && !s.sentence; });
}

// Behind "Related stories" and the like: the headlines up to the next sentence.
void mark_lists(const std::vector<Seen>& seen, std::vector<TextLine>& lines) {
  constexpr std::size_t kMost = 12;  // entries
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i].list_heading) continue;
    std::size_t end = i + 1;
    while (end < seen.size() && end - i <= kMost && seen[end].is_title()) ++end;
    // A single title before a paragraph is that paragraph's heading.
    if (end < seen.size() && end - i == 2 && !seen[i + 1].bullet) continue;
    if (end < seen.size() && end - i > 2 && !seen[end - 1].bullet) --end;
    for (std::size_t k = i + 1; k < end; ++k) lines[k].noise = true;
  }
}

// Headlines of other articles below the last paragraph: at least three lines of the length of a headline, none a sentence.
void mark_tail(const std::vector<Seen>& seen, std::vector<TextLine>& lines) {
  constexpr std::size_t kHeadlineWords = 5, kLeastHeadlines = 3, kLeastBody = 3;
  std::size_t begin = seen.size(), headlines = 0;
  while (begin > 0 && (seen[begin - 1].is_title() || lines[begin - 1].noise)) {
    --begin;
    headlines += seen[begin].words >= kHeadlineWords;
  }
  const auto body = static_cast<std::size_t>(std::count_if(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(begin), [](const Seen& s) { return s.is_body(); }));
  if (headlines < kLeastHeadlines || body < kLeastBody || seen.size() - begin > 3 * body) return;
  for (std::size_t i = begin; i < seen.size(); ++i) lines[i].noise = true;
}

}  // namespace

Result<std::vector<TextLine>> judge_lines(std::string_view text) {
  const Result<const ReadingWords*> words = reading_words();
  if (!words) return words.error();
  std::vector<TextLine> lines = split(text);
  for (TextLine& line : lines) line.noise = is_noise_line(text.substr(line.begin, line.end - line.begin), **words);
  const std::vector<Seen> seen = look(text, lines, **words);
  mark_menus(seen, lines);
  mark_lists(seen, lines);
  mark_tail(seen, lines);
  return lines;
}

Result<void> mark_noise(Document& document) {
  const Result<std::vector<TextLine>> lines = judge_lines(document.article().text);
  if (!lines) return lines.error();
  document.noise.assign(document.sentences.size(), false);
  std::size_t line = 0;
  for (std::size_t s = 0; s < document.sentences.size(); ++s) {
    const TokenRange range = document.sentences[s];
    bool any = false, all = true;
    for (TokenIndex i = range.first; i < range.last; ++i) {
      const Token& token = document.tokens[i];
      if (token.is_space) continue;
      while (line + 1 < lines->size() && (*lines)[line].end <= token.byte_begin) ++line;
      any = true;
      all = all && (*lines)[line].noise;
    }
    document.noise[s] = any && all;
  }
  return {};
}

}  // namespace relata
