#include <cmath>
#include <optional>

#include "extract/times/grammar.h"
#include "extract/times/values.h"

namespace relata::times {
namespace {

std::optional<Unit> unit_of(const Entry* entry) {
  return entry == nullptr ? std::nullopt : std::optional(static_cast<Unit>(entry->value));
}

}  // namespace

namespace {

// What one character adds to a number: "2½".
double fraction_of(std::string_view sign) {
  if (sign == "½") return 0.5;
  if (sign == "¼") return 0.25;
  if (sign == "¾") return 0.75;
  return 0;
}

}  // namespace

// A number of units: "22.8", "two and a half", "2 1/2", "a", "a few", "two to three" (the first is meant).
std::size_t Grammar::amount(std::size_t i, double& amount) const {
  std::size_t j = i;
  if (as(j, Sort::vague) != nullptr && items_[j].number < 0) {
    const std::string& text = items_[j].as(Sort::vague)->text;
    amount = text == "X" ? -1 : std::stod(text);
    ++j;
    if (is(j, "of") && !is(j + 1, "the")) ++j;
    if (is(j, "more") || is(j, "dozen")) ++j;
    return j;
  }
  if (is(j, "a") || is(j, "an")) {
    if (const Entry* scale = as(j + 1, Sort::scale)) {
      amount = scale->value;
      return j + 2;
    }
    amount = 1;
    return j + 1;
  }
  if (joined(j) && fraction_of(items_[j].lower) > 0) {
    amount = fraction_of(items_[j].lower);
    return j + 1;
  }
  if (!joined(j) || items_[j].number < 0) return kNone;
  if (j > 0 && items_[j].glued && (items_[j - 1].mark == '$' || items_[j - 1].mark == '.' || items_[j - 1].number >= 0)) return kNone;
  amount = items_[j].number;
  const bool digits = !items_[j].written;
  ++j;
  if (digits && glued_mark(j, '.') && joined(j + 1) && items_[j + 1].glued && items_[j + 1].number >= 0 && items_[j + 1].digits <= 3) {
    amount += items_[j + 1].number / std::pow(10.0, items_[j + 1].digits);
    j += 2;
  }
  if (digits && joined(j) && fraction_of(items_[j].lower) > 0) amount += fraction_of(items_[j++].lower);
  // "2 1/2", "2-1/2"
  std::size_t k = mark(j, '-') ? j + 1 : j;
  if (digits && number_in(k, 1, 9) && glued_mark(k + 1, '/') && number_in(k + 2, 2, 9) && items_[k + 2].glued) {
    amount += static_cast<double>(items_[k].number) / items_[k + 2].number;
    j = k + 3;
  }
  if (is(j, "and") && (is(j + 1, "a") || is(j + 1, "one")) && is(j + 2, "half")) { amount += 0.5; j += 3; }
  else if (is(j, "and") && is(j + 1, "half")) { amount += 0.5; j += 2; }
  else if (is(j, "and") && is(j + 1, "a") && is(j + 2, "quarter") && as(j + 3, Sort::unit) != nullptr) { amount += 0.25; j += 3; }
  if (const Entry* scale = as(j, Sort::scale)) { amount *= scale->value; ++j; }
  // "twenty and four hours"
  if (!digits && is(j, "and") && number_in(j + 1, 1, 9) && std::fmod(amount, 10.0) == 0 && amount >= 20 && as(j + 2, Sort::units) != nullptr) {
    amount += items_[j + 1].number;
    return j + 2;
  }
  // "two to three weeks", "12-18 months", "one or two days"
  if ((is(j, "to") || is(j, "or") || mark(j, '-')) && joined(j + 1) && items_[j + 1].number >= 0 && items_[j + 1].digits <= 3) {
    const std::size_t unit = mark(j + 2, '-') ? j + 3 : j + 2;
    if (as(unit, Sort::units) != nullptr || as(unit, Sort::unit) != nullptr) return j + 2;
  }
  return j;
}

// An amount and its unit.
std::size_t Grammar::length(std::size_t i, Reading& r) const {
  double count = 0;
  std::size_t j = i;
  if (is(j, "half")) {
    ++j;
    if (mark(j, '-')) ++j;
    if (is(j, "a") || is(j, "an")) ++j;
    const auto unit = unit_of(as(j, Sort::unit));
    if (!unit) return kNone;
    r.length = {0.5, *unit};
    return j + 1;
  }
  if ((is(j, "quarter") || is(j, "a")) && (is(j + (is(j, "a") ? 1 : 0), "quarter"))) {
    std::size_t k = j + (is(j, "a") ? 2 : 1);
    const bool joint = mark(k, '-') || is(k, "of") || is(k, "century");
    if (mark(k, '-') || is(k, "of")) ++k;
    if (is(k, "a") || is(k, "an")) ++k;
    if (joint && (is(k, "century") || is(k, "hour"))) {
      r.length = {0.25, *unit_of(as(k, Sort::unit))};
      return k + 1;
    }
  }
  if (is(j, "a") && joined(j + 1) && fraction_of(items_[j + 1].lower) > 0) {
    const std::size_t k = mark(j + 2, '-') ? j + 3 : j + 2;
    const auto unit = unit_of(as(k, Sort::unit));
    if (!unit) return kNone;
    r.length = {fraction_of(items_[j + 1].lower), *unit};
    return k + 1;
  }
  const bool article = (is(j, "a") || is(j, "an")) && as(j + 1, Sort::scale) == nullptr;
  if (article && is(j + 1, "half")) {
    const std::size_t k = mark(j + 2, '-') ? j + 3 : j + 2;
    if (const auto unit = unit_of(as(k, Sort::unit))) { r.length = {0.5, *unit}; return k + 1; }
  }
  j = amount(i, count);
  if (j == kNone) return kNone;
  const bool hyphen = mark(j, '-');
  if (hyphen) ++j;
  // "two more weeks", "ten consecutive days": one adjective may stand between.
  if (joined(j) && !hyphen && as(j, Sort::unit) == nullptr && as(j, Sort::units) == nullptr && items_[j].mark == 0 && items_[j].number < 0 && !article &&
      (token(j).pos == Pos::ADJ || is(j, "more")) && (as(j + 1, Sort::units) != nullptr))
    ++j;
  if (is(j, "fortnight") || is(j, "fortnights")) {
    r.length = {count < 0 ? count : count * 2, Unit::week};
    return j + 1;
  }
  auto unit = unit_of(as(j, Sort::units));
  const bool plural = unit.has_value();
  if (!unit) unit = unit_of(as(j, Sort::unit));
  if (!unit && joined(j) && items_[j].glued && !article && count >= 0) {
    const std::string_view letter = items_[j].lower;
    if (letter == "y") unit = Unit::year;
    if (letter == "h") unit = Unit::hour;
    if (letter == "d") unit = Unit::day;
    if (letter == "w") unit = Unit::week;
    if (unit && *unit != Unit::hour && (!items_[j].capital || !bare())) unit.reset();
  }
  if (!unit) return kNone;
  if (!plural && !hyphen && count >= 1900 && count <= 2100 && *unit != Unit::year) return kNone;  // "the 1988 quarter"
  if (article && plural) return kNone;
  // "2 second place", "the 10 day": a unit in the singular after a number counts with a hyphen or as a modifier only.
  if (article && *unit == Unit::second) return kNone;
  if (article && as(j, Sort::unit) != nullptr && items_[j].as(Sort::ordinal) != nullptr) return kNone;
  if (article && (*unit == Unit::quarter) && is(j, "quarter")) return kNone;
  const Entry* abbreviation = as(j, Sort::units);
  if (abbreviation != nullptr && abbreviation->weak && !(is(j, "min") || is(j, "mins") || is(j, "hrs") || is(j, "hr") || is(j, "secs") || is(j, "sec") || is(j, "yrs") || is(j, "yr") || is(j, "mos") || is(j, "wks")))
    return kNone;
  r.length = {count, *unit};
  ++j;
  if (is(j, "and") && (is(j + 1, "a") || is(j + 1, "one")) && is(j + 2, "half") && as(j + 3, Sort::unit) == nullptr) { r.length.amount += 0.5; return j + 3; }
  if (is(j, "and") && is(j + 1, "half") && as(j + 2, Sort::unit) == nullptr && !is(j + 2, "of")) { r.length.amount += 0.5; return j + 2; }
  return j;
}

// Lengths of time, with what belongs to them: "at least the past 18 months", "a two-week", "years", "month-long".
std::size_t Grammar::duration(std::size_t i, Reading& r) const {
  r.kind = Kind::duration;
  r.type = TimeExpression::Type::duration;
  std::size_t j = i;
  if (const Entry* quantity = inside(j) ? items_[j].as(Sort::quantity) : nullptr) {
    if (previous_is(j, {"how", "what"}) || (is(j, "over") && is(j + 1, "the"))) return kNone;
    // "a single day", "a full year": the article belongs to the phrase and counts one.
    if (quantity->text != "-") r.mod = quantity->text;
    ++j;
    if (as(j, Sort::unit) != nullptr && !is(j, "second") && items_[j - 1].lower != "just" && items_[j - 1].lower != "only" && items_[j - 1].lower != "some" && quantity->text == "-") {
      r.length = {1, *unit_of(as(j, Sort::unit))};
      r.value = length_value(r.length);
      return j + 1;
    }
    if (const Entry* more = as(j, Sort::quantity); more != nullptr) ++j;
  }
  const bool all = is(j, "all") || is(j, "whole");
  if (is(j, "a") && joined(j + 1) && items_[j + 1].number > 0) {
    // "a three-year period"
    const std::size_t end = length(j + 1, r);
    if (end == kNone || items_[end - 2].mark != '-' || !is(end, "period")) return kNone;
    r.value = length_value(r.length);
    return end + 1;
  }
  if (all) {
    const auto unit = unit_of(as(j + 1, Sort::unit));
    if (!unit || is_clock_unit(*unit)) return kNone;
    r.length = {1, *unit};
    r.value = length_value(r.length);
    return j + 2;
  }
  if (is(j, "each") || is(j, "every")) return kNone;
  const std::size_t the = is(j, "the") || is(j, "these") || is(j, "those") ? j + 1 : j;
  std::size_t k = the;
  const Entry* direction = as(k, Sort::direction);
  const Tag verb = tag(k);
  if (direction != nullptr && (verb == Tag::VB || verb == Tag::VBZ || verb == Tag::VBP || verb == Tag::VBD)) direction = nullptr;  // "will last three days"
  const bool first = is(k, "first") || is(k, "final") || is(k, "opening");
  if (direction != nullptr || first) ++k;
  Reading inner;
  std::size_t end = is(k, "a") && k != i && k != j ? kNone : length(k, inner);
  if (end == kNone && direction != nullptr && the > j) {
    // "the past year", "the last decade", "the coming weeks"
    const auto one = unit_of(as(k, Sort::unit));
    const auto many = unit_of(as(k, Sort::units));
    if (one && (direction->text == "past" || *one == Unit::hour)) { inner.length = {1, *one}; end = k + 1; }
    if (many && *many != Unit::weekend && *many != Unit::quarter) { inner.length = {-1, *many}; end = k + 1; }
  }
  if (end == kNone && first && the > j) {
    const auto many = unit_of(as(k, Sort::units));
    if (many && *many != Unit::weekend && *many != Unit::quarter) { inner.length = {-1, *many}; end = k + 1; }
  }
  if (end == kNone && direction == nullptr && !first) {
    const auto many = unit_of(as(k, Sort::units));
    const auto one = unit_of(as(k, Sort::unit));
    if (many && items_[k].lower.size() > 3 && *many != Unit::second && *many != Unit::minute && *many != Unit::quarter && *many != Unit::night && *many != Unit::weekend &&
        !as(k, Sort::units)->weak) {
      if (the > j && !bare() && !is(k + 1, "ahead")) return kNone;
      inner.length = {-1, *many};
      end = k + 1;
      if (is(end, "or") && as(end + 1, Sort::units) != nullptr) end += 2;
    } else if (one && mark(k + 1, '-') && is(k + 2, "long") && the == k) {
      inner.length = {1, *one};
      end = k + 1;
    }
  }
  if (end == kNone) return kNone;
  // "the 46-day siege": the article is the noun's; "a three-year period" is all time.
  const bool hyphen = end >= 2 && items_[end - 2].mark == '-';
  if (hyphen && the > j && direction == nullptr && !first && !is(end, "period")) return kNone;
  // Ages and lengths used as adjectives: "a two-week", "8-month-old", "year-long".
  if (mark(end, '-') && is(end + 1, "long") && end == i + 2 && (is(i, "a") || is(i, "an"))) return kNone;  // "a [week-long] strike"
  if (mark(end, '-') && (is(end + 1, "long") || is(end + 1, "old"))) end += 2;
  else if (is(end, "old") || is(end, "long")) ++end;
  if (is(end, "or") && is(end + 1, "so")) { end += 2; r.mod = "APPROX"; }
  else if (is(end, "or") && is(end + 1, "more")) { end += 2; r.mod = "EQUAL_OR_MORE"; }
  else if (is(end, "or") && is(end + 1, "less")) { end += 2; r.mod = "EQUAL_OR_LESS"; }
  r.length = inner.length;
  r.value = length_value(r.length);
  // "an hour and 20 minutes"
  Reading rest;
  const std::size_t more = is(end, "and") ? end + 1 : end;
  if (joined(more) && items_[more].number >= 0 && r.length.amount >= 1) {
    const std::size_t stop = length(more, rest);
    if (stop != kNone && rest.length.amount > 0 && rest.length.unit < r.length.unit && joined_lengths(r.length, rest.length)) {
      r.value = length_value(r.length, rest.length);
      end = stop;
    }
  }
  if (is(end, "of") && is(end + 1, "age")) end += 2;
  if (is(end, "ahead")) ++end;
  if (is(end, "period") || is(end, "span") || is(end, "term")) ++end;
  return end;
}

}  // namespace relata::times
