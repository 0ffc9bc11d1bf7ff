#include "extract/times/resolve.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "extract/times/values.h"

namespace relata::times {
namespace {

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

int month_of_season(int season) { return season == 4 ? 1 : season * 3; }
int season_of_half(int half) { return half == 1 ? 1 : 7; }

}  // namespace

Ymd Resolver::base(Base from) const {
  const bool focus_first = context_.narrative || from == Base::focus;
  if (focus_first && context_.focus.year != 0) return context_.focus;
  if (!context_.narrative) return context_.published ? ymd(*context_.published) : Ymd{};
  return context_.focus;
}

int Resolver::full_year(const Reading& r) const {
  if (!r.short_year) return r.year;
  const Ymd from = base(Base::anchor);
  if (from.year <= 0) return r.year + (r.year < 40 ? 2000 : 1900);
  const int candidate = from.year - from.year % 100 + r.year;
  if (context_.narrative) return candidate;
  return candidate > from.year + 10 ? candidate - 100 : candidate;
}

int Resolver::choose_year(const std::function<std::optional<Day>(int)>& begin, const Reading& r, Tense tense, int month) const {
  const Direction direction = r.direction;
  const Ymd from = base(direction == Direction::previous || direction == Direction::following ? Base::focus : Base::anchor);
  if (from.year <= 0) return from.year;
  if (context_.narrative && (direction == Direction::none || direction == Direction::this_one || direction == Direction::that || direction == Direction::same)) {
    // A history goes forward: January after a December is the next year's.
    return from.month >= 11 && month > 0 && month <= 2 ? from.year + 1 : from.year;
  }
  const auto here = day_in({from.year, from.month == 0 ? 7 : from.month, from.day == 0 ? 1 : from.day});
  if (!here) return from.year;
  const auto starts = [&](int year) { return begin(year).value_or(Day{here->number + 400 * (year - from.year)}); };
  if (!begin(from.year)) {
    // The 29th of February: the nearest year that has it; the 30th: none.
    for (int distance = 1; distance <= 8; ++distance) {
      if (tense != Tense::future && begin(from.year - distance)) return from.year - distance;
      if (begin(from.year + distance)) return from.year + distance;
    }
    return 0;
  }
  switch (direction) {
    case Direction::last:
    case Direction::past:
    case Direction::previous:
    case Direction::latest: {
      const Day same = starts(from.year);
      const bool over = same < *here && !(month > 0 && month == from.month);
      return over ? from.year : from.year - 1;
    }
    case Direction::next:
    case Direction::coming:
    case Direction::following: {
      const bool ahead = starts(from.year) > *here && !(month > 0 && month == from.month);
      return ahead ? from.year : from.year + 1;
    }
    case Direction::this_one:
    case Direction::current:
    case Direction::that:
    case Direction::same: return from.year;
    case Direction::none: break;
  }
  const bool current = month > 0 && month == from.month;
  if (tense == Tense::past) return starts(from.year) <= *here || current ? from.year : from.year - 1;
  if (tense == Tense::future) return starts(from.year) >= *here || current ? from.year : from.year + 1;
  // Without a tense to tell: what is soon, else what was last.
  const int soon = r.quarter != 0 || r.half != 0 ? 0 : tense == Tense::present ? 183 : 100;  // days
  for (const int year : {from.year, from.year + 1}) {
    const int ahead = starts(year).number - here->number;
    if (ahead >= 0 && ahead <= soon) return year;
  }
  return starts(from.year) <= *here || current ? from.year : from.year - 1;
}

Resolver::Resolved Resolver::of_day(const Reading& r, Day day) const {
  if (r.weekend) {
    // A holiday on a Monday or Tuesday ends its weekend.
    const auto saturday = relata::weekday(day) <= 1 ? add_days(day, -7) : std::optional(day);
    return {week_value(iso_week(saturday.value_or(day))) + "-WE", ymd(day)};
  }
  if (r.week != 0) return {week_value(iso_week(day)), ymd(day)};
  return {value_of(ymd(day)), ymd(day)};
}

Resolver::Resolved Resolver::of_year(const Reading& r, int year) const {
  if (r.holiday >= 0) {
    const auto day = day_of(lexicon_.holidays[static_cast<std::size_t>(r.holiday)], year);
    if (day) return of_day(r, *day);
    return {value_of({year, 0, 0}), {year, 0, 0}};
  }
  if (r.month != 0) {
    if (r.week != 0 || r.weekend) {
      if (const auto day = day_in({year, r.month, r.day})) return of_day(r, *day);
    }
    return {value_of({year, r.month, r.day}), {year, r.month, r.day}};
  }
  const std::string y = year == 0 ? "XXXX" : year_value(year);
  if (r.quarter != 0) return {y + "-Q" + std::to_string(r.quarter), {year, r.quarter * 3 - 2, 0}};
  if (r.half != 0) return {y + "-H" + std::to_string(r.half), {year, season_of_half(r.half), 0}};
  if (r.season != 0) return {y + "-" + season_code(r.season), {year, month_of_season(r.season), 0}};
  if (r.week > 0) return {y + "-W" + two_digits(r.week), {year, 0, 0}};
  return {y, {year, 0, 0}};
}

Resolver::Resolved Resolver::weekday(const Reading& r, Tense tense) const {
  const bool spoken_of = r.direction == Direction::previous || r.direction == Direction::following;
  // A day of the week is one near the publication even in a history ("he died on Friday").
  const bool now = context_.narrative && context_.published && !spoken_of;
  const auto here = now ? context_.published : day_in(base(spoken_of ? Base::focus : Base::anchor));
  if (!here) return {"XXXX-WXX-" + std::to_string(r.weekday), {}};
  const int target = r.weekday - 1, today = relata::weekday(*here);
  long long days = 0;
  switch (r.direction) {
    case Direction::last:
    case Direction::previous: days = target - today - 7; break;
    case Direction::next: days = target - today + 7; break;
    case Direction::past: days = -((today - target + 6) % 7 + 1); break;
    case Direction::coming:
    case Direction::following: days = (target - today + 6) % 7 + 1; break;
    case Direction::this_one:
    case Direction::current: days = target - today; break;
    default:
      days = tense == Tense::future || (context_.narrative && !now) ? (target - today + 7) % 7 : -((today - target + 7) % 7);
      break;
  }
  const auto day = add_days(*here, days);
  return day ? of_day(r, *day) : Resolved{"XXXX-WXX-" + std::to_string(r.weekday), {}};
}

// "the 21st", "Friday the 13th": of the month that fits.
Resolver::Resolved Resolver::lone_day(const Reading& r, Tense tense) const {
  const Ymd from = base(context_.focus_moved ? Base::focus : Base::anchor);
  const std::string unknown = "XXXX-XX-" + two_digits(r.day);
  if (from.year <= 0 || from.month == 0) return {unknown, {}};
  const auto fits = [&](int months) -> std::optional<Day> {
    const auto first = make_day(from.year, from.month, 1);
    const auto month = first ? add_months(*first, months) : std::nullopt;
    if (!month) return std::nullopt;
    const YearMonthDay date = civil(*month);
    const auto day = make_day(date.year, date.month, r.day);
    return day && (r.weekday == 0 || relata::weekday(*day) == r.weekday - 1) ? day : std::nullopt;
  };
  const auto here = day_in(from);
  constexpr int kMonths = 14;
  for (int distance = 0; distance <= kMonths; ++distance) {
    for (const int months : {-distance, distance}) {
      const auto day = fits(months);
      if (!day) continue;
      if (here && !context_.narrative && tense == Tense::past && *day > *here) continue;
      if (here && !context_.narrative && tense == Tense::future && *day < *here) continue;
      return of_day(r, *day);
    }
  }
  return {unknown, {}};
}

Resolver::Resolved Resolver::vague_year(const Reading& r) const {
  if (r.century >= 0) {
    return {r.bc ? "BC" + two_digits(r.century) : two_digits(r.century), {}};
  }
  if (r.bc) return {decade_value(-r.decade), {}};
  if (r.decade >= 100) return {decade_value(r.decade), {r.decade, 0, 0}};
  const Ymd from = base(Base::anchor);
  int century = from.year > 0 ? from.year / 100 : 19;
  if (from.year > 0 && century * 100 + r.decade > from.year + 5) --century;
  return {decade_value(century * 100 + r.decade), {century * 100 + r.decade, 0, 0}};
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

Resolver::Resolved Resolver::named(Reading r, Tense tense) {
  if (r.decade >= 0 || r.century >= 0) return vague_year(r);
  if (r.year != 0) return of_year(r, full_year(r));
  if (r.day != 0 && r.month == 0) return lone_day(r, tense);
  if (r.weekday != 0 && r.month == 0) return weekday(r, tense);
  if (r.weekend && r.holiday < 0 && r.month == 0) {
    Reading saturday = r;
    saturday.weekday = 6;
    return weekday(saturday, tense);
  }
  std::function<std::optional<Day>(int)> begin;
  int month = 0;
  if (r.holiday >= 0) {
    begin = [&](int year) { return day_of(lexicon_.holidays[static_cast<std::size_t>(r.holiday)], year); };
  } else if (r.week > 0) {
    begin = [&](int year) { return monday_of({year, r.week}); };
  } else {
    const int first = r.month != 0 ? r.month : r.quarter != 0 ? r.quarter * 3 - 2 : r.half != 0 ? season_of_half(r.half) : r.season != 0 ? month_of_season(r.season) : 1;
    const int day = r.day != 0 ? r.day : 1;
    begin = [first, day](int year) { return make_day(year, first, day); };
    month = r.day == 0 ? first : context_.narrative ? first : 0;
    if (r.season == 4 && context_.narrative) {
      // The winter that comes when a history stands after June is named by its January.
      const Ymd from = base(Base::anchor);
      return of_year(r, from.month >= 7 ? from.year + 1 : from.year);
    }
  }
  return of_year(r, choose_year(begin, r, tense, month));
}

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

Resolver::Resolved Resolver::calendar(const Reading& r, Tense tense) {
  if (r.kind == Kind::offset) {
    const Resolved there = offset(r, tense);
    const auto day = r.weekday != 0 ? day_in(there.date) : std::nullopt;
    const auto meant = day ? add_days(*day, r.weekday - 1 - relata::weekday(*day)) : std::nullopt;
    return meant ? Resolved{value_of(ymd(*meant)), ymd(*meant)} : there;
  }
  if (r.nth != 0) return nth(r, tense);
  if (r.shifted) return shifted(r, tense);
  return named(r, tense);
}

std::string Resolver::with_clock(const Reading& r, const Resolved& date, Tense tense) const {
  const std::string time = clock_value(r);
  if (r.has_calendar()) return date.value.starts_with('T') ? time : date.value + time;
  const auto focus = day_in(context_.focus);
  if (context_.focus_moved && focus && (context_.narrative || tense == Tense::past)) return value_of(context_.focus) + time;
  if (context_.narrative) return "XXXX-XX-XX" + time;
  if (context_.published && tense == Tense::past) return value_of(ymd(*context_.published)) + time;
  return time;
}

std::string Resolver::value(const Reading& r, Tense tense, bool leading) {
  switch (r.kind) {
    case Kind::duration:
    case Kind::set:
    case Kind::reference: return r.value;
    case Kind::offset:
    case Kind::calendar: break;
  }
  if (!r.has_calendar() && r.kind == Kind::calendar) return with_clock(r, {}, tense);
  const Resolved found = calendar(r, tense);
  // A year in passing ("the treaty of 1839") does not move a history on; one that opens a sentence does.
  const bool season = r.season != 0 && r.year == 0;
  const bool now = r.weekday != 0 || (r.shifted && r.unit == Unit::day && r.precise);
  const bool passing = context_.narrative && context_.focus.year != 0 && (season || now || (found.date.month == 0 && !leading && !r.shifted));
  if (found.date.year != 0 && !passing) {
    context_.focus = found.date;
    context_.focus_moved = true;
  }
  return r.has_clock() ? with_clock(r, found, tense) : found.value;
}

}  // namespace relata::times
