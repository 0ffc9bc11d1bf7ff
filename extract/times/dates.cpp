#include <utility>

#include "extract/times/grammar.h"

namespace relata::times {
namespace {

bool plain_year(const Item& item) { return item.digits == 4 && item.number >= 1000 && item.number <= 2199; }

void short_year(int number, Reading& r) {
  r.year = number == 0 ? 2000 : number;
  r.short_year = number != 0;
}

}  // namespace

// Whether a word that is also an everyday word means time when nothing beside it says so.
bool Grammar::stands_alone(std::size_t i, const Entry& entry) const {
  if (!entry.weak) return true;
  const Tag t = tag(i);
  const bool name = t == Tag::NNP || t == Tag::NNPS;
  switch (entry.sort) {
    case Sort::month: {
      if (!items_[i].capital || t == Tag::MD) return false;
      if (previous_is(i, {"in", "since", "by", "until", "till", "of", "last", "next", "early", "late", "mid", "from", "to", "between", "and", "during", "through"}))
        return true;
      // "May said", "the March on Rome"
      if (token(i).ner == Ner::PERSON || previous_is(i, {"the", "a", "an"})) return false;
      if (items_[i].lower == "may" && (token(i).dep == Dep::nsubj || token(i).dep == Dep::aux) && !bare()) return false;
      return (name || bare()) && (token(i).ner == Ner::DATE || bare());
    }
    case Sort::weekday: return items_[i].capital && (previous_is(i, {"on", "last", "next", "this", "until", "by"}) || token(i).ner == Ner::DATE);
    case Sort::season: {
      const Pos pos = token(i).pos;
      return (pos == Pos::NOUN || pos == Pos::PROPN) &&
             (previous_is(i, {"the", "this", "that", "last", "next", "early", "late", "in", "by", "since", "of", "until", "each", "every", "mid", "following", "previous", "past", "-", "and", "during", "coming"}) ||
              token(i).ner == Ner::DATE || bare());
    }
    default: return false;
  }
}

bool Grammar::year_at(std::size_t i) const {
  Reading r;
  return year(i, r) != kNone;
}

// The year after a day or month.
std::size_t Grammar::year_after(std::size_t i, Reading& r) const {
  std::size_t j = skip_comma(i);
  if (glued_mark(j, '-') || glued_mark(j, '/') || glued_mark(j, '.')) ++j;
  if (is(j, "of") || (is(j, "in") && joined(j + 1) && plain_year(items_[j + 1]) && year_plausible(j + 1))) ++j;
  if (is(j, "the") && is(j + 1, "year")) j += 2;
  if (joined(j) && plain_year(items_[j]) && !glued_mark(j + 1, ':')) {
    r.year = items_[j].number;
    return j + 1;
  }
  if (j > i && is(j - 1, "of") && number_in(j, 32, 99) && items_[j].digits == 2 && !as(j + 1, Sort::units)) {
    short_year(items_[j].number, r);
    return j + 1;
  }
  if (number_in(j, 1, 2199) && as(j + 1, Sort::era) != nullptr) {
    r.bc = as(j + 1, Sort::era)->text == "bc";
    r.year = r.bc ? -items_[j].number : items_[j].number;
    return j + 2;
  }
  if (mark(j, '\'') && joined(j + 1) && items_[j + 1].glued && items_[j + 1].digits == 2 && items_[j + 1].number >= 0) {
    short_year(items_[j + 1].number, r);
    return j + 2;
  }
  if (const Entry* entry = as(j, Sort::direction)) {
    if (is(j + 1, "year")) {
      shift_by(direction_of(entry->text), Unit::year, r);
      return j + 2;
    }
  }
  if (is(j, "the") && as(j + 1, Sort::direction) != nullptr && is(j + 2, "year")) {
    shift_by(direction_of(as(j + 1, Sort::direction)->text), Unit::year, r);
    return j + 3;
  }
  return kNone;
}

std::size_t Grammar::month_first(std::size_t i, Reading& r) const {
  const Entry* month = as(i, Sort::month);
  if (month == nullptr) return kNone;
  r.month = month->value;
  std::size_t j = skip_dot(i + 1);
  if (glued_mark(j, '-') || glued_mark(j, '/')) ++j;
  std::size_t k = mark(j, ',') && ordinal_in(j + 1, 1, 31) ? j + 1 : j;
  if (is(k, "the")) ++k;
  const bool cardinal = number_in(k, 1, 31) && (items_[k].digits <= 2) && (j == k || ordinal_in(k, 1, 31));
  if ((cardinal || (ordinal_in(k, 1, 31) && (k == j || items_[k].ordinal > 0 || items_[k].as(Sort::ordinal)->value > 0))) &&
      !glued_mark(k + 1, ':') && !(as(k + 1, Sort::meridiem) != nullptr && cardinal)) {
    if (month->weak && !items_[i].capital && items_[i].lower == "may" && tag(i) == Tag::MD) return kNone;
    r.day = cardinal ? items_[k].number : items_[k].ordinal > 0 ? items_[k].ordinal : items_[k].as(Sort::ordinal)->value;
    // "May 20 30 people": a number right after the day is no year unless it looks like one.
    const std::size_t end = year_after(k + 1, r);
    return end == kNone ? k + 1 : end;
  }
  const std::size_t end = year_after(j, r);
  if (end != kNone && glued_mark(end, '-') && glued_mark(j - 1, '-') && number_in(end + 1, 1, 31)) {
    r.day = items_[end + 1].number;  // "September-2020-23"
    return end + 2;
  }
  if (end != kNone) return end;
  return stands_alone(i, *month) ? i + 1 : kNone;
}

std::size_t Grammar::day_first(std::size_t i, Reading& r) const {
  std::size_t j = skip_the(i);
  if (j > 0 && joined(j) && (items_[j - 1].mark == '$' || items_[j - 1].mark == '#')) return kNone;
  if (number_in(j, 1, 31) && (items_[j].digits <= 2)) {
    r.day = items_[j].number;
  } else if (ordinal_in(j, 1, 31)) {
    r.day = items_[j].ordinal > 0 ? items_[j].ordinal : items_[j].as(Sort::ordinal)->value;
  } else {
    return kNone;
  }
  ++j;
  if (is(j, "day") && is(j + 1, "of")) ++j;
  if (is(j, "of")) ++j;
  if (glued_mark(j, '-') || glued_mark(j, '/') || glued_mark(j, '.')) ++j;
  // "23-2020-September"
  if (joined(j) && plain_year(items_[j]) && glued_mark(j + 1, '-') && as(j + 2, Sort::month) != nullptr) {
    r.year = items_[j].number;
    r.month = as(j + 2, Sort::month)->value;
    return j + 3;
  }
  const Entry* month = as(j, Sort::month);
  if (month == nullptr || (month->weak && !items_[j].capital && tag(j) == Tag::MD)) return kNone;
  r.month = month->value;
  const std::size_t dotted = skip_dot(j + 1);
  const std::size_t end = year_after(dotted, r);
  return end != kNone ? end : j + 1;
}

std::size_t Grammar::weekday_first(std::size_t i, Reading& r) const {
  const Entry* weekday = as(i, Sort::weekday);
  if (weekday == nullptr) return kNone;
  r.weekday = weekday->value;
  std::size_t j = skip_comma(skip_dot(i + 1));
  if (mark(j, '(') || glued_mark(j, '-')) ++j;
  Reading day;
  for (const auto rule : {&Grammar::numeric, &Grammar::month_first, &Grammar::day_first}) {
    day = Reading{};
    const std::size_t end = (this->*rule)(j, day);
    if (end == kNone || day.day == 0) continue;
    day.weekday = r.weekday;
    r = day;
    return mark(end, ')') && mark(j - 1, '(') ? end + 1 : end;
  }
  std::size_t k = skip_the(j);
  if (ordinal_in(k, 1, 31) && !noun_follows(k + 1) && !is(k + 1, "of") && (k > j || items_[k].as(Sort::ordinal) == nullptr)) {
    r.day = items_[k].ordinal > 0 ? items_[k].ordinal : items_[k].as(Sort::ordinal)->value;
    return k + 1;
  }
  if (k == i + 1 && number_in(k, 1, 31) && items_[k].digits != 0 && items_[k].digits <= 2 && !glued_mark(k + 1, ':') && !glued_mark(k + 1, '.') &&
      as(k + 1, Sort::meridiem) == nullptr && as(k + 1, Sort::unit) == nullptr && as(k + 1, Sort::units) == nullptr && !noun_follows(k + 1) &&
      !is(k + 1, "o") && !is(k + 1, "oclock")) {
    r.day = items_[k].number;
    return k + 1;
  }
  std::size_t next = skip_comma(i + 1);
  if (is(next, "of")) ++next;
  if (is(next, "the")) ++next;
  if (const Entry* direction = as(next, Sort::direction)) {
    if (is(next + 1, "week")) {
      shift_by(direction_of(direction->text), Unit::week, r);
      return next + 2;
    }
  }
  return stands_alone(i, *weekday) ? i + 1 : kNone;
}

std::size_t Grammar::year(std::size_t i, Reading& r) const {
  std::size_t j = skip_the(i);
  const bool fiscal = is(j, "fiscal") || is(j, "fy") || is(j, "cy") || is(j, "financial");
  if (fiscal) ++j;
  bool named = fiscal;
  if (is(j, "year") || (joined(j) && items_[j].as(Sort::unit) != nullptr && items_[j].as(Sort::unit)->value == static_cast<int>(Unit::year))) {
    ++j;
    if (is(j, "of")) ++j;
    named = true;
  }
  if (const Entry* era = as(j, Sort::era); era != nullptr && era->text == "ad" && items_[j].lower != "ce" && number_in(j + 1, 1, 2199)) {
    r.year = items_[j + 1].number;
    return j + 2;
  }
  if (!joined(j)) return kNone;
  if (items_[j].mark == '\'' && joined(j + 1) && items_[j + 1].glued && items_[j + 1].digits == 2 && items_[j + 1].number >= 0 && !items_[j].glued &&
      !noun_follows(j + 2)) {
    short_year(items_[j + 1].number, r);
    return j + 2;
  }
  if (number_in(j, 1, 9999) && items_[j].digits != 255) {
    if (const Entry* era = as(j + 1, Sort::era)) {
      r.bc = era->text == "bc";
      if (!(items_[j + 1].lower == "ad" && !items_[j + 1].capital)) {
        r.year = r.bc ? -items_[j].number : items_[j].number;
        // The last dot of "B.C." belongs to it.
        const std::size_t end = j + 2;
        return glued_mark(end, '.') && items_[j + 1].last - items_[j + 1].first > 1 && items_[end].token == items_[j + 1].token ? end + 1 : end;
      }
    }
  }
  if (!plain_year(items_[j])) return kNone;
  if (j != i && !named) return kNone;
  r.year = items_[j].number;
  const std::size_t k = glued_mark(j + 1, '/') || glued_mark(j + 1, '-') ? j + 2 : j + 1;
  if (const Entry* month = as(k, Sort::month); month != nullptr && (k > j + 1 || !month->weak)) {
    // "2017 april", "2020/Sep/23"; but not "in 2017 April saw".
    const bool joint = k > j + 1;
    if (joint && (glued_mark(k + 1, '/') || glued_mark(k + 1, '-')) && number_in(k + 2, 1, 31)) { r.month = month->value; r.day = items_[k + 2].number; return k + 3; }
    if (!number_in(k + 1, 1, 31) && (joint || !noun_follows(k + 1))) { r.month = month->value; return k + 1; }
  }
  if (named) return j + 1;
  return year_plausible(j) ? j + 1 : kNone;
}

// One of three or more numbers joined by hyphens: "555-2010-2015" is a telephone.
bool Grammar::in_code(std::size_t j) const {
  std::size_t numbers = 1;
  for (std::size_t k = j; k >= 2 && numbers < 3 && items_[k].glued && items_[k - 1].mark == '-' && items_[k - 1].glued && items_[k - 2].number >= 0; k -= 2)
    ++numbers;
  for (std::size_t k = j; numbers < 3 && glued_mark(k + 1, '-') && joined(k + 2) && items_[k + 2].glued && items_[k + 2].number >= 0; k += 2) ++numbers;
  return numbers >= 3;
}

// Four digits alone: a year unless its surroundings say it counts something.
bool Grammar::year_plausible(std::size_t j) const {
  const Item& item = items_[j];
  if (item.written && !previous_is(j, {"in", "since", "by", "until", "of", "from", "to", "and", "year", "before", "after", "during"}) && !bare()) return false;
  if (j > 0 && item.glued) {
    const char before = items_[j - 1].mark;
    if (before == 0 || before == '$' || before == '#' || before == '.' || before == ':' || before == '@' || before == '_' || before == '+') return false;
    if (before == '-' && j > 1 && items_[j - 1].glued && (items_[j - 2].number >= 0 && items_[j - 2].digits != 4)) return false;
  }
  if (j > 0 && joined(j) && (items_[j - 1].mark == '$' || items_[j - 1].mark == '#')) return false;
  if (in_code(j)) return false;
  if (joined(j + 1) && items_[j + 1].glued) {
    const char after = items_[j + 1].mark;
    if (after == 0 || after == '%' || after == '_' || after == '@' || after == '=') return false;
    if ((after == '.' || after == ',' || after == ':') && joined(j + 2) && items_[j + 2].glued && items_[j + 2].number >= 0) return false;
    if (after == '-' && joined(j + 2) && items_[j + 2].glued && items_[j + 2].number >= 0 && items_[j + 2].digits != 4 && items_[j + 2].digits != 2) return false;
  }
  if (is(j + 1, "year") || as(j + 1, Sort::scale) != nullptr || as(j + 1, Sort::units) != nullptr || is(j + 1, "percent") || mark(j + 1, '%')) return false;
  if (as(j + 1, Sort::zone) != nullptr || is(j + 1, "hours") || is(j + 1, "hrs") || as(j + 1, Sort::meridiem) != nullptr) return false;
  const Token& word = token(j);
  const bool counts = joined(j + 1) && items_[j + 1].mark == 0 && tag(j + 1) == Tag::NNS && word.dep == Dep::nummod;
  if (counts && !previous_is(j, {"the", "since", "early", "late", "mid", "in"})) return false;  // "2000 soldiers"
  if (word.ner == Ner::DATE) return true;
  if (word.ner == Ner::QUANTITY || word.ner == Ner::MONEY || word.ner == Ner::PERCENT) return false;
  if (previous_is(j, {"in", "since", "by", "until", "till", "during", "the", "early", "late", "mid", "circa", "from", "before", "after", "between", "(", "season"})) {
    // "in 1500 villages" against "in the 2024 elections".
    return !(tag(j + 1) == Tag::NNS && !previous_is(j, {"the", "since", "early", "late", "mid"}) && word.dep == Dep::nummod);
  }
  if (item.number < 1700) return bare() || mark(j + 1, '-') || mark(j + 1, ')');
  return true;
}

std::size_t Grammar::lone_day(std::size_t i, Reading& r) const {
  const std::size_t j = skip_the(i);
  if (!inside(j) || items_[j].ordinal < 1 || items_[j].ordinal > 31) return kNone;
  const bool on = previous_is(i, {"on", "by", "until", "till", "from", "to", "before", "after", "and", "or", "next", "last", "-"});
  if ((j == i && !previous_is(i, {"on"})) || (!on && !bare()) || noun_follows(j + 1) || mark(j + 1, '-') || mark(j + 1, '%')) return kNone;
  const Dep dep = token(j).dep;
  if (dep == Dep::amod || dep == Dep::compound || is(j + 1, "of")) return kNone;
  r.day = items_[j].ordinal;
  return j + 1;
}

std::size_t Grammar::holiday(std::size_t i, Reading& r) const {
  const std::size_t j = i;
  const Entry* entry = as(j, Sort::holiday);
  if (entry == nullptr || (token(j).ner == Ner::PERSON && !token(j).ner_begins)) return kNone;  // "Johnnie Christmas"
  r.holiday = entry->value;
  std::size_t end = j + 1;
  if (is(end, "day") && !is(end + 1, "of")) ++end;
  const bool weekend = is(end, "weekend");
  if (weekend) ++end;
  const std::size_t year = year_after(is(end, "in") ? end + 1 : end, r);
  if (year != kNone) end = year;
  if (!weekend && is(end, "weekend")) { r.weekend = true; ++end; }
  r.weekend = r.weekend || weekend;
  if (entry->weak && year == kNone && r.direction == Direction::none) return kNone;
  return end;
}

// "early", "mid-", "the end of", "later in": the mod, and where the period begins.
std::size_t Grammar::place(std::size_t i, std::string& mod) const {
  std::size_t j = skip_the(i);
  if (is(j, "very")) ++j;
  if (is(j, "latter") || ((is(j, "early") || is(j, "late") || is(j, "later") || is(j, "middle") || is(j, "first") || is(j, "last")) && is(j + 1, "part"))) {
    if (!is(j + 1, "part") || !is(j + 2, "of")) return kNone;
    mod = is(j, "early") || is(j, "first") ? "START" : is(j, "middle") ? "MID" : "END";
    return j + 3;
  }
  if (is(j, "rest") && is(j + 1, "of") && j > i) return j + 2;
  if (is(j, "sometime")) return as(j + 1, Sort::direction) != nullptr && as(j + 2, Sort::weekday) == nullptr ? j + 1 : kNone;
  const Entry* entry = as(j, Sort::place);
  if (entry == nullptr) return kNone;
  mod = entry->text;
  const std::string_view word = items_[j].lower;
  const bool noun = word == "beginning" || word == "start" || word == "middle" || word == "end" || word == "close";
  if (word == "later" || word == "earlier") mod.clear();
  if (noun) return is(j + 1, "of") ? j + 2 : kNone;
  std::size_t next = j + 1;
  if (mark(next, '-') && (items_[next].glued || (joined(next + 1) && items_[next + 1].glued))) ++next;
  if (is(next, "in") || is(next, "on")) ++next;
  return next;
}

std::size_t Grammar::date(std::size_t i, Reading& r) const {
  std::string mod;
  const std::size_t next = place(i, mod);
  if (next != kNone && joined(next)) {
    Reading inner;
    std::size_t end = calendar(next, inner);
    if (end == kNone) end = bare_period(next, inner);
    if (end != kNone) {
      r = inner;
      r.mod = mod;
      return end;
    }
  }
  std::size_t j = i;
  if (const Entry* quantity = inside(i) ? items_[i].as(Sort::quantity) : nullptr; quantity != nullptr && quantity->text == "APPROX" && !previous_is(i, {"how", "what"})) j = skip_dot(i + 1);
  const std::size_t end = joined(j) || j == i ? calendar(j, r) : kNone;
  if (j != i && end != kNone) {
    if (items_[i].lower == "some") return kNone;
    r.mod = "APPROX";
  }
  return end;
}

std::size_t Grammar::calendar(std::size_t i, Reading& r) const {
  Reading nested;
  const std::size_t plain = plain_calendar(i, r);
  constexpr RuleOf rules[] = {&Grammar::week, &Grammar::nth};
  const std::size_t end = longest(rules, i, nested);
  if (end == kNone || (plain != kNone && end <= plain)) return plain;
  r = nested;
  return end;
}

std::size_t Grammar::plain_calendar(std::size_t i, Reading& r) const {
  constexpr RuleOf rules[] = {&Grammar::numeric, &Grammar::weekday_first, &Grammar::month_first, &Grammar::day_first, &Grammar::holiday,
                              &Grammar::directed, &Grammar::season, &Grammar::quarter, &Grammar::decade, &Grammar::century,
                              &Grammar::period_end, &Grammar::year_ago, &Grammar::year, &Grammar::lone_day, &Grammar::bare_period};
  return longest(rules, i, r);
}

std::size_t Grammar::longest(std::span<const RuleOf> rules, std::size_t i, Reading& r) const {
  std::size_t best = kNone;
  Reading found;
  for (const RuleOf rule : rules) {
    Reading candidate;
    const std::size_t end = (this->*rule)(i, candidate);
    if (end == kNone || (best != kNone && end <= best)) continue;
    best = end;
    found = std::move(candidate);
  }
  if (best != kNone) r = std::move(found);
  return best;
}

}  // namespace relata::times
