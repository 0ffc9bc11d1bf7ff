// Days and intervals of days, as precise as a text tells them and no more.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relata {

// A day of the proleptic Gregorian calendar, as days since 1970-01-01. Range used: years 1 to 9999.
struct Day {
  std::int32_t number = 0;
  auto operator<=>(const Day&) const = default;
};

inline constexpr Day kFirstDay{-719162};  // 0001-01-01
inline constexpr Day kLastDay{2932896};   // 9999-12-31

// Nothing when there is no such day (2023-02-29) or the year is outside 1..9999.
std::optional<Day> make_day(int year, int month, int day);
// "2024-11-15", and the date part of an ISO 8601 timestamp; nothing if malformed.
std::optional<Day> parse_day(std::string_view iso);
std::string to_string(Day day);  // "2024-11-15"

struct YearMonthDay {
  int year, month, day;
};
YearMonthDay civil(Day day);
int weekday(Day day);  // 0 = Monday .. 6 = Sunday
int days_in_month(int year, int month);

enum class Precision : std::uint8_t { day, week, month, season, quarter, year, decade, century, interval };
std::string_view to_string(Precision precision);
std::optional<Precision> parse_precision(std::string_view name);

// When something happened: the TIMEX3 value as the text gives it, and the days it can lie in (both inclusive).
//   2024-11-15           2024-11-15..2024-11-15  day
//   2024-09              2024-09-01..2024-09-30  month
//   2022, mod START      2022-01-01..2022-12-31  year      ("early 2022": the modifier never narrows the days)
//   2005/2013            2005-01-01..2013-12-31  interval
struct When {
  std::string value;
  std::string mod;  // TIMEX3 mod (START, MID, END, APPROX, BEFORE, AFTER, ...) or empty
  Day begin;
  Day end;
  Precision precision = Precision::day;
  bool operator==(const When&) const = default;
};

// The days and precision of a TIMEX3 value: YYYY, YYYY-MM, YYYY-MM-DD(Thh:mm), YYYY-Www, YYYY-SU|SP|FA|WI, YYYY-Qn, YYYY-Hn,
// decade "202", century "19", and "A/B" of two of these. Nothing for durations, sets, references (PRESENT_REF) and unknowns (XXXX).
std::optional<When> parse_when(std::string_view value, std::string_view mod = {});

}  // namespace relata
