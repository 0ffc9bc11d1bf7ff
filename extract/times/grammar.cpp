#include "extract/times/grammar.h"

#include <algorithm>
#include <array>
#include <utility>

namespace relata::times {

bool Grammar::number_in(std::size_t i, int low, int high) const {
  return joined(i) && items_[i].number >= low && items_[i].number <= high;
}

bool Grammar::ordinal_in(std::size_t i, int low, int high) const {
  if (!joined(i)) return false;
  int value = items_[i].ordinal;
  if (value < 0) {
    const Entry* entry = items_[i].as(Sort::ordinal);
    if (entry == nullptr) return false;
    value = entry->value;
  }
  return value >= low && value <= high;
}

bool Grammar::previous_is(std::size_t i, std::initializer_list<std::string_view> words) const {
  if (i == 0 || !joined(i)) return false;
  return std::find(words.begin(), words.end(), items_[i - 1].lower) != words.end();
}

std::size_t Grammar::skip_possessive(std::size_t i) const {
  if (glued_mark(i, '\'') && is(i + 1, "s") && items_[i + 1].glued) return i + 2;
  return i;
}

// Whether the word at `i` is a noun of the same phrase, so that what stands before it is its modifier and no day.
bool Grammar::noun_follows(std::size_t i) const {
  if (!joined(i) || items_[i].mark != 0 || items_[i].number >= 0) return false;
  const Pos pos = token(i).pos;
  return pos == Pos::NOUN || pos == Pos::PROPN || pos == Pos::ADJ || pos == Pos::NUM;
}

std::size_t Grammar::reference(std::size_t i, Reading& r) const {
  const Entry* entry = inside(i) ? items_[i].as(Sort::reference) : nullptr;
  if (is(i, "the") && is(i + 1, "past") && !noun_follows(i + 2) && !as(i + 2, Sort::units) && !(inside(i + 2) && items_[i + 2].number >= 0)) {
    r.kind = Kind::reference;
    r.value = "PAST_REF";
    return i + 2;
  }
  if (is(i, "the") && as(i + 1, Sort::reference) != nullptr && items_[i + 1].last - items_[i + 1].first > 1) {
    // "the coming years"
    r.kind = Kind::reference;
    r.value = as(i + 1, Sort::reference)->text;
    return i + 2;
  }
  if (entry == nullptr || (entry->narrative && !narrative_) || (entry->report && narrative_)) return kNone;
  r.kind = Kind::reference;
  r.value = entry->text;
  return i + 1;
}

std::size_t Grammar::expression(std::size_t i, Reading& reading) {
  start_ = i;
  const Item& item = items_[i];
  if (!item.timely() && item.mark != '\'' && item.lower != "the" && item.lower != "a" && item.lower != "an" && item.lower != "in" &&
      item.lower != "half" && item.lower != "fiscal" && item.lower != "fy" && item.lower != "q" && item.lower != "h" && item.lower != "once" &&
      item.lower != "twice" && item.lower != "within" && item.lower != "fortnight" && item.lower != "one" && item.lower != "cy" && item.lower != "all" &&
      item.lower != "t" && item.lower != "latter" && item.lower != "sometime" && item.lower != "its")
    return kNone;
  if (item.as(Sort::ignore) != nullptr) return kNone;
  constexpr RuleOf rules[] = {&Grammar::date_and_clock, &Grammar::offset, &Grammar::repeated, &Grammar::duration, &Grammar::reference};
  return longest(rules, i, reading);
}

Direction direction_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Direction>, 11> names{{
      {"last", Direction::last}, {"past", Direction::past}, {"previous", Direction::previous}, {"next", Direction::next},
      {"coming", Direction::coming}, {"following", Direction::following}, {"this", Direction::this_one}, {"current", Direction::current},
      {"that", Direction::that}, {"same", Direction::same}, {"latest", Direction::latest},
  }};
  for (const auto& [text, direction] : names) {
    if (text == name) return direction;
  }
  return Direction::none;
}

void shift_by(Direction direction, Unit unit, Reading& r) {
  r.shifted = true;
  r.unit = unit;
  switch (direction) {
    case Direction::last:
    case Direction::past:
    case Direction::latest: r.shift = -1; r.base = Base::anchor; break;
    case Direction::previous: r.shift = -1; r.base = Base::focus; break;
    case Direction::next:
    case Direction::coming: r.shift = 1; r.base = Base::anchor; break;
    case Direction::following: r.shift = 1; r.base = Base::focus; break;
    case Direction::that:
    case Direction::same: r.shift = 0; r.base = Base::focus; break;
    case Direction::none:
    case Direction::this_one:
    case Direction::current: r.shift = 0; r.base = Base::anchor; break;
  }
}

}  // namespace relata::times
