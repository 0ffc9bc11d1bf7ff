// What time expressions a text holds, and their values: tables of rows.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "extract/times/times.h"
#include "tests/times/plain_document.h"

namespace relata {
namespace {

constexpr const char* kPublished = "2021-03-17";  // a Wednesday

struct Row {
  const char* text;
  const char* expression;  // "" : none is in the text
  const char* value;
  const char* mod = "";
};

// The text of the span, by code points.
std::string at(const std::string& text, Span span) {
  std::string out;
  std::uint32_t point = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++point;
    if (point >= span.begin && point < span.end) out += text[i];
  }
  return out;
}

void check(const Row& row, std::optional<Day> published = parse_day(kPublished)) {
  CAPTURE(row.text);
  const Document document = plain_document(row.text, published);
  const auto times = find_times(document);
  if (*row.expression == '\0') {
    CHECK_MESSAGE(times.empty(), "found " << (times.empty() ? "" : at(row.text, times[0].span)));
    return;
  }
  REQUIRE(times.size() == 1);
  CHECK(at(row.text, times[0].span) == row.expression);
  CHECK(times[0].value == row.value);
  CHECK(times[0].mod == row.mod);
}

TEST_CASE("the data of times can be read") {
  const auto checked = check_times_data();
  REQUIRE_MESSAGE(checked.ok(), (checked.ok() ? "" : checked.error().message));
}

TEST_CASE("days in words and figures") {
  const Row rows[] = {
      {"The bridge opened on May 21, 1998.", "May 21, 1998", "1998-05-21"},
      {"The bridge opened on 21 May 1998.", "21 May 1998", "1998-05-21"},
      {"The bridge opened on the 21st of May, 1998.", "the 21st of May, 1998", "1998-05-21"},
      {"The bridge opened on May 21st 1998.", "May 21st 1998", "1998-05-21"},
      {"The bridge opened on the twenty-first of May 1998.", "the twenty-first of May 1998", "1998-05-21"},
      {"Opened: 1998-05-21.", "1998-05-21", "1998-05-21"},
      {"Opened: 5/21/1998.", "5/21/1998", "1998-05-21"},
      {"Opened: 21/5/1998.", "21/5/1998", "1998-05-21"},
      {"Opened: 21.05.1998.", "21.05.1998", "1998-05-21"},
      {"Opened: 21/May/1998.", "21/May/1998", "1998-05-21"},
      {"Opened on Sept. 3, 1998.", "Sept. 3, 1998", "1998-09-03"},
      {"Opened on Thursday, May 21, 1998.", "Thursday, May 21, 1998", "1998-05-21"},
      {"The case number is 133-03-03-2020.", "", ""},
      {"Call 555-2010-2015 for tickets.", "", ""},
      {"It was written as Feb 30.", "Feb 30", "XXXX-02-30"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("months, years, decades, centuries") {
  const Row rows[] = {
      {"Built in May 1998.", "May 1998", "1998-05"},
      {"Built in early December 2019.", "early December 2019", "2019-12", "START"},
      {"Built in mid-2008.", "mid-2008", "2008", "MID"},
      {"Built by the end of 2016.", "the end of 2016", "2016", "END"},
      {"Built in 1987.", "1987", "1987"},
      {"Built in nineteen eighty-four.", "nineteen eighty-four", "1984"},
      {"Built in the 1990s.", "the 1990s", "199"},
      {"Built in the late 1970s.", "the late 1970s", "197", "END"},
      {"Built in the '90s.", "the '90s", "199"},
      {"Built in the nineties.", "the nineties", "199"},
      {"Built in the 18th century.", "the 18th century", "17"},
      {"Built in the third century BC.", "the third century BC", "BC02"},
      {"Fought in 331 BC.", "331 BC", "BC0331"},
      {"The third quarter of 2019 was dull.", "The third quarter of 2019", "2019-Q3"},
      {"Q3 2019 was dull.", "Q3 2019", "2019-Q3"},
      {"The second half of 2008 was dull.", "The second half of 2008", "2008-H2"},
      {"The first two quarters of 2008 were dull.", "The first two quarters of 2008", "2008-H1"},
      {"The last half of the '70s was dull.", "The last half of the '70s", "197", "END"},
      {"The summer of 1969 was wet.", "The summer of 1969", "1969-SU"},
      {"Fiscal 2019 was dull.", "Fiscal 2019", "2019"},
      {"The first week of 2021 was cold.", "The first week of 2021", "2021-W01"},
      {"The first Monday of May 2019 was warm.", "The first Monday of May 2019", "2019-05-06"},
      {"Week 23 of 2020 was warm.", "Week 23 of 2020", "2020-W23"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("seen from the day of publication") {
  const Row rows[] = {
      {"today", "today", "2021-03-17"},
      {"yesterday", "yesterday", "2021-03-16"},
      {"the day after tomorrow", "the day after tomorrow", "2021-03-19"},
      {"last night", "last night", "2021-03-16TNI"},
      {"Friday", "Friday", "2021-03-12"},
      {"last Friday", "last Friday", "2021-03-12"},
      {"next Friday", "next Friday", "2021-03-26"},
      {"this coming Friday", "this coming Friday", "2021-03-19"},
      {"last week", "last week", "2021-W10"},
      {"this week", "this week", "2021-W11"},
      {"next month", "next month", "2021-04"},
      {"last year", "last year", "2020"},
      {"early next year", "early next year", "2022", "START"},
      {"last July", "last July", "2020-07"},
      {"this September", "this September", "2021-09"},
      {"two years ago", "two years ago", "2019"},
      {"five months ago", "five months ago", "2020-10"},
      {"two weeks ago", "two weeks ago", "2021-W09"},
      {"ten days ago", "ten days ago", "2021-03-07"},
      {"three days from now", "three days from now", "2021-03-20"},
      {"two weeks before May 13, 1999", "two weeks before May 13, 1999", "1999-04-29"},
      {"August 4", "August 4", "2020-08-04"},
      {"April 4", "April 4", "2021-04-04"},
      {"last year's third quarter", "last year's third quarter", "2020-Q3"},
      {"tuesday of next week", "tuesday of next week", "2021-03-23"},
      {"the weekend", "the weekend", "2021-W10-WE"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("without a publication date nothing is invented") {
  const Row rows[] = {
      {"Friday", "Friday", "XXXX-WXX-5"},
      {"yesterday", "yesterday", "XXXX-XX-XX"},
      {"last year", "last year", "XXXX"},
      {"May 21", "May 21", "XXXX-05-21"},
  };
  for (const Row& row : rows) {
    check(row, std::nullopt);
    CHECK_FALSE(find_times(plain_document(row.text, std::nullopt)).at(0).when);
  }
}

TEST_CASE("times of day") {
  const Row rows[] = {
      {"at 5:30 p.m. Friday", "5:30 p.m. Friday", "2021-03-12T17:30"},
      {"Friday evening", "Friday evening", "2021-03-12TEV"},
      {"noon Friday", "noon Friday", "2021-03-12T12:00"},
      {"midnight Friday", "midnight Friday", "2021-03-12T24:00"},
      {"the night of April 18, 1775", "the night of April 18, 1775", "1775-04-18TNI"},
      {"1800 GMT", "1800 GMT", "T18:00"},
      {"half past seven o'clock", "half past seven o'clock", "T07:30"},
      {"a quarter to six in the evening", "a quarter to six in the evening", "T17:45"},
      {"8.30pm", "8.30pm", "T20:30"},
      {"this morning", "this morning", "2021-03-17TMO"},
      {"tonight at 8", "tonight at 8", "2021-03-17T20:00"},
      {"2021-03-01T10:30", "2021-03-01T10:30", "2021-03-01T10:30"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("lengths") {
  const Row rows[] = {
      {"three days", "three days", "P3D"},
      {"two to three weeks", "two to three weeks", "P2W"},
      {"half an hour", "half an hour", "PT30M"},
      {"a ½ hour", "a ½ hour", "PT30M"},
      {"2½ years", "2½ years", "P2.5Y"},
      {"two and a half years", "two and a half years", "P2.5Y"},
      {"a few months", "a few months", "PXM"},
      {"a couple of years", "a couple of years", "P2Y"},
      {"almost a hundred years", "almost a hundred years", "P100Y", "LESS_THAN"},
      {"at least the past 18 months", "at least the past 18 months", "P18M", "EQUAL_OR_MORE"},
      {"the past six months", "the past six months", "P6M"},
      {"a fortnight", "a fortnight", "P2W"},
      {"a month-long", "month-long", "P1M"},
      {"two decades", "two decades", "P2DE"},
      {"an hour and 20 minutes", "an hour and 20 minutes", "PT1H20M"},
      {"20 light years", "", ""},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("repeated times") {
  const Row rows[] = {
      {"every Monday", "every Monday", "XXXX-WXX-1"}, {"daily", "daily", "P1D"},
      {"every other week", "every other week", "P2W"}, {"twice a month", "twice a month", "P1M"},
      {"Tuesday nights", "Tuesday nights", "XXXX-WXX-2TNI"}, {"each July", "each July", "XXXX-07"},
      {"every two years", "every two years", "P2Y"},
  };
  for (const Row& row : rows) {
    check(row);
    CHECK(find_times(plain_document(row.text, parse_day(kPublished))).at(0).type == TimeExpression::Type::set);
  }
}

TEST_CASE("holidays, fixed and computed") {
  const Row rows[] = {
      {"Christmas 2019", "Christmas 2019", "2019-12-25"},
      {"Thanksgiving 2019", "Thanksgiving 2019", "2019-11-28"},
      {"Easter 2019", "Easter 2019", "2019-04-21"},
      {"Orthodox Easter 2019", "Orthodox Easter 2019", "2019-04-28"},
      {"Good Friday 2022", "Good Friday 2022", "2022-04-15"},
      {"Memorial Day 2020", "Memorial Day 2020", "2020-05-25"},
      {"Victoria Day 2021", "Victoria Day 2021", "2021-05-24"},
      {"Election Day 2022", "Election Day 2022", "2022-11-08"},
      {"New Year's Eve 1999", "New Year's Eve 1999", "1999-12-31"},
  };
  for (const Row& row : rows) check(row);
}

struct Many {
  const char* text;
  std::vector<std::pair<std::string, std::string>> expected;
};

void check_many(const Many& row, std::optional<Day> published) {
  CAPTURE(row.text);
  const auto times = find_times(plain_document(row.text, published));
  REQUIRE(times.size() == row.expected.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    CHECK(at(row.text, times[i].span) == row.expected[i].first);
    CHECK(times[i].value == row.expected[i].second);
  }
}

TEST_CASE("a history without publication date counts from the date in focus") {
  const Many rows[] = {
      {"In May 1940 the line broke. In June the city fell. On June 22 a truce was signed. The following day it rained.",
       {{"May 1940", "1940-05"}, {"June", "1940-06"}, {"June 22", "1940-06-22"}, {"The following day", "1940-06-23"}}},
      {"It began on December 7, 1941. In January the islands were lost.", {{"December 7, 1941", "1941-12-07"}, {"January", "1942-01"}}},
      {"The siege of 480 BC ended. The following year they sailed home.", {{"480 BC", "BC0480"}, {"The following year", "BC0479"}}},
  };
  for (const Many& row : rows) check_many(row, std::nullopt);
}

TEST_CASE("the date line of an article without a date is its anchor") {
  const Many row{"A ship sinks\n\nFriday, May 8, 2015\n\nA ship sank yesterday.", {{"Friday, May 8, 2015", "2015-05-08"}, {"yesterday", "2015-05-07"}}};
  check_many(row, std::nullopt);
}

TEST_CASE("ranges and shared months") {
  const Many rows[] = {
      {"May 4 and 5, 1998", {{"May 4", "1998-05-04"}, {"5, 1998", "1998-05-05"}}},
      {"6-7 January 1916", {{"6", "1916-01-06"}, {"7 January 1916", "1916-01-07"}}},
      {"from 2005 to 2013", {{"2005", "2005"}, {"2013", "2013"}}},
  };
  for (const Many& row : rows) check_many(row, parse_day(kPublished));
  const auto times = find_times(plain_document("from 2005 to 2013", parse_day(kPublished)));
  REQUIRE(times.at(0).when);
  CHECK(times[0].when->value == "2005/2013");
  CHECK(to_string(times[0].when->begin) == "2005-01-01");
  CHECK(to_string(times[0].when->end) == "2013-12-31");
}

TEST_CASE("a modifier never narrows the days") {
  const auto times = find_times(plain_document("early 2022", parse_day(kPublished)));
  REQUIRE(times.at(0).when);
  CHECK(to_string(times[0].when->begin) == "2022-01-01");
  CHECK(to_string(times[0].when->end) == "2022-12-31");
  CHECK(times[0].when->mod == "START");
}

TEST_CASE("any heap of words: spans in the text, ascending, apart") {
  const std::vector<std::string> words{"the", "last", "May", "12", ",", "1999", "of", "-", "Friday", "two", "weeks", "ago", "at", "5", "p.m.", "'", "90s", "s", "every", "other",
                                       "third", "quarter", "half", "past", "a", "hundred", "and", "BC", "99999999999", ":", "30", "/", "week", "year", "early", "in", "\n", "from", "to",
                                       "Easter", "weekend", "night", "million", "oh", "ago", "29", "February", "\xc3\xa9t\xc3\xa9", "\xe2\x80\x93", ".", "after", "before", "0", "00", "fiscal"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const std::size_t length = 1 + random() % 25;
    for (std::size_t i = 0; i < length; ++i) text += words[random() % words.size()] + (random() % 4 == 0 ? "" : " ");
    CAPTURE(text);
    const Document document = plain_document(text, round % 2 == 0 ? parse_day(kPublished) : std::nullopt);
    std::uint32_t last = 0;
    const std::uint32_t points = document.tokens.empty() ? 0 : document.tokens.back().span.end;
    for (const TimeExpression& time : find_times(document)) {
      CHECK(time.span.begin < time.span.end);
      CHECK(time.span.begin >= last);
      CHECK(time.span.end <= points);
      CHECK_FALSE(time.value.empty());
      last = time.span.end;
    }
  }
}

TEST_CASE("a megabyte without a full stop is read in seconds") {
  for (const std::string part : {"the last two weeks of May 1999 - 5 and half past seven every other ", "week of week of ", "the first day of the second week of ",
                                 "3 days after ", "1-", "one hundred ", "the end of the "}) {
    CAPTURE(part);
    std::string text;
    while (text.size() < 1000000) text += part;
    const auto times = find_times(plain_document(std::move(text), parse_day(kPublished)));
    CHECK(times.size() < 200000);
  }
}

}  // namespace
}  // namespace relata
