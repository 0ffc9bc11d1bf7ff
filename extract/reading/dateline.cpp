#include "extract/reading/dateline.h"

#include <algorithm>

#include "extract/reading/dates.h"
#include "extract/reading/lines.h"

namespace relata {
namespace {

constexpr std::size_t kFirstLines = 20;     // a dateline stands above or at the beginning of the first paragraph
constexpr std::size_t kDateLines = 5;       // a line that is only a date means the article's day up here, an event's day further down
constexpr std::size_t kLastLines = 6;       // "Published: ..." may stand below
constexpr std::size_t kLookedAt = 200;      // bytes of a line
constexpr std::size_t kYearWithin = 1 << 16;  // bytes of the text searched for a dateline's year

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (is_upper(c)) c = static_cast<char>(c + 32);
  return out;
}

std::size_t skip(std::string_view text, std::size_t at, std::string_view what) {
  while (at < text.size() && what.find(text[at]) != std::string_view::npos) ++at;
  return at;
}

// ---- "MOSCOW, November 18. /TASS/. ..."

struct Dateline {
  std::optional<WrittenDate> date;
  std::string publisher;
  std::size_t place_end = 0, end = 0;  // bytes of the line: of the place, and of all with what ends it
  bool capitals = true;                // the place is written in them
  bool ended = false;                  // by a dash, a colon or a full stop
};

// At most five words, each with a capital: "Baltic Wire".
bool like_a_name(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size(); at = skip(text, std::min(text.find(' ', at), text.size()), " "))
    if (!is_upper(text[at]) || ++words > 5) return false;
  return words > 0;
}

// The name between brackets or slashes at `at`; advances behind it. Unknown agencies count in slashes or before a dash: in capitals, or
// as any name when a date stands before them (`dated`).
std::string agency_at(std::string_view line, std::size_t& at, const ReadingWords& words, bool dated) {
  constexpr std::size_t kLongest = 40;
  const char open = line[at], close = open == '(' ? ')' : '/';
  std::size_t end = line.find(close, at + 1);
  if (close == '/' && end != std::string_view::npos && lower(line.substr(at, 5)) == "/rfe/") end = line.find(close, end + 1);
  if (end == std::string_view::npos || end - at > kLongest) return {};
  const std::string_view name = trimmed(line.substr(at + 1, end - at - 1));
  std::string key = lower(name);
  auto found = words.agencies.find(key);
  if (found == words.agencies.end()) found = words.agencies.find(key.substr(0, key.find_first_of("/,")));
  const std::size_t after = skip(line, end + 1, " .");
  const bool capitals = name.size() >= 2 && std::all_of(name.begin(), name.end(), is_upper);
  std::string publisher;
  if (found != words.agencies.end()) publisher = found->second;
  else if ((capitals || (dated && like_a_name(name))) && (open == '/' || dash_at(line, after) != 0)) publisher = name;
  if (!publisher.empty()) at = end + 1;
  return publisher;
}

// A word of a place's name at `at`: "MOSCOW", "St.", "Côte"; 0 if it is none.
std::size_t place_word(std::string_view line, std::size_t at, bool& capitals) {
  static constexpr std::string_view kSmall[] = {"de ", "la ", "el ", "al-", "and ", "of ", "the ", "upon ", "sur ", "on ", "du ", "del "};
  if (at >= line.size()) return 0;
  for (const std::string_view small : kSmall)
    if (line.substr(at).starts_with(small)) return small.size();
  if (!is_upper(line[at]) && !is_wide(line[at])) return 0;
  if (dash_at(line, at) != 0) return 0;
  std::size_t end = at;
  while (end < line.size() && (is_upper(line[end]) || is_lower(line[end]) || is_wide(line[end]) || line[end] == '\'' || line[end] == '.' ||
                               (line[end] == '-' && end + 1 < line.size() && is_upper(line[end + 1])))) {
    if (is_wide(line[end]) && dash_at(line, end) != 0) break;
    capitals = capitals && !is_lower(line[end]);
    if (line[end] == '.' && end - at > 4) break;  // an abbreviation is short: this ends a sentence
    ++end;
  }
  return end - at;
}

// The place, date and agency that a line begins with; some of them may be missing.
Dateline read_dateline(std::string_view line, const ReadingWords& words) {
  constexpr int kPlaceWords = 6;
  line = line.substr(0, kLookedAt);
  Dateline out;
  int places = 0;
  std::size_t at = skip(line, 0, " *\"");
  while (at < line.size() && !out.ended) {
    if (!out.date && (out.date = date_at(line, at, words))) {
      at = skip(line, out.date->end, " ,");
    } else if ((line[at] == '(' || line[at] == '/') && out.publisher.empty()) {
      const bool second = line[at] == '/' && out.place_end == at && !out.date;  // "KYIV/WARSAW"
      out.publisher = agency_at(line, at, words, out.date.has_value());
      if (out.publisher.empty() && !second) break;
      at = out.publisher.empty() ? at + 1 : skip(line, at, " ");
    } else if (dash_at(line, at) != 0 || line[at] == ':') {
      out.ended = true;
    } else if (line[at] == '.' && (out.date || !out.publisher.empty())) {
      const std::size_t next = skip(line, at, ". ");
      if (next >= line.size() || line[next] != '/' || !out.publisher.empty()) out.ended = true;
      at = next;
    } else if (out.date || !out.publisher.empty() || ++places > kPlaceWords) {
      break;
    } else {
      const std::size_t size = place_word(line, at, out.capitals);
      if (size == 0) break;
      out.place_end = at + size;
      at = skip(line, at + size, " ,/");
      if (at > 0 && line[at - 1] == '/') --at;
    }
  }
  out.end = at;
  return out;
}

std::optional<Dateline> dateline_at(std::string_view line, const ReadingWords& words) {
  Dateline found = read_dateline(line, words);
  if (!found.publisher.empty() && (found.ended || found.date)) return found;
  const bool dash = found.end < line.size() && dash_at(line, found.end) != 0;
  if (found.date && found.place_end > 0 && found.ended && (found.capitals || dash)) return found;
  return {};
}

// ---- "Published: 3 May 2024, 10:15 GMT"

struct Labelled {
  Day day;
  bool first = true;
};

std::optional<Labelled> labelled_date(std::string_view line, const ReadingWords& words) {
  constexpr std::size_t kShortLine = 90;
  line = line.substr(0, kLookedAt);
  line.remove_prefix(list_mark(line));
  const std::string plain = lower(line);
  const bool* first = nullptr;
  std::size_t size = 0;
  for (const auto& [label, is_first] : words.date_labels) {
    const bool here = label.size() > size && plain.starts_with(label) && (plain.size() == label.size() || std::string_view(" :,").find(plain[label.size()]) != std::string_view::npos);
    if (!here) continue;
    first = &is_first;
    size = label.size();
  }
  if (!first) return {};
  const std::size_t begin = skip(line, size, " :,|-");
  const bool colon = line.substr(size, begin - size).find(':') != std::string_view::npos;
  if (!colon && (line.size() > kShortLine || !date_at(line, begin, words))) return {};
  const auto day = parse_published(line.substr(begin), words);
  if (!day) return {};
  return Labelled{*day, *first};
}

// ---- "Friday, August 21, 2015"

// Whether nothing but clock times and the like stands around [date.begin, date.end).
bool only_clock(std::string_view text, const WrittenDate& date, const ReadingWords& words) {
  std::string rest = lower(text.substr(0, date.begin)) + " " + lower(text.substr(date.end));
  for (char& c : rest)
    if (std::string_view(",;:|()[]-+/").find(c) != std::string_view::npos) c = ' ';
  for (std::size_t at = skip(rest, 0, " "); at < rest.size(); at = skip(rest, at, " ")) {
    const std::size_t end = std::min(rest.find(' ', at), rest.size());
    std::string word = rest.substr(at, end - at);
    at = end;
    while (!word.empty() && (is_digit(word.front()) || word.front() == '.')) word.erase(0, 1);
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (!word.empty() && !words.clock.contains(word) && dash_at(word, 0) != word.size()) return false;
  }
  return true;
}

std::optional<Day> date_line(std::string_view line, const ReadingWords& words) {
  constexpr std::size_t kLongest = 120;
  static constexpr std::string_view kMarks[] = {"|", "•", "·"};
  if (line.size() > kLongest) return {};
  const bool byline = lower(line).starts_with("by ");
  // The parts between marks, each on its own: "Ann Lee | 3 May 2024 | World".
  for (std::size_t at = 0; at <= line.size();) {
    std::size_t end = line.size(), mark_size = 1;
    for (const std::string_view mark : kMarks)
      if (const std::size_t found = line.find(mark, at); found < end) {
        end = found;
        mark_size = mark.size();
      }
    const std::string_view part = line.substr(at, end - at);
    const auto date = find_date(part, 0, part.size(), words);
    if (date && date->year != 0 && (byline || only_clock(part, *date, words))) return to_day(*date);
    at = end + mark_size;
  }
  return {};
}

// "Thursday, May 7, 2015 The government announced ...": a date line that lost its line break.
std::optional<Day> leading_date(std::string_view line, const ReadingWords& words) {
  const WrittenDate date = date_at(line, 0, words).value_or(WrittenDate());
  if (!date.has_weekday || date.year == 0 || date.end + 1 >= line.size()) return {};
  if (line[date.end] != ' ' || !is_upper(line[date.end + 1])) return {};
  return to_day(date);
}

// The year of a day and month, where the text writes them with one, and always the same.
int year_of(const WrittenDate& dateline, std::string_view text, const ReadingWords& words) {
  text = text.substr(0, kYearWithin);
  int year = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const WrittenDate date = find_date(text, at, text.size(), words).value_or(WrittenDate());
    if (date.end == 0) break;
    at = date.end;
    if (date.year == 0 || date.month != dateline.month || date.day != dateline.day) continue;
    if (year != 0 && year != date.year) return 0;
    year = date.year;
  }
  return year;
}

void take_dateline(Dateline dateline, std::string_view text, const ReadingWords& words, Publication& out) {
  out.publisher = std::move(dateline.publisher);
  if (!dateline.date || out.day) return;
  WrittenDate date = *dateline.date;
  if (date.year == 0) date.year = year_of(date, text, words);
  if (date.year != 0) {
    out.day = to_day(date);
    out.from = PublishedFrom::dateline;
  } else {
    out.note = "the dateline has month " + std::to_string(date.month) + ", day " + std::to_string(date.day) + " but no year: the publication date is unknown";
  }
}

}  // namespace

Dateplace find_dateplace(std::string_view paragraph, const ReadingWords& words) {
  const Dateline found = read_dateline(paragraph, words);
  if (!found.ended || found.place_end == 0) return {};
  Dateplace out;
  out.sure = found.date || !found.publisher.empty();
  if (!out.sure && !found.capitals && paragraph[found.end] == ':') return {};  // "Paris: a city in love"
  out.bytes = found.end;
  for (std::size_t size = 0; (size = dash_at(paragraph, out.bytes)) != 0;) out.bytes += size;
  out.bytes = skip(paragraph, out.bytes, ": ");
  out.place = paragraph.substr(0, found.place_end);
  out.capitals = found.capitals;
  return out;
}

Publication find_publication(std::string_view text, const ReadingWords& words) {
  Publication out;
  const std::vector<std::string_view> lines = filled_lines(text, kFirstLines);
  const auto from_text = [&](std::optional<Day> day) {
    if (!day || out.day) return;
    out.day = day;
    out.from = PublishedFrom::text;
  };
  std::optional<Day> changed;
  const auto look_for_label = [&](std::string_view line) {
    const auto labelled = labelled_date(line, words);
    if (labelled && labelled->first) from_text(labelled->day);
    else if (labelled && !changed) changed = labelled->day;
  };
  for (const std::string_view line : lines) look_for_label(line);
  for (std::size_t i = 0; i < std::min(lines.size(), kDateLines); ++i) {
    from_text(date_line(lines[i], words));
    from_text(leading_date(lines[i], words));
  }
  for (const std::string_view line : lines) {
    auto dateline = dateline_at(line, words);
    if (!dateline) continue;
    take_dateline(std::move(*dateline), text, words, out);
    break;
  }
  constexpr std::size_t kTail = 2000;  // bytes
  if (text.size() > kTail && !out.day) {
    const auto last = filled_lines(text.substr(text.size() - kTail));
    for (std::size_t i = last.size() > kLastLines ? last.size() - kLastLines : 0; i < last.size(); ++i) look_for_label(last[i]);
  }
  from_text(changed);
  if (out.day) out.note.clear();
  return out;
}

}  // namespace relata
