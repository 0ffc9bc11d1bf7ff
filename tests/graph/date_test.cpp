#include "graph/date.h"

#include <doctest/doctest.h>

#include <string>

using namespace relata;

TEST_CASE("a day is read, written and counted") {
  const auto day = parse_day("2024-11-15");
  REQUIRE(day);
  CHECK(to_string(*day) == "2024-11-15");
  CHECK(weekday(*day) == 4);  // a Friday
  CHECK(parse_day("2024-11-15T09:30:00Z") == day);
  CHECK(make_day(1970, 1, 1)->number == 0);
  CHECK(make_day(1, 1, 1) == kFirstDay);
  CHECK(make_day(9999, 12, 31) == kLastDay);
}

TEST_CASE("what is no day is refused") {
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-10", "0000-01-01", "2024-1-1", "20241115", "2024-11-15x", "-024-01-01", ""})
    CHECK_MESSAGE(!parse_day(text), text);
}

TEST_CASE("a TIMEX3 value means days, as precisely as it says") {
  struct Row {
    const char *value, *begin, *end;
    Precision precision;
  };
  for (const Row& row : {
           Row{"2024-11-15", "2024-11-15", "2024-11-15", Precision::day},
           Row{"2024-11-15T14:30", "2024-11-15", "2024-11-15", Precision::day},
           Row{"2024-02", "2024-02-01", "2024-02-29", Precision::month},
           Row{"2024", "2024-01-01", "2024-12-31", Precision::year},
           Row{"2024-W01", "2024-01-01", "2024-01-07", Precision::week},
           Row{"2020-W53", "2020-12-28", "2021-01-03", Precision::week},
           Row{"2024-W47-WE", "2024-11-23", "2024-11-24", Precision::week},
           Row{"2024-SU", "2024-06-01", "2024-08-31", Precision::season},
           Row{"2024-WI", "2023-12-01", "2024-02-29", Precision::season},
           Row{"2024-Q4", "2024-10-01", "2024-12-31", Precision::quarter},
           Row{"2024-H1", "2024-01-01", "2024-06-30", Precision::interval},
           Row{"202", "2020-01-01", "2029-12-31", Precision::decade},
           Row{"19", "1900-01-01", "1999-12-31", Precision::century},
           Row{"2005/2013", "2005-01-01", "2013-12-31", Precision::interval},
       }) {
    const auto when = parse_when(row.value);
    REQUIRE_MESSAGE(when, row.value);
    CHECK_MESSAGE(to_string(when->begin) == row.begin, row.value);
    CHECK_MESSAGE(to_string(when->end) == row.end, row.value);
    CHECK_MESSAGE(when->precision == row.precision, row.value);
    CHECK(when->value == row.value);
  }
}

TEST_CASE("values that mean no days of the calendar are none") {
  for (const char* value : {"P2W", "XXXX-WXX-5", "PRESENT_REF", "2024-99", "2013/2005", "T14:30", "", "2024-W60", "2024-11-15-", "/"})
    CHECK_MESSAGE(!parse_when(value), value);
}

TEST_CASE("a modifier is kept and never narrows the days") {
  const auto when = parse_when("2022", "START");
  REQUIRE(when);
  CHECK(when->mod == "START");
  CHECK(to_string(when->end) == "2022-12-31");
}
