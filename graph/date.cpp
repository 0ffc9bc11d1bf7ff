#include "graph/date.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace relata {
namespace {

using namespace std::string_view_literals;

constexpr std::array kPrecisionNames = {"day"sv,  "week"sv,   "month"sv,   "season"sv,  "quarter"sv,
                                        "year"sv, "decade"sv, "century"sv, "interval"sv};

// Exactly `text.size()` digits; nothing otherwise.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  if (text.empty() || text.front() == '-') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<When> interval(std::string_view value, std::optional<Day> begin, std::optional<Day> end, Precision precision) {
  if (!begin || !end) return std::nullopt;
  return When{std::string(value), {}, *begin, *end, precision};
}

std::optional<When> months(std::string_view value, int year, int first, int last, Precision precision) {
  if (year < 1 || year > 9999 || first < 1 || last > 12) return std::nullopt;
  return interval(value, make_day(year, first, 1), make_day(year, last, days_in_month(year, last)), precision);
}

// ISO 8601: week 1 is the one that holds January 4th.
std::optional<When> week(std::string_view value, int year, int number) {
  if (number < 1 || number > 53) return std::nullopt;
  const auto fourth = make_day(year, 1, 4);
  if (!fourth) return std::nullopt;
  const Day monday{fourth->number - weekday(*fourth) + 7 * (number - 1)};
  return When{std::string(value), {}, monday, Day{monday.number + 6}, Precision::week};
}

// The seasons are the meteorological ones of the northern hemisphere; winter begins in December of the year before the value's.
std::optional<When> season(std::string_view value, int year, std::string_view name) {
  if (name == "SP") return months(value, year, 3, 5, Precision::season);
  if (name == "SU") return months(value, year, 6, 8, Precision::season);
  if (name == "FA" || name == "AU") return months(value, year, 9, 11, Precision::season);
  if (name == "WI" && year > 1)
    return interval(value, make_day(year - 1, 12, 1), make_day(year, 2, days_in_month(year, 2)), Precision::season);
  return std::nullopt;
}

// What follows "YYYY-".
std::optional<When> part_of_year(std::string_view value, int year, std::string_view part) {
  if (part.size() == 2 && part[0] == 'Q') {
    const auto quarter = digits(part.substr(1));
    if (!quarter || *quarter < 1 || *quarter > 4) return std::nullopt;
    return months(value, year, *quarter * 3 - 2, *quarter * 3, Precision::quarter);
  }
  if (part.size() == 2 && part[0] == 'H') {
    const auto half = digits(part.substr(1));
    if (!half || *half < 1 || *half > 2) return std::nullopt;
    return months(value, year, *half * 6 - 5, *half * 6, Precision::interval);
  }
  if (part.size() >= 3 && part[0] == 'W') {
    const auto number = digits(part.substr(1, 2));
    auto found = number ? week(value, year, *number) : std::nullopt;
    if (found && part.substr(3) == "-WE") found->begin.number += 5;
    else if (part.size() > 3) return std::nullopt;
    return found;
  }
  if (const auto found = season(value, year, part)) return found;
  const auto month = digits(part.substr(0, 2));
  if (!month || part.size() < 2) return std::nullopt;
  if (part.size() == 2) return months(value, year, *month, *month, Precision::month);
  if (part.size() != 5 || part[2] != '-') return std::nullopt;
  const auto day = digits(part.substr(3));
  if (!day) return std::nullopt;
  const auto date = make_day(year, *month, *day);
  return interval(value, date, date, Precision::day);
}

std::optional<When> single(std::string_view value) {
  const std::string_view date = value.substr(0, value.find('T'));
  if (date.size() == 2) {  // century: "19" = 1900..1999
    const auto century = digits(date);
    return century ? interval(value, make_day(*century == 0 ? 1 : *century * 100, 1, 1), make_day(*century * 100 + 99, 12, 31), Precision::century)
                   : std::nullopt;
  }
  if (date.size() == 3) {  // decade: "202" = 2020..2029
    const auto decade = digits(date);
    return decade ? interval(value, make_day(*decade == 0 ? 1 : *decade * 10, 1, 1), make_day(*decade * 10 + 9, 12, 31), Precision::decade)
                  : std::nullopt;
  }
  const auto year = date.size() >= 4 ? digits(date.substr(0, 4)) : std::nullopt;
  if (!year) return std::nullopt;
  if (date.size() == 4) return months(value, *year, 1, 12, Precision::year);
  if (date[4] != '-') return std::nullopt;
  return part_of_year(value, *year, date.substr(5));
}

}  // namespace

std::optional<Day> make_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  return Day{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

std::optional<Day> parse_day(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  if (iso.size() > 10 && iso[10] != 'T' && iso[10] != ' ') return std::nullopt;
  const auto year = digits(iso.substr(0, 4)), month = digits(iso.substr(5, 2)), day = digits(iso.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make_day(*year, *month, *day);
}

YearMonthDay civil(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day.number}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::string to_string(Day day) {
  const auto [year, month, number] = civil(day);
  if (year >= 0 && year <= 9999) {
    const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
    return {digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-', digit(month / 10), digit(month), '-', digit(number / 10), digit(number)};
  }
  std::array<char, 32> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", year, month, number);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

int weekday(Day day) {
  const int sunday_based = (day.number + 4) % 7;  // 1970-01-01 was a Thursday
  return ((sunday_based + 7) % 7 + 6) % 7;
}

int days_in_month(int year, int month) {
  const std::chrono::year_month_day_last last{std::chrono::year{year},
                                              std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

std::string_view to_string(Precision precision) { return kPrecisionNames.at(static_cast<std::size_t>(precision)); }

std::optional<Precision> parse_precision(std::string_view name) {
  for (std::size_t i = 0; i < kPrecisionNames.size(); ++i)
    if (kPrecisionNames[i] == name) return static_cast<Precision>(i);
  return std::nullopt;
}

std::optional<When> parse_when(std::string_view value, std::string_view mod) {
  std::optional<When> found;
  if (const auto slash = value.find('/'); slash != std::string_view::npos) {
    const auto first = single(value.substr(0, slash)), last = single(value.substr(slash + 1));
    if (first && last && first->begin <= last->end) found = When{std::string(value), {}, first->begin, last->end, Precision::interval};
  } else {
    found = single(value);
  }
  if (found) found->mod = mod;
  return found;
}

}  // namespace relata
