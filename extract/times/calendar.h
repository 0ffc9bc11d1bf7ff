// Arithmetic of days, months and ISO weeks, and the TIMEX3 spelling of their values.
#pragma once

#include <optional>
#include <string>

#include "graph/date.h"

namespace relata::times {

// The units a text counts time in; TIMEX3 letters in unit_letter().
enum class Unit : std::uint8_t {
  second, minute, hour, day, weekday, weekend, night, week, month, quarter, season, year, decade, century, millennium,
};

// A calendar place as far as it is known; 0 = unknown part. `year` is never 0 for a known year; BC years are negative.
struct Ymd {
  int year = 0, month = 0, day = 0;
};

bool is_clock_unit(Unit unit);

Ymd ymd(Day day);
std::optional<Day> day_in(Ymd date);  // nothing when a part is unknown
std::string value_of(Ymd date);       // as far as it is known: "1989", "1989-10", "XXXX-10-30"

// Nothing when the sum leaves the years 1 to 9999.
std::optional<Day> add_days(Day day, long long days);
// Keeps the day of the month where the month has it, else its last day.
std::optional<Day> add_months(Day day, long long months);

struct IsoWeek {
  int year, week;
};
IsoWeek iso_week(Day day);
// Monday of the week; nothing when out of range.
std::optional<Day> monday_of(IsoWeek week);
int weeks_in_year(int year);

std::string year_value(int year);                           // "1989", "BC0493"
std::string month_value(int year, int month);               // "1989-10"
std::string date_value(int year, int month, int day);       // "1989-10-30"
std::string week_value(IsoWeek week);                       // "1989-W44"
std::string decade_value(int year);                         // "198"
std::string century_value(int year);                        // "19"; the hundred of years that `year` lies in
std::string two_digits(int number);

int quarter_of(int month);  // 1..4
// 1 spring, 2 summer, 3 fall, 4 winter by the months of the northern hemisphere.
int season_of(int month);
std::string season_code(int season);  // "SP" "SU" "FA" "WI"

}  // namespace relata::times
