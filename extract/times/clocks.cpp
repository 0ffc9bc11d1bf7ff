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
    if (dotted && mark(j, '.') && (items_[j].glued ? true : joined(j))) ++j;
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
    if (!colon && (mark(j, '%') || as(j, Sort::unit) != nullptr || as(j, Sort::units) != nullptr || as(j, Sort::scale) != nullptr || (noun_follows(j) && !previous_is(i, {"at"})))) figures = false;
  } else if ((digits == 4 || digits == 3) && !items_[i].written && number / 100 <= 24 && number % 100 < 60) {
    r.hour = number / 100;
    r.minute = number % 100;
    r.hour_open = false;
    const bool hours = (is(j, "hours") || is(j, "hrs")) && digits == 4;
    const Entry* zone = as(j, Sort::zone);
    if (!hours && zone == nullptr && as(j, Sort::meridiem) == nullptr && !(items_[j < items_.size() ? j : i].lower == "h" && items_[j].glued)) return kNone;
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
    if ((is(j, "h") || is(j, "hrs")) && false) ++j;
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
  else if (is(j, "quarter") || (as(j, Sort::unit) != nullptr && is(j, "quarter"))) { minutes = 15; ++j; }
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

// A date, a time of day, or both in any order.
std::size_t Grammar::date_and_clock(std::size_t i, Reading& r) const {
  Reading date_part, clock_part;
  const Entry* deictic = inside(i) ? items_[i].as(Sort::day) : nullptr;
  const auto day_at = [&](std::size_t at, Reading& out) -> std::size_t {
    if (const Entry* day = as(at, Sort::day)) {
      shift_by(Direction::this_one, Unit::day, out);
      std::from_chars(day->text.data(), day->text.data() + day->text.size(), out.shift);
      const std::size_t space = day->text.find(' ');
      if (space != std::string::npos) { out.part = day->text.substr(space + 1); out.type = TimeExpression::Type::time; }
      out.precise = true;
      return at + 1;
    }
    return date(at, out);
  };
  std::size_t end = deictic != nullptr ? day_at(i, date_part) : date(i, date_part);
  if (end == kNone && (as(i, Sort::place) != nullptr || as(i + 1, Sort::place) != nullptr)) {
    // "late yesterday", "early Tuesday", "end of tomorrow"
    std::string mod;
    const std::size_t next = place(i, mod);
    if (next != kNone && as(next, Sort::day) != nullptr) { end = day_at(next, date_part); date_part.mod = mod; }
  }
  const auto clock_at = [&](std::size_t at, Reading& out) -> std::size_t {
    std::size_t t = at;
    const bool at_word = is(t, "at") || is(t, "around") || is(t, "@") || mark(t, '@') || is(t, "for") || is(t, "by") || is(t, "about");
    if (at_word) ++t;
    if (is(t, "about") || is(t, "around")) ++t;
    std::size_t stop = clock(t, out);
    if (stop != kNone) return stop;
    out = Reading{};
    if (at_word && (is(at, "at") || mark(at, '@') || is(at, "around")) && number_in(t, 1, 12) && items_[t].digits <= 2 && !(joined(t + 1) && items_[t + 1].written) && !noun_follows(t + 1) && !mark(t + 1, '%') && !(glued_mark(t + 1, '.') && joined(t + 2) && items_[t + 2].glued && items_[t + 2].number >= 0) &&
        as(t + 1, Sort::units) == nullptr) {
      out.hour = items_[t].number;
      out.hour_open = true;
      out.type = TimeExpression::Type::time;
      return t + 1;
    }
    out = Reading{};
    if (number_in(t, 1, 12) && items_[t].written && number_in(t + 1, 10, 59) && items_[t + 1].written && (at_word || t > start_)) {
      // "at seven forty-five"
      out.hour = items_[t].number;
      out.minute = items_[t + 1].number;
      out.hour_open = true;
      out.type = TimeExpression::Type::time;
      stop = clock_tail(t + 2, out);
      return stop == kNone ? t + 2 : stop;
    }
    return part(at, out);
  };
  if (end != kNone) {
    r = date_part;
    // ISO 8601: 2024-11-15T10:30
    if (is(end, "t") && items_[end].glued && r.day != 0) {
      const std::size_t stop = clock_time(end + 1, clock_part);
      if (stop != kNone) { take_clock(clock_part, r); r.hour_open = false; return is(stop, "z") && items_[stop].glued ? stop + 1 : stop; }
    }
    const bool daily = r.day != 0 || r.weekday != 0 || r.holiday >= 0 || (r.shifted && r.unit == Unit::day);
    if (!daily || r.week != 0) return end;
    std::size_t next = mark(end, ',') || mark(end, '-') ? end + 1 : end;
    std::size_t stop = clock_at(next, clock_part);
    if (stop != kNone && !(next != end && clock_part.hour < 0)) {
      take_clock(clock_part, r);
      end = stop;
      clock_part = Reading{};
      stop = r.hour >= 0 ? part(end, clock_part) : clock_at(end, clock_part);
      if (stop != kNone) { take_clock(clock_part, r); end = stop; }
    }
    // "Wednesday evening next week", "Wed Oct 26 15:50:06 2016"
    if (r.hour >= 0 && r.day != 0 && r.year == 0 && number_in(end, 1900, 2100) && items_[end].digits == 4) r.year = items_[end++].number;
    if (const Entry* direction = as(end, Sort::direction); direction != nullptr && is(end + 1, "week") && r.weekday != 0 && !r.shifted) {
      shift_by(direction_of(direction->text), Unit::week, r);
      end += 2;
    }
    settle_hour(r);
    return end;
  }
  // The time of day first.
  Reading approximate;
  std::size_t j = i;
  if (const Entry* quantity = as(i, Sort::quantity); quantity != nullptr && quantity->text == "APPROX" && !is(i, "some")) j = i + 1;
  end = clock(j, clock_part);
  bool figure = end != kNone;
  if (!figure && j == i) { clock_part = Reading{}; end = part(j, clock_part); }
  if (end == kNone) {
    // "in the morning"
    if (is(i, "in") && is(i + 1, "the") && as(i + 2, Sort::part) != nullptr && bare()) {
      clock_part = Reading{};
      clock_part.part = as(i + 2, Sort::part)->text;
      clock_part.type = TimeExpression::Type::time;
      r = clock_part;
      const std::size_t stop = clock_at(i + 3, date_part);
      if (stop != kNone && date_part.hour >= 0) { take_clock(date_part, r); settle_hour(r); return stop; }
      return i + 3;
    }
    return kNone;
  }
  if (figure) {
    Reading more;
    const std::size_t stop = part(is(end, "in") ? end + 1 : end, more);
    if (stop != kNone && (is(end, "in") || !more.part.empty())) { clock_part.part = more.part; settle_hour(clock_part); end = stop; }
  }
  std::size_t next = end;
  if (is(next, "of") || is(next, "on") || mark(next, ',')) ++next;
  if (is(next, "on") || is(next, "of")) ++next;
  std::size_t stop = day_at(next, date_part);
  const bool daily = date_part.day != 0 || date_part.weekday != 0 || date_part.holiday >= 0 || (date_part.shifted && date_part.unit == Unit::day);
  if (stop != kNone && daily && (figure || next != end || !clock_part.part.empty())) {
    r = date_part;
    take_clock(clock_part, r);
    Reading later;
    const std::size_t more = figure ? part(stop, later) : kNone;
    if (more != kNone) {
      r.part = later.part;
      stop = more;
    }
    if (clock_part.part.empty()) settle_hour(r);
    return stop;
  }
  r = clock_part;
  if (!figure) {
    // A part of the day alone: "night", "the morning".
    const bool the = is(i, "the");
    if (previous_is(i, {"good"})) return kNone;
    if (!the && !bare() && !previous_is(i, {"at", "by", "until", "before", "after", "that", "all", "since"})) return kNone;
    if (noun_follows(end) && !bare()) return kNone;
    if (is(end, "of") || is(end, "after") || is(end, "before")) return kNone;
    Reading hour;
    const std::size_t more = is(end, "at") || (joined(end) && items_[end].number >= 0) ? clock_at(end, hour) : kNone;
    if (more != kNone && hour.hour >= 0) {
      take_clock(hour, r);
      settle_hour(r);
      return more;
    }
  }
  return end;
}

}  // namespace relata::times
