#include <charconv>

#include "extract/times/grammar.h"

namespace relata::times {

// "a.m.", "o'clock", "hours", a zone: what can follow the figures of a clock.
std::size_t Grammar::clock_tail(std::size_t i, Reading& r) const {
  std::size_t j = i;
  if (is(j, "o") && mark(j + 1, '\'') && is(j + 2, "clock")) j += 3;
  else if (is(j, "o") && is(j + 1, "clock")) j += 2;
  else if (is(j, "oclock")) ++j;
  std::size_t k = glued_mark(j, '.') && as(j + 1, Sort::meridiem) != nullptr ? j + 1 : j;
  const Entry* meridiem = as(k, Sort::meridiem);
  const bool letter = meridiem == nullptr && (is(k, "p") || is(k, "a")) && items_[k].glued;
  if (meridiem != nullptr || letter) {
    if (meridiem != nullptr && items_[k].lower == "am" && !items_[k].glued && tag(k) == Tag::VBP) return j == i ? kNone : j;
    const bool afternoon = meridiem != nullptr ? meridiem->text == "pm" : is(k, "p");
    if (r.hour > 12 || r.hour < 0) {
      if (!(r.hour > 12 && afternoon)) return j == i ? kNone : j;
    } else {
      r.hour = r.hour % 12 + (afternoon ? 12 : 0);
    }
    r.hour_open = false;
    const bool dotted = meridiem != nullptr && items_[k].last - items_[k].first > 1;
    j = k + 1;
    if (dotted && mark(j, '.')) ++j;
  }
  const Entry* zone = as(j, Sort::zone);
  if (zone != nullptr && (items_[j].capital || items_[j].last - items_[j].first > 1)) {
    r.zone = zone->text;
    ++j;
  } else if (mark(j, '(') && as(j + 1, Sort::zone) != nullptr && mark(j + 2, ')')) {
    r.zone = as(j + 1, Sort::zone)->text;
    j += 3;
  } else if (is(j, "hrs") || (is(j, "hours") && r.minute >= 0)) {
    r.hour_open = false;
    ++j;
  }
  return j == i ? kNone : j;
}

// 17:30, 5:30 p.m., 5 p.m., 8.30pm, 1800 GMT, 6 o'clock.
std::size_t Grammar::clock_time(std::size_t i, Reading& r) const {
  if (const Entry* named = inside(i) ? items_[i].as(Sort::clock) : nullptr) {
    const std::string_view text = named->text;
    std::from_chars(text.data(), text.data() + 2, r.hour);
    std::from_chars(text.data() + 3, text.data() + 5, r.minute);
    r.type = TimeExpression::Type::time;
    const std::size_t end = clock_tail(i + 1, r);
    return end == kNone ? i + 1 : end;
  }
  if (!joined(i) || items_[i].number < 0) return kNone;
  if (i > 0 && items_[i].glued && (items_[i - 1].number >= 0 || items_[i - 1].mark == '.' || items_[i - 1].mark == ':' || items_[i - 1].mark == '$')) return kNone;
  if (i > 0 && items_[i].glued && items_[i - 1].mark != '-' && items_[i - 1].mark != '(' && items_[i - 1].mark != '/' && items_[i - 1].mark != '"' &&
      items_[i - 1].mark != '@' && items_[i - 1].mark != '[' && items_[i - 1].lower != "t")
    return kNone;
  const int number = items_[i].number;
  if (number == 12 && as(i + 1, Sort::clock) != nullptr) return clock_time(i + 1, r);  // "12 noon"
  const int digits = items_[i].digits;
  r.type = TimeExpression::Type::time;
  std::size_t j = i + 1;
  bool figures = false;
  if (number <= 24 && digits <= 2 && (glued_mark(j, ':') || glued_mark(j, '.')) && joined(j + 1) && items_[j + 1].glued && items_[j + 1].digits == 2 &&
      number_in(j + 1, 0, 59)) {
    const bool colon = mark(j, ':');
    r.hour = number;
    r.minute = items_[j + 1].number;
    j += 2;
    if (glued_mark(j, ':') && joined(j + 1) && items_[j + 1].digits == 2 && number_in(j + 1, 0, 59)) {
      r.second = items_[j + 1].number;
      j += 2;
    }
    if (glued_mark(j, ':') || (glued_mark(j, '.') && joined(j + 1) && items_[j + 1].glued && items_[j + 1].number >= 0)) return kNone;
    r.hour_open = number >= 1 && number <= 12 && !(digits == 2 && number < 10);
    figures = colon || previous_is(i, {"at", "by", "until", "from", "around"});
    if (!colon && (mark(j, '%') || is(j, "percent") || is(j, "per") || as(j, Sort::unit) != nullptr || as(j, Sort::units) != nullptr || as(j, Sort::scale) != nullptr || (noun_follows(j) && !previous_is(i, {"at"})))) figures = false;
  } else if ((digits == 4 || digits == 3) && !items_[i].written && number / 100 <= 24 && number % 100 < 60) {
    r.hour = number / 100;
    r.minute = number % 100;
    r.hour_open = false;
    const bool hours = (is(j, "hours") || is(j, "hrs")) && digits == 4;
    const Entry* zone = as(j, Sort::zone);
    if (!hours && zone == nullptr && as(j, Sort::meridiem) == nullptr && !(is(j, "h") && items_[j].glued)) return kNone;
    if (hours && (number % 100 != 0 || number >= 1000) && !previous_is(i, {"at", "by", "until", "from", "about", "around", "to", "-"}) && items_[i].lower[0] != '0') return kNone;
    figures = hours;
  } else if (number <= 24 && number >= 0 && (digits <= 2) && (items_[i].written ? number <= 12 : true)) {
    r.hour = number;
    r.hour_open = number >= 1 && number <= 12;
    // "five-thirty"
    if (items_[i].written && mark(j, '-') && joined(j + 1) && items_[j + 1].written && number_in(j + 1, 10, 59)) {
      r.minute = items_[j + 1].number;
      j += 2;
      figures = true;
    }
    if (is(j, "ish") && joined(j) && items_[j].glued) { ++j; figures = true; r.mod = "APPROX"; }
  } else {
    return kNone;
  }
  if (r.minute < 0) {
    const bool tail_word = as(j, Sort::meridiem) != nullptr || is(j, "o") || is(j, "oclock") || ((is(j, "p") || is(j, "a")) && joined(j) && items_[j].glued) ||
                           (glued_mark(j, '.') && as(j + 1, Sort::meridiem) != nullptr);
    if (!tail_word && !figures) return kNone;
    if (is(j, "o") && !(mark(j + 1, '\'') || is(j + 1, "clock"))) return kNone;
  }
  const std::size_t end = clock_tail(j, r);
  if (end == kNone) return figures ? j : kNone;
  return end;
}

// "half past seven", "ten past 9", "a quarter to six", "seven thirty in the morning".
std::size_t Grammar::spoken_clock(std::size_t i, Reading& r) const {
  std::size_t j = i;
  int minutes = -1;
  if (is(j, "a") && is(j + 1, "quarter")) j += 1;
  if (is(j, "half")) { minutes = 30; ++j; }
  else if (is(j, "quarter")) { minutes = 15; ++j; }
  else if (number_in(j, 1, 59) && items_[j].digits <= 2) { minutes = items_[j].number; ++j; if (is(j, "minutes") || is(j, "min")) ++j; }
  if (minutes < 0) return kNone;
  const bool past = is(j, "past") || is(j, "after");
  const bool to = is(j, "to") || is(j, "before") || is(j, "of") || is(j, "til") || is(j, "till");
  if (!past && !to) return kNone;
  if (to && minutes == 30) return kNone;
  ++j;
  if (as(j, Sort::clock) != nullptr) {
    r.hour = is(j, "midnight") ? 0 : 12;
    r.hour_open = false;
    ++j;
  } else if (number_in(j, 1, 12) && items_[j].digits <= 2) {
    r.hour = items_[j].number;
    r.hour_open = true;
    ++j;
    const std::size_t end = clock_tail(j, r);
    // "ten to twelve" and "10 after 5" are rarely times without a word of the clock.
    if (end != kNone) j = end;
    else if (is(j - 2, "of") || is(j - 2, "after") || is(j - 2, "before") || (is(j - 2, "to") && minutes % 5 != 0)) return kNone;
    else if (is(j - 2, "to") && !previous_is(i, {"at", "by", "until", "around", "about", "it", "s"}) && !is(i, "quarter") && !is(i, "a")) return kNone;
  } else {
    return kNone;
  }
  r.type = TimeExpression::Type::time;
  r.minute = minutes;
  if (to) {
    r.minute = 60 - minutes;
    r.hour = r.hour == 1 && r.hour_open ? 12 : (r.hour + 23) % 24;
  }
  return j;
}

std::size_t Grammar::clock(std::size_t i, Reading& r) const {
  const std::size_t spoken = spoken_clock(i, r);
  if (spoken != kNone) return spoken;
  r = Reading{};
  return clock_time(i, r);
}

// "in the morning", "the early morning hours", "mid-afternoon", "night".
std::size_t Grammar::part(std::size_t i, Reading& r) const {
  std::size_t j = i;
  std::string mod;
  if (is(j, "in") && j > start_) ++j;
  const std::size_t the = skip_the(j);
  j = the;
  if (const Entry* place = as(j, Sort::place); place != nullptr && (is(j, "early") || is(j, "late") || is(j, "mid"))) {
    mod = place->text;
    ++j;
    if (mark(j, '-')) ++j;
    if (is(j, "in") && is(j + 1, "the")) j += 2;
  }
  if (const Entry* half = as(j, Sort::meridiem); half != nullptr && j == i && j > start_ && mod.empty()) {
    // "tomorrow a.m."
    r.part = half->text == "am" ? "MO" : "AF";
    r.type = TimeExpression::Type::time;
    return j + 1;
  }
  const Entry* entry = as(j, Sort::part);
  if (entry == nullptr) return kNone;
  r.part = entry->text;
  r.mod = mod;
  r.type = TimeExpression::Type::time;
  if (is(j + 1, "hours")) ++j;
  return j + 1;
}

namespace {

void take_clock(const Reading& clock, Reading& date) {
  date.type = TimeExpression::Type::time;
  if (clock.hour >= 0) {
    date.hour = clock.hour;
    date.minute = clock.minute;
    date.second = clock.second;
    date.hour_open = clock.hour_open;
    date.zone = clock.zone;
  }
  if (!clock.part.empty()) date.part = clock.part;
  if (date.mod.empty()) date.mod = clock.mod;
}

// "7:13 in the evening", "tonight at 8": the part of the day tells which half the hour is of.
void settle_hour(Reading& r) {
  if (r.hour < 0 || r.part.empty()) return;
  if (r.hour_open) {
    const bool late = r.part == "EV" || r.part == "AF" || (r.part == "NI" && r.hour >= 5 && r.hour < 12);
    r.hour = r.hour % 12 + (late ? 12 : 0);
    r.hour_open = false;
  }
  r.part.clear();
}

}  // namespace

// A day by date or by how it is seen from today ("tomorrow", "late yesterday").
std::size_t Grammar::day_at(std::size_t i, Reading& r) const {
  if (const Entry* day = as(i, Sort::day)) {
    shift_by(Direction::this_one, Unit::day, r);
    std::from_chars(day->text.data(), day->text.data() + day->text.size(), r.shift);
    const std::size_t space = day->text.find(' ');
    if (space != std::string::npos) {
      r.part = day->text.substr(space + 1);
      r.type = TimeExpression::Type::time;
    }
    r.precise = true;
    return i + 1;
  }
  const std::size_t end = date(i, r);
  if (end != kNone || (as(i, Sort::place) == nullptr && as(i + 1, Sort::place) == nullptr)) return end;
  std::string mod;
  const std::size_t next = place(i, mod);
  if (next == kNone || as(next, Sort::day) == nullptr) return kNone;
  const std::size_t stop = day_at(next, r);
  r.mod = mod;
  return stop;
}

// What can follow a day: "at 5 p.m.", "evening", "at seven forty-five", "around 4".
std::size_t Grammar::clock_at(std::size_t i, Reading& r) const {
  const bool at = is(i, "at") || is(i, "around") || mark(i, '@');
  const bool led = at || is(i, "for") || is(i, "by") || is(i, "about");
  std::size_t t = led ? i + 1 : i;
  if (led && (is(t, "about") || is(t, "around"))) ++t;
  std::size_t end = clock(t, r);
  if (end != kNone) return end;
  r = Reading{};
  r.type = TimeExpression::Type::time;
  if (number_in(t, 1, 12) && items_[t].written && number_in(t + 1, 10, 59) && items_[t + 1].written) {
    r.hour = items_[t].number;
    r.minute = items_[t + 1].number;
    r.hour_open = true;
    end = clock_tail(t + 2, r);
    return end == kNone ? t + 2 : end;
  }
  const bool decimal = glued_mark(t + 1, '.') && joined(t + 2) && items_[t + 2].glued && items_[t + 2].number >= 0;
  if (at && number_in(t, 1, 12) && items_[t].digits <= 2 && !decimal && !noun_follows(t + 1) && !mark(t + 1, '%') && as(t + 1, Sort::units) == nullptr) {
    r.hour = items_[t].number;
    r.hour_open = true;
    return t + 1;
  }
  r = Reading{};
  return part(i, r);
}

namespace {

bool one_day(const Reading& r) { return r.day != 0 || r.weekday != 0 || r.holiday >= 0 || (r.shifted && r.unit == Unit::day); }

}  // namespace

// A date, a time of day, or both in any order.
std::size_t Grammar::date_and_clock(std::size_t i, Reading& r) const {
  const std::size_t end = day_at(i, r);
  if (end != kNone) return clock_after_date(end, r);
  r = Reading{};
  const std::size_t with_clock = clock_first(i, r);
  if (with_clock != kNone) return with_clock;
  r = Reading{};
  return part_first(i, r);
}

// `end`: after the date that `r` holds.
std::size_t Grammar::clock_after_date(std::size_t end, Reading& r) const {
  Reading time;
  // ISO 8601: 2024-11-15T10:30
  if (is(end, "t") && items_[end].glued && r.day != 0) {
    const std::size_t stop = clock_time(end + 1, time);
    if (stop != kNone) {
      take_clock(time, r);
      r.hour_open = false;
      return is(stop, "z") && items_[stop].glued ? stop + 1 : stop;
    }
  }
  if (!one_day(r) || r.week != 0) return end;
  const std::size_t next = mark(end, ',') || mark(end, '-') ? end + 1 : end;
  time = Reading{};
  std::size_t stop = clock_at(next, time);
  if (stop != kNone && !(next != end && time.hour < 0)) {
    take_clock(time, r);
    end = stop;
    time = Reading{};
    stop = r.hour >= 0 ? part(end, time) : clock_at(end, time);
    if (stop != kNone) {
      take_clock(time, r);
      end = stop;
    }
  }
  // "Oct 26 15:50:06 2016", "Wednesday evening next week"
  if (r.hour >= 0 && r.day != 0 && r.year == 0 && number_in(end, 1900, 2100) && items_[end].digits == 4) r.year = items_[end++].number;
  if (const Entry* direction = as(end, Sort::direction); direction != nullptr && is(end + 1, "week") && r.weekday != 0 && !r.shifted) {
    shift_by(direction_of(direction->text), Unit::week, r);
    end += 2;
  }
  settle_hour(r);
  return end;
}

// A day after a time of day: "5 p.m. EST, Nov. 6", "the night of April 18". kNone when none follows.
std::size_t Grammar::date_after_clock(std::size_t end, const Reading& time, Reading& r) const {
  std::size_t next = end;
  if (is(next, "of") || is(next, "on") || mark(next, ',')) ++next;
  if (is(next, "on") || is(next, "of")) ++next;
  Reading day;
  std::size_t stop = day_at(next, day);
  if (stop == kNone || !one_day(day)) return kNone;
  r = day;
  take_clock(time, r);
  Reading later;
  const std::size_t more = time.hour >= 0 ? part(stop, later) : kNone;
  if (more != kNone) {
    r.part = later.part;
    stop = more;
  }
  if (time.part.empty()) settle_hour(r);
  return stop;
}

std::size_t Grammar::clock_first(std::size_t i, Reading& r) const {
  const Entry* quantity = inside(i) ? items_[i].as(Sort::quantity) : nullptr;
  const bool about = quantity != nullptr && quantity->text == "APPROX" && !is(i, "some") && !previous_is(i, {"how", "what"});
  std::size_t end = clock(about ? i + 1 : i, r);
  if (end == kNone) return kNone;
  Reading more;
  const std::size_t stop = part(is(end, "in") ? end + 1 : end, more);
  if (stop != kNone) {
    r.part = more.part;
    settle_hour(r);
    end = stop;
  }
  Reading dated;
  const std::size_t day = date_after_clock(end, r, dated);
  if (day == kNone) return end;
  r = dated;
  return day;
}

// A part of the day, alone or with its day or hour: "the morning of April 19", "in the morning at 7", "night".
std::size_t Grammar::part_first(std::size_t i, Reading& r) const {
  const std::size_t begin = is(i, "in") && is(i + 1, "the") && as(i + 2, Sort::part) != nullptr && bare() ? i + 1 : i;
  const std::size_t end = part(begin, r);
  if (end == kNone || previous_is(i, {"good"})) return kNone;
  Reading dated;
  const std::size_t day = date_after_clock(end, r, dated);
  if (day != kNone) {
    r = dated;
    return day;
  }
  if (!is(begin, "the") && !bare() && !previous_is(i, {"at", "by", "until", "before", "after", "that", "all", "since"})) return kNone;
  if ((noun_follows(end) && !bare()) || is(end, "of") || is(end, "after") || is(end, "before")) return kNone;
  Reading hour;
  const std::size_t more = is(end, "at") || (joined(end) && items_[end].number >= 0) ? clock_at(end, hour) : kNone;
  if (more == kNone || hour.hour < 0) return end;
  take_clock(hour, r);
  settle_hour(r);
  return more;
}

}  // namespace relata::times
