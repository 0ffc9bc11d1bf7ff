// Days as people and machines write them in datelines and metadata.
#pragma once

#include <optional>
#include <string_view>

#include "extract/reading/words.h"
#include "graph/date.h"

namespace relata {

struct WrittenDate {
  int year = 0;  // 0: not written
  int month = 0, day = 0;
  bool has_weekday = false;
  std::size_t begin = 0, end = 0;  // bytes, from the weekday to the last number
};

// The date that begins at byte `at`: "Friday, August 21, 2015", "18 Nov. 2024", "November 18", "2017-07-18". Numbers with slashes are left
// to parse_published. Impossible days (February 30) are none.
std::optional<WrittenDate> date_at(std::string_view text, std::size_t at, const ReadingWords& words);

// The first date at or after `from`, looking at most `window` bytes far.
std::optional<WrittenDate> find_date(std::string_view text, std::size_t from, std::size_t window, const ReadingWords& words);

std::optional<Day> to_day(const WrittenDate& date);  // nothing without a year

// The day of a metadata value: ISO 8601, "20241118T101500Z", RFC 2822, seconds or milliseconds since 1970, "18.11.2024", and written dates.
// "03/04/2024" is a different day on each side of the Atlantic and therefore none.
std::optional<Day> parse_published(std::string_view value, const ReadingWords& words);

// A day in the path of an address: /2024/11/18/, /2024-11-18-, /20241118/.
std::optional<Day> day_in_address(std::string_view address);

}  // namespace relata
