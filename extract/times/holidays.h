// Days that a year gives by name: fixed, by weekday of a month, or by Easter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/date.h"

namespace relata::times {

// The rule of a holiday, as written in the second column of data/times/holidays.tsv:
//   12-25           every year on that day
//   11 thu 4 +1     the day after the fourth Thursday of November (the last part may be missing); -1 for the last Thursday
//   easter +49      days from Western Easter Sunday
//   orthodox -2     days from Orthodox Easter Sunday
//   05-25 mon <     the last Monday before the day (Victoria Day); `>` the first Tuesday after, ...
struct Holiday {
  enum class Kind { fixed, weekday_of_month, easter, orthodox, weekday_near };
  Kind kind = Kind::fixed;
  int month = 0, day = 0;
  int weekday = 0;  // 0 = Monday
  int number = 0;   // which weekday of the month; days from Easter; -1 before, 1 after
  int later = 0;    // days after the weekday of the month
};

std::optional<Holiday> parse_holiday(std::string_view rule);

// Nothing outside the years 1583..9999 for movable feasts of Easter, 1..9999 for others.
std::optional<Day> day_of(const Holiday& holiday, int year);

}  // namespace relata::times
