// What a time expression says before its value is computed: the parts it names, and what it leaves to its surroundings.
#pragma once

#include <memory>
#include <string>

#include "extract/mentions.h"
#include "extract/times/calendar.h"

namespace relata::times {

enum class Direction : std::uint8_t { none, last, past, previous, next, coming, following, this_one, current, that, same, latest };

// Where counting starts: the anchor (publication, or the date in focus in a history), the date in focus, or a date the
// expression itself gives.
enum class Base : std::uint8_t { anchor, focus, given };

enum class Kind : std::uint8_t { calendar, offset, duration, set, reference };

// A length: "two and a half years". amount < 0: unknown number ("a few years").
struct Length {
  double amount = -1;
  Unit unit = Unit::day;
};

struct Reading {
  Kind kind = Kind::calendar;
  TimeExpression::Type type = TimeExpression::Type::date;

  // Calendar parts; 0 or -1 = not named.
  int year = 0;           // negative before Christ
  bool short_year = false;  // of two digits ("'99")
  int month = 0, day = 0;
  int weekday = 0;        // 1 Monday .. 7
  int week = 0;
  int quarter = 0, half = 0, season = 0;
  int decade = -1;        // first year of it; below 100: of a century the surroundings give
  int century = -1;       // hundreds of its years: 19 for the 20th
  int holiday = -1;       // into Lexicon::holidays
  bool weekend = false;
  bool bc = false;
  int nth = 0;            // "the third month of", -1 for the last
  Unit nth_unit = Unit::day;
  Direction direction = Direction::none;  // of the month, weekday, season, ... named above

  // A period seen from somewhere: "last year", "the following day", "today". Holds the parts above when they are there too.
  bool shifted = false;
  Unit unit = Unit::day;
  int shift = 0;
  Base base = Base::anchor;
  bool precise = false;   // the unit's own calendar days are not meant ("the year to date"), or the day itself is ("today")

  // Offsets: length before (sign -1) or after (+1) the base.
  Length length;
  int sign = 0;
  std::shared_ptr<const Reading> from;  // when base == given

  // Clock.
  std::string part;       // "MO", ...
  int hour = -1, minute = -1, second = -1;
  bool hour_open = false;  // morning or afternoon not told
  std::string zone;

  std::string mod;
  std::string value;      // of durations, sets and references

  bool has_clock() const { return hour >= 0 || !part.empty(); }
  bool has_calendar() const {
    return year != 0 || month != 0 || day != 0 || weekday != 0 || week != 0 || quarter != 0 || half != 0 || season != 0 || decade >= 0 ||
           century >= 0 || holiday >= 0 || weekend || nth != 0 || shifted;
  }
};

}  // namespace relata::times
