#include "extract/times/calendar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace relata::times {

bool is_clock_unit(Unit unit) { return unit == Unit::second || unit == Unit::minute || unit == Unit::hour; }

std::optional<Day> add_days(Day day, long long days) {
  const long long sum = day.number + days;
  if (sum < kFirstDay.number || sum > kLastDay.number) return std::nullopt;
  return Day{static_cast<std::int32_t>(sum)};
}

std::optional<Day> add_months(Day day, long long months) {
  const YearMonthDay date = civil(day);
  const long long index = static_cast<long long>(date.year) * 12 + date.month - 1 + months;
  if (index < 12 || index >= 120000) return std::nullopt;
  const int year = static_cast<int>(index / 12), month = static_cast<int>(index % 12) + 1;
  return make_day(year, month, std::min(date.day, days_in_month(year, month)));
}

IsoWeek iso_week(Day day) {
  // The week belongs to the year of its Thursday (ISO 8601).
  const Day thursday{day.number - weekday(day) + 3};
  if (thursday < kFirstDay) return {1, 1};
  if (thursday > kLastDay) return {9999, 52};
  const int year = civil(thursday).year;
  const int first = make_day(year, 1, 1)->number;
  return {year, (thursday.number - first) / 7 + 1};
}

std::optional<Day> monday_of(IsoWeek week) {
  const auto fourth = make_day(week.year, 1, 4);
  if (!fourth) return std::nullopt;
  return add_days(*fourth, -weekday(*fourth) + 7LL * (week.week - 1));
}

int weeks_in_year(int year) {
  const auto last = make_day(year, 12, 28);
  return last ? iso_week(*last).week : 52;
}

std::string two_digits(int number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d", number);
  return text.data();
}

std::string year_value(int year) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), year < 0 ? "BC%04d" : "%04d", std::abs(year));
  return text.data();
}

std::string month_value(int year, int month) { return year_value(year) + "-" + two_digits(month); }
std::string date_value(int year, int month, int day) { return month_value(year, month) + "-" + two_digits(day); }
std::string week_value(IsoWeek week) { return year_value(week.year) + "-W" + two_digits(week.week); }

std::string decade_value(int year) {
  const std::string full = year_value(year);
  return full.substr(0, full.size() - 1);
}

std::string century_value(int year) {
  const std::string full = year_value(year);
  return full.substr(0, full.size() - 2);
}

int quarter_of(int month) { return (month - 1) / 3 + 1; }

int season_of(int month) {
  if (month == 12 || month <= 2) return 4;
  return (month - 3) / 3 + 1;
}

std::string season_code(int season) {
  constexpr std::array<const char*, 5> codes{"", "SP", "SU", "FA", "WI"};
  return season >= 1 && season <= 4 ? codes[static_cast<std::size_t>(season)] : "";
}

Ymd ymd(Day day) {
  const YearMonthDay date = civil(day);
  return {date.year, date.month, date.day};
}

std::optional<Day> day_in(Ymd date) {
  return date.year > 0 && date.month > 0 && date.day > 0 ? make_day(date.year, date.month, date.day) : std::nullopt;
}

std::string value_of(Ymd date) {
  if (date.year == 0) {
    if (date.month == 0) return "XXXX-XX-XX";
    return date.day == 0 ? "XXXX-" + two_digits(date.month) : "XXXX-" + two_digits(date.month) + "-" + two_digits(date.day);
  }
  if (date.month == 0) return year_value(date.year);
  return date.day == 0 ? month_value(date.year, date.month) : date_value(date.year, date.month, date.day);
}

}  // namespace relata::times
