#include "extract/times/resolve.h"

#include <algorithm>

#include "extract/times/values.h"

namespace relata::times {
namespace {

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
