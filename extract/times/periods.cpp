#include <optional>

#include "extract/times/grammar.h"

namespace relata::times {
namespace {

std::optional<Unit> unit_of(const Entry* entry) {
  return entry == nullptr ? std::nullopt : std::optional(static_cast<Unit>(entry->value));
}

}  // namespace

std::size_t Grammar::season(std::size_t i, Reading& r) const {
  const std::size_t j = skip_the(i);
  const Entry* entry = as(j, Sort::season);
  if (entry == nullptr) return kNone;
  r.season = entry->value;
  std::size_t k = j + 1;
  if (is(k, "season") || is(k, "months")) return kNone;
  if (mark(k, ',')) return stands_alone(j, *entry) ? k : kNone;
  // "the fall of the city"
  if (entry->weak && is(k, "of") && !(joined(k + 1) && (items_[k + 1].digits == 4 || as(k + 1, Sort::direction) != nullptr || as(k + 2, Sort::era) != nullptr))) return kNone;
  const std::size_t end = year_after(k, r);
  if (end != kNone) return end;
  return stands_alone(j, *entry) ? k : kNone;
}

// "the third quarter of 1990", "Q3 2019", "fiscal first quarter", "this year's third quarter", "the second half of 2008".
std::size_t Grammar::quarter(std::size_t i, Reading& r) const {
  std::size_t j = skip_the(i);
  if (is(j, "its") || is(j, "their")) ++j;
  if (joined(j) && items_[j].digits == 4 && items_[j].number >= 1900 && items_[j].number <= 2100) {
    r.year = items_[j].number;
    ++j;
  }
  if (is(j, "fiscal")) { ++j; if (mark(j, '-')) ++j; }
  if (is(j, "full")) ++j;
  if ((is(j, "q") || is(j, "h")) && joined(j + 1) && items_[j + 1].glued && number_in(j + 1, 1, is(j, "q") ? 4 : 2) && items_[j + 1].digits == 1) {
    (is(j, "q") ? r.quarter : r.half) = items_[j + 1].number;
    const std::size_t end = r.year == 0 ? year_after(j + 2, r) : kNone;
    return end == kNone ? j + 2 : end;
  }
  const bool final_one = is(j, "last") || is(j, "latter") || is(j, "final");
  if ((final_one || is(j, "first")) && number_in(j + 1, 2, 2) && is(j + 2, "quarters")) {
    // "the first two quarters of 2008"
    const std::size_t k = is(j + 3, "of") ? skip_the(j + 4) : j + 3;
    Reading of;
    const std::size_t end = year_after(k, of);
    if (end == kNone) return kNone;
    r = of;
    r.half = final_one ? 2 : 1;
    return end;
  }
  if (!ordinal_in(j, 1, 4) && !final_one) return kNone;
  int number = 0;
  if (!final_one) number = items_[j].ordinal > 0 ? items_[j].ordinal : items_[j].as(Sort::ordinal)->value;
  ++j;
  if (mark(j, '-')) ++j;
  if (is(j, "fiscal")) ++j;
  if (is(j, "quarter")) {
    if (number == 0 && !is(j + 1, "of")) return kNone;
    r.quarter = number == 0 ? 4 : number;
  } else if (is(j, "half") && is(j + 1, "of") && number <= 2) {
    r.half = number == 0 ? 2 : number;
  } else {
    return kNone;
  }
  ++j;
  if (r.year != 0) return j;
  std::size_t k = is(j, "of") ? j + 1 : j;
  k = skip_the(k);
  if (is(k, "fiscal") || is(k, "financial")) ++k;
  Reading tail;
  std::size_t end = year_after(k, tail);
  if (end == kNone && is(k, "year") && is(j, "of")) { end = k + 1; shift_by(Direction::same, Unit::year, tail); }
  if (end == kNone && is(j, "of")) {
    end = decade(k, tail);
    if (end != kNone) { tail.mod = r.half == 2 ? "END" : "START"; r = tail; return end; }
    end = century(k, tail);
    if (end != kNone) { tail.mod = r.half == 2 ? "END" : "START"; r = tail; return end; }
    end = month_first(k, tail);
    if (end != kNone && r.half != 0) { tail.mod = r.half == 2 ? "END" : "START"; r = tail; return end; }
    return r.half != 0 ? kNone : j;
  }
  if (end == kNone) return j;
  r.year = tail.year;
  r.short_year = tail.short_year;
  if (tail.shifted) { r.shifted = true; r.unit = tail.unit; r.shift = tail.shift; r.base = tail.base; }
  return end;
}

std::size_t Grammar::decade(std::size_t i, Reading& r) const {
  std::size_t j = skip_the(i);
  std::string mod;
  if (j > i && (is(j, "early") || is(j, "late") || is(j, "mid"))) {
    mod = is(j, "early") ? "START" : is(j, "late") ? "END" : "MID";
    ++j;
    if (mark(j, '-')) ++j;
  }
  if (mark(j, '\'') && joined(j + 1) && items_[j + 1].glued && items_[j + 1].decade >= 0) ++j;
  if (!joined(j)) return kNone;
  if (items_[j].decade >= 0) {
    if (j > 0 && items_[j].glued && items_[j - 1].mark != '\'' && items_[j - 1].mark != '-' && items_[j - 1].mark != '(') return kNone;  // "A330s"
    r.decade = items_[j].decade;
    if (const Entry* era = as(j + 1, Sort::era); era != nullptr && era->text == "bc") { r.bc = true; r.mod = mod; return j + 2; }
    if (items_[j].decade < 1000 && (j == i || items_[j].decade >= 100)) return kNone;
    r.mod = mod;
    return j + 1;
  }
  if (const Entry* named = as(j, Sort::decade); named != nullptr && j > i) {
    r.decade = named->value;
    r.mod = mod;
    return j + 1;
  }
  // "nineteen eighties"
  return kNone;
}

std::size_t Grammar::century(std::size_t i, Reading& r) const {
  std::size_t j = skip_the(i);
  if (!ordinal_in(j, 1, 30)) return kNone;
  const int number = items_[j].ordinal > 0 ? items_[j].ordinal : items_[j].as(Sort::ordinal)->value;
  ++j;
  if (mark(j, '-')) ++j;
  if (!is(j, "century")) return kNone;
  r.century = number - 1;
  if (const Entry* era = as(j + 1, Sort::era)) {
    r.bc = era->text == "bc";
    return j + 2;
  }
  return j + 1;
}

// "week 23 of 2018", "the week of May 3", "the weekend".
std::size_t Grammar::week(std::size_t i, Reading& r) const {
  const std::size_t j = skip_the(i);
  if (j == i && is(j, "week") && number_in(j + 1, 1, 53) && items_[j + 1].digits != 0 && items_[j + 1].digits <= 2) {
    r.week = items_[j + 1].number;
    const std::size_t end = year_after(j + 2, r);
    return end == kNone ? j + 2 : end;
  }
  if (is(j, "week") && (is(j + 1, "of") || is(j + 1, "beginning") || is(j + 1, "ending"))) {
    Reading day;
    const std::size_t end = plain_calendar(is(j + 2, "on") ? j + 3 : j + 2, day);
    if (end != kNone && (day.day != 0 || day.holiday >= 0) && !day.shifted) {
      r = day;
      r.week = -1;  // of that day
      return end;
    }
  }
  if (is(j, "weekend")) {
    if (is(j + 1, "of")) {
      Reading day;
      const std::size_t end = plain_calendar(j + 2, day);
      if (end != kNone && (day.day != 0 || day.holiday >= 0)) {
        r = day;
        r.weekend = true;
        return end;
      }
    }
    if (j == i) return kNone;
    r.weekend = true;
    return j + 1;
  }
  return kNone;
}

// "the first week of 2016", "the last Monday of May", "the third month of next year", "the last day of March".
std::size_t Grammar::nth(std::size_t i, Reading& r) const {
  std::size_t j = skip_the(i);
  int number = 0;
  if (is(j, "last") || is(j, "final")) number = -1;
  else if (ordinal_in(j, 1, 53)) number = items_[j].ordinal > 0 ? items_[j].ordinal : items_[j].as(Sort::ordinal)->value;
  if (number == 0) return kNone;
  ++j;
  const Entry* weekday = as(j, Sort::weekday);
  const auto unit = unit_of(as(j, Sort::unit));
  if (weekday == nullptr && (!unit || is_clock_unit(*unit) || *unit >= Unit::quarter)) return kNone;
  if (!is(j + 1, "of") && !is(j + 1, "in")) return kNone;
  Reading whole;
  std::size_t k = j + 2;
  std::size_t end = plain_calendar(k, whole);
  if (end == kNone) end = bare_period(k, whole);
  if (end == kNone || whole.nth != 0) return kNone;
  if (whole.day != 0 || whole.weekday != 0 || whole.holiday >= 0) return kNone;
  r = whole;
  r.nth = number;
  r.nth_unit = weekday != nullptr ? Unit::weekday : *unit;
  if (weekday != nullptr) r.weekday = weekday->value;
  return end;
}

// Parts named after the period they lie in: "this week Monday", "last year's third quarter".
std::size_t Grammar::within(std::size_t i, Reading& r) const {
  const std::size_t j = skip_possessive(i);
  Reading inner;
  if (r.unit == Unit::year) {
    if (j == i) return kNone;
    std::size_t end = quarter(j, inner);
    if (end == kNone) end = month_first(j, inner);
    if (end == kNone && as(j, Sort::season) != nullptr) { inner.season = as(j, Sort::season)->value; end = j + 1; }
    if (end == kNone && as(j, Sort::holiday) != nullptr) { inner.holiday = as(j, Sort::holiday)->value; end = j + 1; }
    if (end == kNone || inner.year != 0 || inner.shifted) return kNone;
    r.quarter = inner.quarter; r.half = inner.half; r.month = inner.month; r.day = inner.day; r.season = inner.season; r.holiday = inner.holiday;
    return end;
  }
  if (r.unit == Unit::week) {
    const std::size_t k = is(j, "on") || mark(j, '-') ? j + 1 : skip_comma(j);
    if (const Entry* weekday = as(k, Sort::weekday); weekday != nullptr && (!weekday->weak || items_[k].capital)) { r.weekday = weekday->value; return k + 1; }
  }
  return kNone;
}

// A direction word and what it points at.
std::size_t Grammar::directed(std::size_t i, Reading& r) const {
  std::size_t j = skip_the(i);
  const Entry* entry = as(j, Sort::direction);
  if (entry == nullptr) return kNone;
  Direction direction = direction_of(entry->text);
  ++j;
  if (is(j, "fiscal") || is(j, "calendar") || is(j, "full")) ++j;
  if (direction == Direction::latest && is(j, "period")) {
    // Results are told by the quarter.
    shift_by(direction, Unit::quarter, r);
    return j + 1;
  }
  if (const auto unit = unit_of(as(j, Sort::unit))) {
    if (is_clock_unit(*unit) || *unit == Unit::weekday) return kNone;
    // "the past year" and "the last decade" are lengths that end now; lengths.cpp reads them.
    if (direction == Direction::past && j > i + 1 && *unit != Unit::weekend && is(i, "the")) return kNone;
    shift_by(direction, *unit, r);
    if (*unit == Unit::night) { r.unit = Unit::day; r.part = "NI"; }
    if (*unit == Unit::weekend) { r.unit = Unit::week; r.weekend = true; }
    r.direction = direction;
    if (*unit == Unit::quarter && direction == Direction::same) return kNone;
    const std::size_t end = within(j + 1, r);
    if (end != kNone) return end;
    if (is(j + 1, "of") && direction != Direction::same && direction != Direction::that) {
      // "the last day of the trial": no period of the calendar. "next week of": likewise.
      return kNone;
    }
    if (is(j + 1, "or") && is(j + 2, "so")) {
      r.mod = "APPROX";
      return j + 3;
    }
    return j + 1;
  }
  if (direction == Direction::that && j == i + 1 && tag(i) != Tag::DT && as(j, Sort::part) == nullptr) return kNone;
  Reading inner;
  std::size_t end = kNone;
  if (as(j, Sort::weekday) != nullptr) {
    end = weekday_first(j, inner);
    if (end == kNone) { inner = Reading{}; inner.weekday = as(j, Sort::weekday)->value; end = skip_dot(j + 1); }
  } else if (as(j, Sort::month) != nullptr) {
    end = month_first(j, inner);
    if (end == kNone && items_[j].capital) { inner = Reading{}; inner.month = as(j, Sort::month)->value; end = j + 1; }
  } else if (as(j, Sort::season) != nullptr) {
    inner.season = as(j, Sort::season)->value;
    end = j + 1;
  } else if (as(j, Sort::holiday) != nullptr) {
    inner.direction = direction;
    end = is(i, "the") ? kNone : holiday(j, inner);
  } else if (as(j, Sort::part) != nullptr && (direction == Direction::this_one || direction == Direction::that || direction == Direction::same ||
             direction == Direction::next || direction == Direction::following || direction == Direction::previous)) {
    shift_by(direction, Unit::day, inner);
    inner.part = as(j, Sort::part)->text;
    end = is(j + 1, "of") ? kNone : j + 1;
  } else if (const Entry* clock = as(j, Sort::clock); clock != nullptr && direction == Direction::this_one) {
    return kNone;
  } else {
    end = numeric(j, inner);
    if (end == kNone) end = day_first(j, inner);
    if (end == kNone) end = lone_day(j, inner);
    if (end != kNone && inner.day == 0) end = kNone;
  }
  if (end == kNone) return kNone;
  inner.direction = direction;
  r = inner;
  return end;
}

// "the year": the period spoken of, where its surroundings make it a time rather than a word.
std::size_t Grammar::bare_period(std::size_t i, Reading& r) const {
  if (!is(i, "the") || !joined(i + 1)) return kNone;
  if ((is(i + 1, "full") || is(i + 1, "entire")) && is(i + 2, "year") && !is(i + 3, "of")) {
    shift_by(Direction::same, Unit::year, r);
    return i + 3;
  }
  if (joined(i + 2) && items_[i + 2].number >= 0) return kNone;  // "the [week 31]"
  const auto unit = unit_of(as(i + 1, Sort::unit));
  if (!unit || is_clock_unit(*unit) || *unit == Unit::weekday || *unit == Unit::weekend || *unit == Unit::night) return kNone;
  const bool after = is(i + 2, "of") || is(i + 2, "that") || is(i + 2, "when") || is(i + 2, "after") || is(i + 2, "before") || mark(i + 2, '-') ||
                     is(i + 2, "ago") || is(i + 2, "earlier");
  if (is(i + 2, "before") || is(i + 2, "after")) {
    // "the day after": without what follows it, the day after the one spoken of.
    const bool ends = !joined(i + 3) || mark(i + 3, '.') || mark(i + 3, '?') || mark(i + 3, ',') || mark(i + 3, '!') || mark(i + 3, ';');
    if (ends && !as(i + 3, Sort::direction)) {
      shift_by(is(i + 2, "after") ? Direction::following : Direction::previous, *unit, r);
      return i + 3;
    }
    return kNone;
  }
  if (after || (joined(i + 2) && (token(i + 2).pos == Pos::NOUN || token(i + 2).pos == Pos::PROPN) && token(i + 1).dep == Dep::compound)) return kNone;
  const bool placed = i > start_;
  if (!placed && !bare() && !previous_is(i, {"of", "for", "in", "during", "throughout", "over"})) return kNone;
  shift_by(Direction::same, *unit, r);
  if (*unit == Unit::quarter) r.precise = true;  // without a quarter in focus: the last one that is over, as results are told
  if (is(i + 2, "to") && is(i + 3, "date") && *unit == Unit::year) return i + 4;
  return i + 2;
}

// "year-end", "month's end", "year to date".
std::size_t Grammar::period_end(std::size_t i, Reading& r) const {
  const auto unit = unit_of(as(i, Sort::unit));
  if (!unit || (*unit != Unit::year && *unit != Unit::month && *unit != Unit::week && *unit != Unit::quarter)) return kNone;
  if (is(i + 1, "to") && is(i + 2, "date") && *unit == Unit::year) {
    shift_by(Direction::this_one, *unit, r);
    return i + 3;
  }
  std::size_t j = skip_possessive(i + 1);
  if (mark(j, '-')) ++j;
  if (j == i + 1 && *unit != Unit::year) return kNone;
  if (!is(j, "end")) return kNone;
  shift_by(Direction::same, *unit, r);
  r.mod = "END";
  const std::size_t end = *unit == Unit::year ? year_after(j + 1, r) : kNone;
  if (end != kNone) { r.shifted = false; return end; }
  return j + 1;
}

// "the year-ago quarter", "the year-earlier period", "year-ago".
std::size_t Grammar::year_ago(std::size_t i, Reading& r) const {
  const std::size_t j = skip_the(i);
  if (!is(j, "year") || !mark(j + 1, '-') || !(is(j + 2, "ago") || is(j + 2, "earlier"))) return kNone;
  std::size_t k = j + 3;
  Reading inner;
  const std::size_t end = quarter(k, inner);
  if (end != kNone && inner.year == 0 && !inner.shifted) {
    r = inner;
    r.shifted = true;
    r.unit = Unit::year;
    r.shift = -1;
    r.base = Base::anchor;
    return end;
  }
  if (is(k, "quarter")) {
    shift_by(Direction::this_one, Unit::quarter, r);
    r.shift = -5;  // the last completed quarter, a year earlier
    return k + 1;
  }
  if (is(k, "year") || as(k, Sort::month) != nullptr || is(k, "month")) {
    shift_by(Direction::last, Unit::year, r);
    return is(k, "month") ? k + 1 : k;
  }
  // Results are told by the quarter: the same one a year before.
  shift_by(Direction::this_one, Unit::quarter, r);
  r.shift = -5;
  return is(k, "period") ? k + 1 : k;
}

}  // namespace relata::times
