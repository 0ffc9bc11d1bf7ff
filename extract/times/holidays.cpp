#include "extract/times/holidays.h"

#include <array>
#include <charconv>
#include <sstream>

#include "extract/times/calendar.h"

namespace relata::times {
namespace {

// Anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8).
std::optional<Day> western_easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  return make_day(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

// Meeus' Julian algorithm, then the days the Julian calendar is behind.
std::optional<Day> orthodox_easter(int year) {
  const int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
  const auto julian = make_day(year, (d + e + 114) / 31, (d + e + 114) % 31 + 1);
  if (!julian) return std::nullopt;
  return add_days(*julian, year / 100 - year / 400 - 2);
}

int weekday_named(std::string_view name) {
  constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  for (int i = 0; i < 7; ++i) {
    if (names[static_cast<std::size_t>(i)] == name) return i;
  }
  return -1;
}

std::optional<int> number_in(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool parse_month_day(std::string_view text, Holiday& holiday) {
  if (text.size() != 5 || text[2] != '-') return false;
  const auto month = number_in(text.substr(0, 2)), day = number_in(text.substr(3));
  if (!month || !day || !make_day(2000, *month, *day)) return false;
  holiday.month = *month;
  holiday.day = *day;
  return true;
}

}  // namespace

std::optional<Holiday> parse_holiday(std::string_view rule) {
  std::istringstream words{std::string(rule)};
  std::string first, second, third, fourth;
  words >> first >> second >> third >> fourth;
  Holiday holiday;
  if (first == "easter" || first == "orthodox") {
    const auto days = number_in(second);
    if (!days) return std::nullopt;
    holiday.kind = first == "easter" ? Holiday::Kind::easter : Holiday::Kind::orthodox;
    holiday.number = *days;
    return holiday;
  }
  if (parse_month_day(first, holiday)) {
    if (second.empty()) return holiday;
    holiday.kind = Holiday::Kind::weekday_near;
    holiday.weekday = weekday_named(second);
    holiday.number = third == "<" ? -1 : 1;
    return holiday.weekday < 0 || (third != "<" && third != ">") ? std::nullopt : std::optional(holiday);
  }
  const auto month = number_in(first), number = number_in(third);
  holiday.kind = Holiday::Kind::weekday_of_month;
  holiday.weekday = weekday_named(second);
  if (!month || *month < 1 || *month > 12 || !number || holiday.weekday < 0) return std::nullopt;
  holiday.month = *month;
  holiday.number = *number;
  if (!fourth.empty()) {
    const auto later = number_in(fourth);
    if (!later) return std::nullopt;
    holiday.later = *later;
  }
  return holiday;
}

std::optional<Day> day_of(const Holiday& holiday, int year) {
  if (year < 1 || year > 9999) return std::nullopt;
  switch (holiday.kind) {
    case Holiday::Kind::fixed: return make_day(year, holiday.month, holiday.day);
    case Holiday::Kind::easter:
    case Holiday::Kind::orthodox: {
      if (year < 1583) return std::nullopt;
      const auto easter = holiday.kind == Holiday::Kind::easter ? western_easter(year) : orthodox_easter(year);
      return easter ? add_days(*easter, holiday.number) : std::nullopt;
    }
    case Holiday::Kind::weekday_of_month: {
      if (holiday.number < 0) {
        const auto last = make_day(year, holiday.month, days_in_month(year, holiday.month));
        return last ? add_days(*last, -((weekday(*last) - holiday.weekday + 7) % 7) + 7LL * (holiday.number + 1) + holiday.later) : std::nullopt;
      }
      const auto first = make_day(year, holiday.month, 1);
      return first ? add_days(*first, (holiday.weekday - weekday(*first) + 7) % 7 + 7LL * (holiday.number - 1) + holiday.later) : std::nullopt;
    }
    case Holiday::Kind::weekday_near: {
      const auto day = make_day(year, holiday.month, holiday.day);
      if (!day) return std::nullopt;
      const int gap = holiday.number < 0 ? (weekday(*day) - holiday.weekday + 6) % 7 + 1 : (holiday.weekday - weekday(*day) + 6) % 7 + 1;
      return add_days(*day, holiday.number < 0 ? -gap : gap);
    }
  }
  return std::nullopt;
}

}  // namespace relata::times
