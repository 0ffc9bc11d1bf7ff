#include <utility>

#include "extract/times/grammar.h"

namespace relata::times {

// Whether the digits stand on their own: "133-03-03-2020" is a code.
bool Grammar::fenced(std::size_t first, std::size_t last) const {
  if (first > 0 && items_[first].glued) {
    const Item& before = items_[first - 1];
    if (before.number >= 0 || before.mark == '$' || before.mark == '#') return false;
    if ((before.mark == '-' || before.mark == '/' || before.mark == '.') && first > 1 && before.glued && items_[first - 2].number >= 0) return false;
  }
  if (first > 0 && (items_[first - 1].mark == '$' || items_[first - 1].mark == '+')) return false;
  if (joined(last) && items_[last].glued) {
    const char after = items_[last].mark;
    if (after == 0 && items_[last].number >= 0) return false;
    if ((after == '-' || after == '/' || after == '.') && joined(last + 1) && items_[last + 1].glued && items_[last + 1].number >= 0 && after != '.' &&
        items_[last + 1].digits != 4)
      return false;
    if (after == '%') return false;
  }
  return true;
}

std::size_t Grammar::numeric(std::size_t i, Reading& r) const {
  if (!joined(i) || items_[i].number < 0 || items_[i].written) return kNone;
  const std::size_t three = numeric_three(i, r);
  if (three != kNone) return three;
  r = Reading{};
  return numeric_two(i, r);
}

namespace {

bool real_day(int year, int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= (year > 0 ? days_in_month(year, month) : 31);
}

int full_year(int number, int digits) {
  if (digits == 4) return number;
  return number < 40 ? 2000 + number : 1900 + number;
}

}  // namespace

// 2024-11-15, 2024/11/15, 11/15/2024, 15.11.2024, 23/Sep/2020, 20241115.
std::size_t Grammar::numeric_three(std::size_t i, Reading& r) const {
  const Item& a = items_[i];
  if (a.digits == 8) {
    const int year = a.number / 10000, month = a.number / 100 % 100, day = a.number % 100;
    if (year < 1900 || year > 2100 || !real_day(year, month, day) || !fenced(i, i + 1)) return kNone;
    r.year = year; r.month = month; r.day = day;
    return i + 1;
  }
  if (!joined(i + 4) || a.digits > 4) return kNone;
  const Item &m = items_[i + 1], &b = items_[i + 2], &n = items_[i + 3], &c = items_[i + 4];
  if (m.mark == 0 || m.mark != n.mark || (m.mark != '-' && m.mark != '/' && m.mark != '.')) return kNone;
  if (!m.glued || !b.glued || !n.glued || !c.glued || !fenced(i, i + 5)) return kNone;
  if (const Entry* month = c.as(Sort::month); month != nullptr && a.digits == 4 && b.number >= 1 && b.number <= 31) {
    r.year = a.number; r.month = month->value; r.day = b.number;
    return i + 5;
  }
  if (c.number < 0) return kNone;
  if (const Entry* month = b.as(Sort::month)) {
    if (a.number < 1 || a.number > 31) return kNone;
    r.month = month->value; r.day = a.number; r.year = full_year(c.number, c.digits);
    return i + 5;
  }
  if (b.number < 1 || b.digits > 2) return kNone;
  if (a.digits == 4) {
    if (a.number < 1000 || !real_day(a.number, b.number, c.number) || c.digits > 2) return kNone;
    r.year = a.number; r.month = b.number; r.day = c.number;
  } else if (a.digits <= 2 && (c.digits == 4 || c.digits == 2)) {
    const int year = full_year(c.number, c.digits);
    // American order unless impossible; with dots the day always comes first.
    const bool day_leads = m.mark == '.' || a.number > 12;
    int month = day_leads ? b.number : a.number, day = day_leads ? a.number : b.number;
    if (!real_day(year, month, day) && m.mark == '.') { std::swap(month, day); }
    // "2/29/2019": written as a day, though no calendar has it.
    if (month < 1 || month > 12 || day < 1 || day > 31) return kNone;
    if (m.mark == '.' && c.digits == 2 && !bare()) return kNone;
    r.year = year; r.month = month; r.day = day;
  } else {
    return kNone;
  }
  return i + 5;
}

// "on 6/3, 6/5 or 6/9": a later one of several, the first of which a word told to be a date.
bool Grammar::listed(std::size_t i) const {
  constexpr int kMost = 8;
  std::size_t at = i;
  for (int step = 0; step < kMost && at >= 4; ++step) {
    std::size_t before = at - 1;
    if (!(mark(before, ',') || is(before, "or") || is(before, "and"))) return false;
    if (!mark(before, ',') && before > 0 && mark(before - 1, ',')) --before;
    if (before < 3) return false;
    at = before - 3;
    if (!number_in(at, 1, 31) || !glued_mark(at + 1, '/') || !number_in(at + 2, 1, 31) || !items_[at + 2].glued) return false;
    if (previous_is(at, {"on", "by", "until", "till", "before", "after", "since", "from"})) return true;
  }
  return false;
}

// 2024-11, 11/2024, 12-2015; 5/12 where a word before it tells that it is a date.
std::size_t Grammar::numeric_two(std::size_t i, Reading& r) const {
  if (!joined(i + 2)) return kNone;
  const Item &a = items_[i], &m = items_[i + 1], &b = items_[i + 2];
  if (!m.glued || !b.glued || (m.mark != '-' && m.mark != '/') || b.number < 0 || !fenced(i, i + 3)) return kNone;
  if (a.digits == 4 && b.digits <= 2 && a.number >= 1900 && a.number <= 2100 && b.number >= 1 && b.number <= 12) {
    if (m.mark == '-' && b.digits == 2 && b.number > a.number % 100) return kNone;  // "2005-06": two years
    r.year = a.number; r.month = b.number;
    return i + 3;
  }
  if (a.digits <= 2 && b.digits == 4 && a.number >= 1 && a.number <= 12 && b.number >= 1900 && b.number <= 2100) {
    r.year = b.number; r.month = a.number;
    return i + 3;
  }
  if (a.digits > 2 || b.digits > 2 || a.number < 1 || b.number < 1) return kNone;
  const bool told = previous_is(i, {"on", "by", "until", "till", "before", "after", "since", "next", "last", "from"}) ||
                    (i > 0 && (items_[i - 1].as(Sort::weekday) != nullptr || items_[i - 1].as(Sort::direction) != nullptr)) ||
                    (i == 0 && bare()) || listed(i);
  if (!told || as(i + 3, Sort::month) != nullptr || as(i + 3, Sort::units) != nullptr || noun_follows(i + 3)) return kNone;
  const bool day_leads = a.number > 12;
  const int month = day_leads ? b.number : a.number, day = day_leads ? a.number : b.number;
  if (month > 12 || day > 31) return kNone;
  r.month = month;
  r.day = day;
  return i + 3;
}

}  // namespace relata::times
