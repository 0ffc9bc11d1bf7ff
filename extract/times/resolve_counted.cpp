// Values counted from another date: "last week", "three days later", "the second Monday of May".
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "extract/times/resolve.h"

namespace relata::times {

Resolver::Resolved Resolver::step(Ymd from, Unit unit, long long amount) const {
  const auto here = day_in(from);
  switch (unit) {
    case Unit::year:
      if (from.year == 0) return {"XXXX", {}};
      return {year_value(from.year + static_cast<int>(amount)), {from.year + static_cast<int>(amount), 0, 0}};
    case Unit::decade:
      if (from.year == 0) return {"XXX", {}};
      return {decade_value(from.year + static_cast<int>(amount) * 10), {from.year + static_cast<int>(amount) * 10, 0, 0}};
    case Unit::century:
      if (from.year == 0) return {"XX", {}};
      return {century_value(from.year + static_cast<int>(amount) * 100), {}};
    case Unit::millennium: return {"XXXX", {}};
    case Unit::month:
    case Unit::quarter:
    case Unit::season: {
      if (from.year <= 0 || from.month == 0) return {from.year == 0 ? "XXXX-XX" : year_value(from.year) + "-XX", {from.year, 0, 0}};
      const auto moved = add_months(*make_day(from.year, from.month, 1), unit == Unit::month ? amount : amount * 3);
      if (!moved) return {"XXXX-XX", {}};
      const YearMonthDay date = civil(*moved);
      if (unit == Unit::quarter) return {year_value(date.year) + "-Q" + std::to_string(quarter_of(date.month)), {date.year, date.month, 0}};
      if (unit == Unit::season) return {year_value(date.year) + "-" + season_code(season_of(date.month)), {date.year, date.month, 0}};
      return {month_value(date.year, date.month), {date.year, date.month, 0}};
    }
    case Unit::week: {
      const auto moved = here ? add_days(*here, amount * 7) : std::nullopt;
      if (!moved) return {from.year == 0 ? "XXXX-WXX" : year_value(from.year) + "-WXX", {from.year, 0, 0}};
      return {week_value(iso_week(*moved)), ymd(*moved)};
    }
    default: {
      const auto moved = here ? add_days(*here, amount) : std::nullopt;
      if (moved) return {value_of(ymd(*moved)), ymd(*moved)};
      if (from.year == 0) return {"XXXX-XX-XX", {}};
      return {year_value(from.year) + "-" + (from.month == 0 ? "XX" : two_digits(from.month)) + "-XX", {from.year, from.month, 0}};
    }
  }
}

Resolver::Resolved Resolver::shifted(const Reading& r, Tense tense) {
  // "today" and "yesterday" are the writer's, in a history too.
  const bool now = r.unit == Unit::day && r.precise && context_.published;
  const Ymd from = now ? ymd(*context_.published) : base(r.base);
  if (r.unit == Unit::quarter && r.precise && !context_.focus_moved && from.month != 0) return step(from, Unit::quarter, -1);
  const bool parts = r.year != 0 || r.month != 0 || r.day != 0 || r.weekday != 0 || r.quarter != 0 || r.half != 0 || r.season != 0 || r.holiday >= 0 || r.weekend || r.week > 0;
  Resolved moved = step(from, r.unit, r.shift);
  if (!parts) return moved;
  if (r.weekend && r.unit == Unit::week) {
    // "this weekend" when it is over, "last weekend" before the next: the weekend of that week.
    return {moved.value + "-WE", moved.date};
  }
  if (r.unit == Unit::week && r.weekday != 0) {
    const auto here = day_in(moved.date);
    const auto day = here ? add_days(*here, r.weekday - 1 - relata::weekday(*here)) : std::nullopt;
    if (!day) return {"XXXX-WXX-" + std::to_string(r.weekday), {}};
    return {value_of(ymd(*day)), ymd(*day)};
  }
  if (r.unit == Unit::year) {
    Reading inner = r;
    inner.shifted = false;
    inner.year = 0;
    return of_year(inner, moved.date.year);
  }
  Reading inner = r;
  inner.shifted = false;
  return named(inner, tense);
}

Resolver::Resolved Resolver::offset(const Reading& r, Tense tense) {
  Ymd from;
  if (r.base == Base::given && r.from) {
    from = calendar(*r.from, tense).date;
  } else {
    from = base(r.base);
  }
  if (r.length.amount < 0) return {r.sign < 0 ? "PAST_REF" : "FUTURE_REF", {}};
  const double limited = std::min(r.length.amount, 1e6) * r.sign;
  const auto here = day_in(from);
  const auto months = [&](double count) -> Resolved {
    const auto moved = here ? add_months(*here, std::llround(count)) : std::nullopt;
    return moved ? Resolved{value_of(ymd(*moved)), ymd(*moved)} : Resolved{};
  };
  const bool whole = std::floor(limited) == limited;
  switch (r.length.unit) {
    case Unit::second:
    case Unit::minute:
    case Unit::hour: {
      if (!here) return {"XXXX-XX-XXTXX", {}};
      return {value_of(from) + "TXX", from};
    }
    case Unit::year:
      if (r.precise && here) return months(limited * 12);
      if (!whole && here) return {months(limited * 12).value.substr(0, 7), months(limited * 12).date};
      return step(from, Unit::year, std::llround(limited));
    case Unit::decade:
      if (!whole) return step(from, Unit::year, std::llround(limited * 10));
      return step(from, Unit::decade, std::llround(limited));
    case Unit::century: return step(from, Unit::century, std::llround(limited));
    case Unit::month:
      if (r.precise && here) return months(limited);
      return step(from, Unit::month, std::llround(limited));
    case Unit::quarter: return step(from, Unit::quarter, std::llround(limited));
    case Unit::season: return step(from, Unit::season, std::llround(limited));
    case Unit::week:
      if (here && (r.precise || r.base == Base::focus)) return step(from, Unit::day, std::llround(limited * 7));
      return step(from, Unit::week, std::llround(limited));
    case Unit::weekday: {
      if (!here) return step(from, Unit::day, 0);
      Day day = *here;
      for (long long left = std::llround(std::min(std::abs(limited), 1000.0)); left > 0;) {
        const auto next = add_days(day, r.sign);
        if (!next) break;
        day = *next;
        if (relata::weekday(day) < 5) --left;
      }
      return {value_of(ymd(day)), ymd(day)};
    }
    case Unit::millennium: return {r.sign < 0 ? "PAST_REF" : "FUTURE_REF", {}};
    default: return step(from, Unit::day, std::llround(limited));
  }
}

// "the third month of 2021", "the last week of August", "the first Monday of May".
Resolver::Resolved Resolver::nth(const Reading& r, Tense tense) {
  Reading whole = r;
  whole.nth = 0;
  if (r.nth_unit == Unit::weekday) whole.weekday = 0;
  const Resolved container = calendar(whole, tense);
  const Ymd in = container.date;
  if (in.year <= 0) return container;
  const bool month = in.month != 0;
  const auto begin = make_day(in.year, month ? in.month : 1, 1);
  const auto end = make_day(in.year, month ? in.month : 12, month ? days_in_month(in.year, in.month) : 31);
  if (!begin || !end) return container;
  switch (r.nth_unit) {
    case Unit::month: {
      if (month) return container;
      const int number = r.nth < 0 ? 12 : r.nth;
      if (number > 12) return container;
      return {month_value(in.year, number), {in.year, number, 0}};
    }
    case Unit::week:
    case Unit::weekend: {
      // The weeks whose Thursday lies inside, as ISO counts those of a year.
      const Day thursday{begin->number + (3 - relata::weekday(*begin) + 7) % 7};
      const Day last_thursday{end->number - (relata::weekday(*end) - 3 + 7) % 7};
      const Day day{r.nth < 0 ? last_thursday.number : thursday.number + 7 * (r.nth - 1)};
      if (day > *end) return container;
      return {week_value(iso_week(day)) + (r.nth_unit == Unit::weekend ? "-WE" : ""), {in.year, in.month, 0}};
    }
    case Unit::weekday: {
      if (r.weekday == 0) return container;
      const Day first{begin->number + (r.weekday - 1 - relata::weekday(*begin) + 7) % 7};
      const Day last{end->number - (relata::weekday(*end) - (r.weekday - 1) + 7) % 7};
      const Day day{r.nth < 0 ? last.number : first.number + 7 * (r.nth - 1)};
      return day > *end ? container : Resolved{value_of(ymd(day)), ymd(day)};
    }
    default: {
      const Day day{r.nth < 0 ? end->number : begin->number + r.nth - 1};
      return day > *end ? container : Resolved{value_of(ymd(day)), ymd(day)};
    }
  }
}

}  // namespace relata::times
