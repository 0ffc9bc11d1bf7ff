#include <optional>
#include <string>

#include "extract/times/grammar.h"
#include "extract/times/values.h"

namespace relata::times {
namespace {

std::optional<Unit> unit_of(const Entry* entry) {
  return entry == nullptr ? std::nullopt : std::optional(static_cast<Unit>(entry->value));
}

}  // namespace

// Times that come again: "every Monday", "twice a month", "Tuesday nights", "daily".
std::size_t Grammar::repeated(std::size_t i, Reading& r) const {
  r.kind = Kind::set;
  r.type = TimeExpression::Type::set;
  const auto clock_after = [&](std::size_t end) {
    Reading clock_reading;
    const std::size_t at = is(end, "at") ? end + 1 : end;
    const std::size_t stop = clock(at, clock_reading);
    if (stop == kNone || clock_reading.hour_open) return end;
    std::string time = clock_value(clock_reading);
    if (clock_reading.minute < 0 || (clock_reading.minute == 0 && !mark(at + 1, ':') && !mark(at + 1, '.'))) time.resize(3);  // "at 4 p.m.": the hour alone
    r.value = r.value.starts_with("XXXX-W") ? r.value.substr(0, r.value.find('T')) + time : time;
    return stop;
  };
  if (const Entry* set = inside(i) ? items_[i].as(Sort::set) : nullptr) {
    // "the China Daily"
    if (items_[i].capital && (tag(i) == Tag::NNP || tag(i) == Tag::NNPS) && as(i, Sort::weekday) == nullptr && !set->text.starts_with("XXXX") && !bare()) return kNone;
    if (set->weak && !bare() && !(i > 0 && items_[i - 1].as(Sort::weekday) != nullptr) && !previous_is(i, {"on", "at", "in", "during"})) return kNone;
    r.value = set->text;
    if (const Entry* parts = as(i + 1, Sort::set); parts != nullptr && parts->text.starts_with('T') && r.value.starts_with("XXXX")) { r.value += parts->text; return i + 2; }
    return clock_after(i + 1);
  }
  if (const Entry* weekday = as(i, Sort::weekday)) {
    if (const Entry* parts = as(i + 1, Sort::set); parts != nullptr && parts->text.starts_with('T')) {
      r.value = "XXXX-WXX-" + std::to_string(weekday->value) + parts->text;
      return i + 2;
    }
  }
  if (is(i, "once") || is(i, "twice") || is(i, "one") || (joined(i) && items_[i].number > 0 && is(i + 1, "times"))) {
    std::size_t j = is(i + 1, "times") ? i + 2 : i + 1;
    const bool per = as(j, Sort::set) != nullptr && is(j, "per");
    if (per) { r.value = as(j, Sort::set)->text; return j + 1; }
    if (!is(j, "a") && !is(j, "an") && !is(j, "every") && !is(j, "each")) return kNone;
    const auto unit = unit_of(as(j + 1, Sort::unit));
    if (!unit) return kNone;
    r.value = length_value({1, *unit});
    return j + 2;
  }
  if (inside(i) && items_[i].ordinal > 0 && is(i + 1, "of") && as(i + 2, Sort::every) != nullptr && is(i + 3, "month")) {
    r.value = "XXXX-XX-" + two_digits(items_[i].ordinal);  // "the 19th of every month"
    return i + 4;
  }
  // "3pm each day"
  Reading clock_first;
  const std::size_t clock_end = joined(i) && items_[i].number >= 0 ? clock(i, clock_first) : kNone;
  if (clock_end != kNone && !clock_first.hour_open) {
    const std::size_t next = clock_end;
    const bool day = as(next, Sort::every) != nullptr && is(next + 1, "day");
    if (day || is(next, "everyday") || is(next, "daily")) {
      r.value = clock_first.minute <= 0 ? clock_value(clock_first).substr(0, 3) : clock_value(clock_first);
      return day ? next + 2 : next + 1;
    }
  }
  const Entry* every = inside(i) ? items_[i].as(Sort::every) : nullptr;
  if (every == nullptr) return kNone;
  const int step = every->value;
  std::size_t j = i + 1;
  if (items_[i].lower == "any" && !is(j, "weekend") && as(j, Sort::weekday) == nullptr) return kNone;
  Reading inner;
  if (joined(j) && items_[j].number > 0 && step == 1) {
    const std::size_t end = length(j, inner);
    if (end == kNone) return kNone;
    r.value = length_value(inner.length);
    return end;
  }
  if (const auto unit = unit_of(as(j, Sort::unit))) {
    r.value = *unit == Unit::night ? "XXXX-XX-XXTNI" : length_value({static_cast<double>(step), *unit});
    return clock_after(j + 1);
  }
  if (const auto units = unit_of(as(j, Sort::units)); units && is(i, "every")) return kNone;
  if (is(j, "fortnight")) { r.value = "P2W"; return j + 1; }
  if (const Entry* weekday = as(j, Sort::weekday); weekday != nullptr) {
    r.value = "XXXX-WXX-" + std::to_string(weekday->value);
    if (const Entry* part_word = as(j + 1, Sort::part)) { r.value += "T" + part_word->text; return clock_after(j + 2); }
    return clock_after(j + 1);
  }
  if (const Entry* month = as(j, Sort::month); month != nullptr && items_[j].capital) { r.value = "XXXX-" + two_digits(month->value); return j + 1; }
  if (const Entry* season_word = as(j, Sort::season)) { r.value = "XXXX-" + season_code(season_word->value); return j + 1; }
  if (const Entry* part_word = as(j, Sort::part)) { r.value = "XXXX-XX-XXT" + part_word->text; return clock_after(j + 1); }
  return kNone;
}

}  // namespace relata::times
