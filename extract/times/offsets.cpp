#include <memory>
#include <optional>
#include <string>

#include "extract/times/grammar.h"

namespace relata::times {
namespace {

std::optional<Unit> unit_of(const Entry* entry) {
  return entry == nullptr ? std::nullopt : std::optional(static_cast<Unit>(entry->value));
}

}  // namespace

// A length counted from somewhere: "two weeks ago", "three days later", "in five minutes", "two weeks before May 13".
std::size_t Grammar::offset(std::size_t i, Reading& r) const {
  const Entry* before = inside(i) ? items_[i].as(Sort::weekday) : nullptr;
  if (before != nullptr) {
    // "Monday two weeks from now": that day of that week.
    const std::size_t end = offset_from(skip_comma(i + 1), r);
    if (end == kNone || !r.precise || is_clock_unit(r.length.unit)) return kNone;
    r.weekday = before->value;
    return end;
  }
  const std::size_t end = offset_from(i, r);
  if (end != kNone && r.precise && is(end, "on") && as(end + 1, Sort::weekday) != nullptr && !is_clock_unit(r.length.unit)) {
    r.weekday = as(end + 1, Sort::weekday)->value;
    return end + 2;
  }
  return end;
}

std::size_t Grammar::offset_from(std::size_t i, Reading& r) const {
  if (!joined(i)) return kNone;
  r.kind = Kind::offset;
  std::size_t j = i;
  const bool inward = is(j, "in") || is(j, "within");
  if (inward) ++j;
  Reading quantity;
  if (const Entry* mod = as(j, Sort::quantity)) {
    if (previous_is(j, {"how", "what"})) return kNone;
    if (mod->text != "-") r.mod = mod->text;
    ++j;
  }
  Reading inner;
  const std::size_t the = skip_the(j);
  std::size_t end = length(j, inner);
  if (end == kNone) {
    const auto many = unit_of(as(j, Sort::units));
    const auto one = unit_of(as(the, Sort::unit));
    if (many && !as(j, Sort::units)->weak) { inner.length = {-1, *many}; end = j + 1; }
    else if (one && the > j && !inward && !is_clock_unit(*one)) { inner.length = {1, *one}; end = the + 1; }
    else return kNone;
    if (the > j && !(is(end, "after") || is(end, "before") || is(end, "following"))) return kNone;
  }
  if (is(end, "or") && is(end + 1, "so")) { end += 2; r.mod = "APPROX"; }
  if (is(end, "or") && is(end + 1, "two") && is(end + 2, "ago")) { end += 2; }
  r.length = inner.length;
  r.type = is_clock_unit(r.length.unit) ? TimeExpression::Type::time : TimeExpression::Type::date;
  if (inward) {
    // "in two weeks' time"
    if (mark(end, '\'') && is(end + 1, "time")) end += 2;
    if (is(i, "within") || as(end, Sort::direction) != nullptr || is(end, "ago") || is(end, "of") || is(end, "from") || r.length.amount < 0) return kNone;
    r.sign = 1;
    r.base = Base::anchor;
    r.precise = true;
    r.direction = Direction::coming;  // a date only when what it modifies is still to come
    return end;
  }
  if (is(end, "ago")) { r.sign = -1; r.base = Base::anchor; return end + 1; }
  if (is(end, "hence")) { r.sign = 1; r.base = Base::anchor; return end + 1; }
  const bool from = is(end, "from"), after = is(end, "after") || is(end, "following"), before = is(end, "before");
  if (from || after || before) {
    r.sign = before ? -1 : 1;
    if (from && is(end + 1, "now")) { r.base = Base::anchor; r.precise = true; return end + 2; }
    if (after && is(end, "after") && is(end + 1, "next") && the > j) { shift_by(Direction::next, r.length.unit, r); r.shift = 2; r.kind = Kind::calendar; return end + 2; }
    if (before && is(end + 1, "last") && the > j && !noun_follows(end + 2)) { shift_by(Direction::last, r.length.unit, r); r.shift = -2; r.kind = Kind::calendar; return end + 2; }
    Reading base;
    std::size_t stop = kNone;
    if (const Entry* day = as(end + 1, Sort::day)) {
      shift_by(Direction::this_one, Unit::day, base);
      base.shift = std::stoi(day->text);
      stop = end + 2;
    } else {
      stop = calendar(end + 1, base);
    }
    if (stop != kNone && !(from && base.day == 0 && base.holiday < 0 && base.weekday == 0 && !base.shifted)) {
      r.base = Base::given;
      r.from = std::make_shared<const Reading>(base);
      r.precise = true;
      return stop;
    }
    if (from || the > j) return kNone;
    if (joined(end + 1) && !mark(end + 1, '.') && !mark(end + 1, ',') && !mark(end + 1, ';') && !bare()) {
      // "two days after the storm": the event's day is not ours to know; the length alone is said.
      return kNone;
    }
    if (is(end, "following")) return kNone;
    r.base = Base::focus;
    return end + 1;
  }
  if (is(end, "later") || is(end, "afterwards") || is(end, "afterward") || is(end, "thereafter")) { r.sign = 1; r.base = Base::focus; return end + 1; }
  if (is(end, "earlier") || is(end, "previously") || is(end, "beforehand")) { r.sign = -1; r.base = Base::focus; return end + 1; }
  return kNone;
}

}  // namespace relata::times
