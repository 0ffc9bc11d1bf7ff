#include "extract/reading/noise_lines.h"

#include <algorithm>
#include <array>
#include <string>

#include "extract/reading/lines.h"

namespace relata {
namespace {

constexpr std::size_t kLookedAt = 1200;  // bytes: longer lines are prose

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whether the words at [at, at + size) are not part of longer ones.
bool is_apart(std::string_view line, std::size_t at, std::size_t size) {
  const bool before = at == 0 || !is_letter(line[at - 1]) || !is_letter(line[at]);
  const std::size_t end = at + size;
  const bool after = end >= line.size() || !is_letter(line[end]) || !is_letter(line[end - 1]);
  return before && after;
}

bool has_phrase(const std::string& plain, std::size_t words, bool sentence, const ReadingWords& lists) {
  constexpr std::size_t kShortPrompt = 12, kPrompt = 40, kNotice = 80;  // words of a line that may be one
  for (const NoisePhrase& phrase : lists.phrases) {
    const std::string& wanted = phrase.words;
    const bool starts = plain.starts_with(wanted) && is_apart(plain, 0, wanted.size());
    switch (phrase.where) {
      case NoisePhrase::Where::start:
        if (starts && words <= (!sentence || wanted.find_first_of(":(") != std::string::npos ? kPrompt : kShortPrompt)) return true;
        break;
      case NoisePhrase::Where::notice:
        if (starts && words <= kNotice) return true;
        break;
      case NoisePhrase::Where::end:
        if (!sentence && words <= kPrompt && plain.ends_with(wanted) && is_apart(plain, plain.size() - wanted.size(), wanted.size())) return true;
        break;
      case NoisePhrase::Where::inside:
        if (const std::size_t at = words <= kNotice ? plain.find(wanted) : std::string::npos; at != std::string::npos && is_apart(plain, at, wanted.size())) return true;
        break;
    }
  }
  return false;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool is_capital(std::string_view line, std::size_t at) {
  return at < line.size() && ((line[at] >= 'A' && line[at] <= 'Z') || static_cast<unsigned char>(line[at]) >= 0x80 || line[at] == '@');
}

constexpr std::size_t kLongestCaption = 70, kLongestName = 9;  // words

// "... in Odesa on Monday. Picture: Ann Lee/REUTERS": a caption, if the credit has a capital and nothing but a name follows. "The picture: no
// growth" is none.
bool has_credit(std::string_view line, const std::string& low, const ReadingWords& lists) {
  for (const std::string& credit : lists.credits) {
    const std::size_t at = low.rfind(credit);
    if (at == std::string::npos || !is_apart(low, at, credit.size()) || !is_capital(line, at)) continue;
    const std::string_view name = trimmed(line.substr(at + credit.size()));
    if (is_capital(name, 0) && count_words(name) <= kLongestName && name.find(". ") == std::string_view::npos) return true;
  }
  return false;
}

// "Soldiers on parade in Minsk (Jane Roe/AFP)", "... Jane Roe via Getty Images".
bool ends_with_credit(std::string_view line, const std::string& low, bool sentence, const ReadingWords& lists) {
  const bool bracket = line.ends_with(')') || line.ends_with(").") || line.ends_with(']');
  if (sentence && !bracket) return false;
  std::string_view end = low;
  while (!end.empty() && std::string_view(").] ").find(end.back()) != std::string_view::npos) end.remove_suffix(1);
  for (const std::string& credit : lists.credit_ends) {
    if (!end.ends_with(credit)) continue;
    const std::size_t at = end.size() - credit.size();
    if (bracket) {
      const std::size_t open = end.find_last_of("([");
      if (open != std::string_view::npos && count_words(end.substr(open)) <= kLongestName && count_words(end.substr(0, open)) >= 3) return true;
    } else if (is_apart(end, at, credit.size())) {
      return true;
    }
  }
  return false;
}

bool is_address(std::string_view line) {
  if (line.find(' ') != std::string_view::npos) return false;
  return line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www.") || (line.starts_with('@') && line.size() > 1) ||
         (line.starts_with('#') && line.size() > 1);
}

// More letters of another script than of Latin. Letters from U+0370 on, but for punctuation and Latin extensions, count as other.
bool in_another_script(std::string_view line) {
  std::size_t latin = 0, other = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const auto c = static_cast<unsigned char>(line[at]);
    if (is_letter(line[at])) ++latin;
    else if (c == 0xE1 && at + 1 < line.size() && (static_cast<unsigned char>(line[at + 1]) == 0xB8 || static_cast<unsigned char>(line[at + 1]) == 0xB9)) ++latin;
    else if (c == 0xE2 || c == 0xEF) continue;  // punctuation, symbols, widths
    else if (c >= 0xCD && c < 0xF0) ++other;
    else if (c >= 0xC3 && c < 0xCD) ++latin;
  }
  return other >= 3 && other > latin;
}

// "By Ann Lee and John Smith in Kyiv, Example News".
bool is_byline(std::string_view line) {
  constexpr std::size_t kMostWords = 14;
  static constexpr std::array<std::string_view, 12> kSmall = {"and", "in", "at", "for", "of", "the", "with", "de", "van", "von", "al", "bin"};
  if (!line.starts_with("By ") && !line.starts_with("BY ") && !line.starts_with("by ")) return false;
  if (ends_a_sentence(line) || count_words(line) > kMostWords) return false;
  std::size_t capitals = 0;
  for (std::size_t at = 3; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(" ,", at), line.size());
    const std::string_view word = line.substr(at, end - at);
    at = end + 1;
    if (word.empty() || std::find(kSmall.begin(), kSmall.end(), word) != kSmall.end()) continue;
    const bool small = word[0] >= 'a' && word[0] <= 'z';
    if (small) return false;
    capitals += (word[0] >= 'A' && word[0] <= 'Z') || static_cast<unsigned char>(word[0]) >= 0x80;
  }
  return capitals >= 1;
}

// "Home > World > Europe", "News | Opinion | Sport", "Home - News - Energy".
bool is_breadcrumb(std::string_view line) {
  static constexpr std::array<std::string_view, 7> kMarks = {" > ", " » ", " › ", " | ", " • ", " · ", " - "};
  constexpr std::size_t kLongestPart = 5;  // words
  if (ends_a_sentence(line)) return false;
  for (const std::string_view mark : kMarks) {
    std::size_t parts = 0, begin = 0;
    bool is_short = true;
    while (begin <= line.size()) {
      const std::size_t end = std::min(line.find(mark, begin), line.size());
      is_short = is_short && count_words(line.substr(begin, end - begin)) <= kLongestPart;
      ++parts;
      begin = end + mark.size();
    }
    if (parts >= 3 && is_short) return true;
  }
  return false;
}

bool has_letter_or_digit(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

bool is_list_heading(std::string_view line, const ReadingWords& words) {
  constexpr std::size_t kLongest = 60, kMostWords = 6;
  if (line.size() > kLongest) return false;
  const std::string plain = plain_wording(line);
  if (words.list_headings.contains(plain)) return true;
  if (count_words(plain) > kMostWords || trimmed(line).ends_with('.')) return false;
  return std::any_of(words.list_starts.begin(), words.list_starts.end(),
                     [&](const std::string& start) { return plain.size() > start.size() && plain.starts_with(start) && plain[start.size()] == ' '; });
}

bool is_noise_line(std::string_view line, const ReadingWords& words) {
  line = trimmed(line);
  if (line.empty() || line.size() > kLookedAt) return false;
  const std::string plain = plain_wording(line, kLookedAt);
  if (!has_letter_or_digit(plain)) return true;
  if (words.whole.contains(plain) || is_list_heading(line, words)) return true;
  const std::size_t count = count_words(plain);
  const bool sentence = ends_a_sentence(line);
  if (is_address(trimmed(line.substr(list_mark(line)))) || has_phrase(plain, count, sentence, words)) return true;
  if (in_another_script(line) || is_byline(line) || is_breadcrumb(line)) return true;
  const std::string low = lower(line);
  return count <= kLongestCaption && (has_credit(line, low, words) || ends_with_credit(line, low, sentence, words));
}

}  // namespace relata
