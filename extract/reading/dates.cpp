#include "extract/reading/dates.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace relata {
namespace {

// No newspaper is older; later years are misread numbers.
constexpr int kFirstYear = 1600, kLastYear = 2199;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// A number of 1 to 4 digits and its length, 0 where there is none or a longer one.
struct Number {
  int value = 0;
  std::size_t size = 0;
};
Number number_at(std::string_view text, std::size_t at) {
  Number out;
  while (at + out.size < text.size() && is_digit(text[at + out.size])) {
    if (out.size == 4) return {};
    out.value = out.value * 10 + (text[at + out.size] - '0');
    ++out.size;
  }
  return out;
}

std::string word_at(std::string_view text, std::size_t at) {
  std::string out;
  constexpr std::size_t kLongest = 12;  // longer than "wednesday"
  while (at + out.size() < text.size() && is_letter(text[at + out.size()]) && out.size() <= kLongest) out += lower(text[at + out.size()]);
  return out;
}

std::size_t skip(std::string_view text, std::size_t at, std::string_view what) {
  while (at < text.size() && what.find(text[at]) != std::string_view::npos) ++at;
  return at;
}

int lookup(const std::unordered_map<std::string, int>& names, const std::string& word) {
  const auto found = names.find(word);
  return found == names.end() ? -1 : found->second;
}

// "18", "18th"; the end of it in `at`.
int day_number(std::string_view text, std::size_t& at) {
  const Number n = number_at(text, at);
  if (n.size == 0 || n.size > 2 || n.value < 1 || n.value > 31) return 0;
  std::size_t end = at + n.size;
  const std::string ending = word_at(text, end);
  if (ending == "st" || ending == "nd" || ending == "rd" || ending == "th") end += 2;
  else if (!ending.empty()) return 0;
  at = end;
  return n.value;
}

// ", 2024" or " 2024" or "/2024" behind a day and month.
void take_year(std::string_view text, std::size_t& at, int& year) {
  const std::size_t begin = skip(text, at, ", .-/");
  const Number n = number_at(text, begin);
  if (begin == at || n.size != 4 || n.value < kFirstYear || n.value > kLastYear || begin - at > 3) return;
  year = n.value;
  at = begin + 4;
}

bool possible(const WrittenDate& d) {
  // A day without a year may be February 29.
  return make_day(d.year != 0 ? d.year : 2000, d.month, d.day).has_value();
}

std::optional<WrittenDate> iso_at(std::string_view text, std::size_t at) {
  const auto part = [&](std::size_t from, std::size_t size) -> int {
    const Number n = number_at(text, from);
    return n.size == size ? n.value : -1;
  };
  WrittenDate out;
  out.year = part(at, 4);
  if (out.year < kFirstYear || out.year > kLastYear || at + 10 > text.size() || text[at + 4] != '-' || text[at + 7] != '-') return {};
  out.month = part(at + 5, 2);
  out.day = part(at + 8, 2);
  out.begin = at;
  out.end = at + 10;
  if (out.month < 1 || out.day < 1 || !possible(out)) return {};
  return out;
}

}  // namespace

std::optional<WrittenDate> date_at(std::string_view text, std::size_t at, const ReadingWords& words) {
  if (at >= text.size() || (at > 0 && (is_digit(text[at - 1]) || is_letter(text[at - 1])))) return {};
  if (auto iso = iso_at(text, at)) return iso;
  WrittenDate out;
  out.begin = at;
  if (std::string word = word_at(text, at); lookup(words.weekdays, word) >= 0) {
    out.has_weekday = true;
    at = skip(text, at + word.size(), ",. ");
  }
  const std::string word = word_at(text, at);
  if (out.month = lookup(words.months, word); out.month > 0) {
    at = skip(text, at + word.size(), ". ");
    out.day = day_number(text, at);
  } else {
    out.day = day_number(text, at);
    if (out.day == 0) return {};
    at = skip(text, at, " .,-/");
    if (word_at(text, at) == "of") at = skip(text, at + 2, " ");
    const std::string month = word_at(text, at);
    out.month = lookup(words.months, month);
    at += month.size();
    if (at < text.size() && text[at] == '.') ++at;
  }
  if (out.day == 0 || out.month < 1) return {};
  take_year(text, at, out.year);
  out.end = at;
  if (text[out.end - 1] == '.' && out.year == 0) --out.end;
  if (!possible(out)) return {};
  return out;
}

std::optional<WrittenDate> find_date(std::string_view text, std::size_t from, std::size_t window, const ReadingWords& words) {
  const std::size_t end = std::min(text.size(), from + window);
  for (std::size_t at = from; at < end; ++at) {
    if (!is_digit(text[at]) && !is_letter(text[at])) continue;
    if (at > 0 && (is_digit(text[at - 1]) || is_letter(text[at - 1]))) continue;
    if (auto date = date_at(text, at, words)) return date;
  }
  return {};
}

std::optional<Day> to_day(const WrittenDate& date) {
  if (date.year == 0) return {};
  return make_day(date.year, date.month, date.day);
}

namespace {

std::optional<Day> checked(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear) return {};
  return make_day(year, month, day);
}

// Days of seconds or milliseconds since 1970; YYYYMMDD and what begins so.
std::optional<Day> from_digits(std::string_view digits) {
  std::int64_t value = 0;
  if (digits.size() > 16) return {};
  for (const char c : digits) value = value * 10 + (c - '0');
  if (digits.size() == 8 || digits.size() == 14) {
    const int date = static_cast<int>(digits.size() == 8 ? value : value / 1'000'000);
    return checked(date / 10000, date / 100 % 100, date % 100);
  }
  constexpr std::int64_t kSecondsADay = 86400;
  if (digits.size() == 13) value /= 1000;
  else if (digits.size() != 10 && digits.size() != 9) return {};
  return Day{static_cast<std::int32_t>(value / kSecondsADay)};
}

// 2024/11/18, 18.11.2024, 18/11/2024, 11/18/2024; the last two only where one number cannot be a month.
std::optional<Day> from_numbers(std::string_view text) {
  Number parts[3];
  char mark = '\0';
  std::size_t at = 0;
  for (int i = 0; i < 3; ++i) {
    parts[i] = number_at(text, at);
    if (parts[i].size == 0) return {};
    at += parts[i].size;
    if (i == 2) break;
    if (at >= text.size() || (mark != '\0' && text[at] != mark)) return {};
    mark = text[at++];
    if (mark != '/' && mark != '.' && mark != '-') return {};
  }
  if (at < text.size() && is_digit(text[at])) return {};
  if (parts[0].size == 4) return checked(parts[0].value, parts[1].value, parts[2].value);
  if (parts[2].size != 4) return {};
  const int a = parts[0].value, b = parts[1].value, year = parts[2].value;
  if (mark == '.' || a > 12 || a == b) return checked(year, b, a);
  if (b > 12) return checked(year, a, b);
  return {};
}

}  // namespace

std::optional<Day> parse_published(std::string_view value, const ReadingWords& words) {
  while (!value.empty() && (value.front() == ' ' || value.front() == '\n' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\n' || value.back() == '\t')) value.remove_suffix(1);
  std::size_t digits = 0;
  while (digits < value.size() && is_digit(value[digits])) ++digits;
  if (digits == value.size() && digits > 0) return from_digits(value);
  if (digits == 8 && (value[8] == 'T' || value[8] == ' ')) return from_digits(value.substr(0, 8));
  if (auto iso = iso_at(value, 0)) return to_day(*iso);
  if (auto day = from_numbers(value)) return day;
  constexpr std::size_t kValue = 100;  // a longer value is prose
  const auto date = find_date(value, 0, kValue, words);
  return date ? to_day(*date) : std::nullopt;
}

std::optional<Day> day_in_address(std::string_view address) {
  for (std::size_t at = 0; at + 8 <= address.size(); ++at) {
    if (!is_digit(address[at]) || (at > 0 && is_digit(address[at - 1]))) continue;
    if (at > 0 && address[at - 1] != '/' && address[at - 1] != '-' && address[at - 1] != '_') continue;
    std::size_t digits = 0;
    while (at + digits < address.size() && is_digit(address[at + digits])) ++digits;
    if (digits == 8) {
      if (auto day = from_digits(address.substr(at, 8)); day && *day > *make_day(1900, 1, 1)) return day;
    } else if (digits == 4 && (address[at + 4] == '/' || address[at + 4] == '-')) {
      if (auto day = from_numbers(address.substr(at)); day && *day > *make_day(1900, 1, 1)) return day;
    }
  }
  return {};
}

}  // namespace relata
