#include "extract/reading/lines.h"

#include <array>

namespace relata {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";
constexpr std::string_view kNoBreakSpace = "\u00A0";

bool is_space(char c) { return kSpace.find(c) != std::string_view::npos; }

template <std::size_t N>
std::size_t any_at(std::string_view text, std::size_t at, const std::array<std::string_view, N>& marks) {
  for (const std::string_view mark : marks)
    if (text.substr(at).starts_with(mark)) return mark.size();
  return 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  for (;;) {
    if (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    else if (text.starts_with(kNoBreakSpace)) text.remove_prefix(kNoBreakSpace.size());
    else break;
  }
  for (;;) {
    if (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    else if (text.ends_with(kNoBreakSpace)) text.remove_suffix(kNoBreakSpace.size());
    else break;
  }
  return text;
}

std::vector<std::string_view> filled_lines(std::string_view text, std::size_t most) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin < text.size() && out.size() < most;) {
    const std::size_t end = text.find('\n', begin);
    const std::string_view line = trimmed(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (!line.empty()) out.push_back(line);
    if (end == std::string_view::npos) break;
    begin = end + 1;
  }
  return out;
}

std::size_t list_mark(std::string_view line) {
  static constexpr std::array<std::string_view, 12> kMarks = {"- ", "* ", "• ", "– ", "— ", "· ", "» ", "> ", "▪ ", "■ ", "● ", "► "};
  return any_at(line, 0, kMarks);
}

std::size_t dash_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 5> kDashes = {"—", "–", "―", "--", "-"};
  return any_at(text, at, kDashes);
}

std::string plain_wording(std::string_view line, std::size_t longest) {
  line = trimmed(line.substr(0, longest));
  for (std::size_t mark; (mark = list_mark(line)) != 0;) line = trimmed(line.substr(mark));
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (is_space(line[at])) {
      gap = true;
    } else if (line.substr(at).starts_with(kNoBreakSpace)) {
      gap = true;
      ++at;
    } else {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      if (line.substr(at).starts_with("’")) {  // the words of the lists have the straight one
        out += '\'';
        at += 2;
        continue;
      }
      const char c = line[at];
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  while (!out.empty() && std::string_view(".,:;!|>").find(out.back()) != std::string_view::npos) out.pop_back();
  return std::string(trimmed(out));
}

bool ends_a_sentence(std::string_view line) {
  static constexpr std::array<std::string_view, 9> kClosing = {"\"", "'", ")", "]", "”", "’", "»", "“", "*"};
  static constexpr std::array<std::string_view, 6> kEnds = {".", "!", "?", "…", ":", ";"};
  line = trimmed(line);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : kClosing) {
      if (!line.ends_with(mark)) continue;
      line = trimmed(line.substr(0, line.size() - mark.size()));
      again = !line.empty();
    }
  }
  for (const std::string_view mark : kEnds)
    if (line.ends_with(mark)) return true;
  return false;
}

std::size_t count_words(std::string_view line) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : line) {
    count += !is_space(c) && !inside;
    inside = !is_space(c);
  }
  return count;
}

}  // namespace relata
