// The grammar of time expressions: recursive descent over items, each rule looking a bounded number of items ahead, so that
// reading a text is linear. A rule takes the position of its first item and returns the position after its last, or kNone.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/times/items.h"
#include "extract/times/reading.h"

namespace relata::times {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

class Grammar {
 public:
  // All outlive the grammar. `narrative`: the text tells history (see context.h).
  Grammar(const Document& document, const std::vector<Item>& items, const Lexicon& lexicon, bool narrative)
      : document_(document), items_(items), lexicon_(lexicon), narrative_(narrative) {}

  // The longest time expression that begins at item `i`.
  std::size_t expression(std::size_t i, Reading& reading);
  // A day's number before the month that another expression names: "5" in "May 4 and 5", "6" in "6-7 January".
  bool day_number(std::size_t i) const { return number_in(i, 1, 31) && items_[i].digits <= 2; }
  bool year_at(std::size_t i) const;

 private:

  // grammar.cpp: words
  bool inside(std::size_t i) const { return i < items_.size(); }
  // Can begin or continue the expression: no line break before it.
  bool joined(std::size_t i) const { return i < items_.size() && (!items_[i].after_break || i == start_); }
  bool is(std::size_t i, std::string_view word) const { return joined(i) && items_[i].lower == word && items_[i].last - items_[i].first == 1; }
  bool mark(std::size_t i, char c) const { return joined(i) && items_[i].mark == c; }
  bool glued_mark(std::size_t i, char c) const { return mark(i, c) && items_[i].glued; }
  const Entry* as(std::size_t i, Sort sort) const { return joined(i) ? items_[i].as(sort) : nullptr; }
  bool number_in(std::size_t i, int low, int high) const;
  bool ordinal_in(std::size_t i, int low, int high) const;
  Tag tag(std::size_t i) const { return inside(i) ? document_.tokens[items_[i].token].tag : Tag::XX; }
  const Token& token(std::size_t i) const { return document_.tokens[items_[i].token]; }
  bool bare() const { return document_.tokens.size() <= 8; }
  bool previous_is(std::size_t i, std::initializer_list<std::string_view> words) const;
  std::size_t skip_the(std::size_t i) const { return is(i, "the") ? i + 1 : i; }
  std::size_t skip_dot(std::size_t i) const { return glued_mark(i, '.') ? i + 1 : i; }
  std::size_t skip_comma(std::size_t i) const { return mark(i, ',') ? i + 1 : i; }
  std::size_t skip_possessive(std::size_t i) const;  // "'s"
  bool noun_follows(std::size_t i) const;

  // dates.cpp: days, months, years
  std::size_t date(std::size_t i, Reading& r) const;       // with place ("early", "the end of")
  std::size_t calendar(std::size_t i, Reading& r) const;   // without
  // Without dates that name another ("the week of", "the first day of"): those do not nest.
  std::size_t plain_calendar(std::size_t i, Reading& r) const;
  using RuleOf = std::size_t (Grammar::*)(std::size_t, Reading&) const;
  std::size_t longest(std::span<const RuleOf> rules, std::size_t i, Reading& r) const;
  std::size_t month_first(std::size_t i, Reading& r) const;
  std::size_t day_first(std::size_t i, Reading& r) const;
  std::size_t weekday_first(std::size_t i, Reading& r) const;
  std::size_t year_after(std::size_t i, Reading& r) const;  // ", 1999", "of that year", "last year"
  std::size_t year(std::size_t i, Reading& r) const;
  bool year_plausible(std::size_t i) const;
  bool in_code(std::size_t i) const;
  std::size_t lone_day(std::size_t i, Reading& r) const;    // "the 21st"
  std::size_t holiday(std::size_t i, Reading& r) const;
  std::size_t place(std::size_t i, std::string& mod) const;
  bool stands_alone(std::size_t i, const Entry& entry) const;

  // numeric.cpp: dates in digits
  std::size_t numeric(std::size_t i, Reading& r) const;
  std::size_t numeric_three(std::size_t i, Reading& r) const;
  std::size_t numeric_two(std::size_t i, Reading& r) const;
  bool listed(std::size_t i) const;
  bool fenced(std::size_t first, std::size_t last) const;

  // periods.cpp: seasons, quarters, decades, weeks, and those seen from elsewhere
  std::size_t season(std::size_t i, Reading& r) const;
  std::size_t quarter(std::size_t i, Reading& r) const;
  std::size_t decade(std::size_t i, Reading& r) const;
  std::size_t century(std::size_t i, Reading& r) const;
  std::size_t week(std::size_t i, Reading& r) const;
  std::size_t nth(std::size_t i, Reading& r) const;
  std::size_t directed(std::size_t i, Reading& r) const;    // "last week", "next Friday"
  std::size_t bare_period(std::size_t i, Reading& r) const;  // "the year"
  std::size_t period_end(std::size_t i, Reading& r) const;  // "year-end"
  std::size_t year_ago(std::size_t i, Reading& r) const;    // "the year-ago quarter"
  std::size_t within(std::size_t i, Reading& r) const;      // parts named after the period: "this week Monday"

  // clocks.cpp
  std::size_t clock(std::size_t i, Reading& r) const;
  std::size_t clock_time(std::size_t i, Reading& r) const;
  std::size_t spoken_clock(std::size_t i, Reading& r) const;
  std::size_t clock_tail(std::size_t i, Reading& r) const;  // a.m., zone
  std::size_t part(std::size_t i, Reading& r) const;
  std::size_t date_and_clock(std::size_t i, Reading& r) const;
  std::size_t day_at(std::size_t i, Reading& r) const;
  std::size_t clock_at(std::size_t i, Reading& r) const;
  std::size_t clock_after_date(std::size_t end, Reading& r) const;
  std::size_t date_after_clock(std::size_t end, const Reading& time, Reading& r) const;
  std::size_t clock_first(std::size_t i, Reading& r) const;
  std::size_t part_first(std::size_t i, Reading& r) const;

  // lengths.cpp, offsets.cpp, repeated.cpp
  std::size_t length(std::size_t i, Reading& r) const;
  std::size_t amount(std::size_t i, double& amount) const;
  std::size_t duration(std::size_t i, Reading& r) const;
  std::size_t offset(std::size_t i, Reading& r) const;
  std::size_t offset_from(std::size_t i, Reading& r) const;
  std::size_t repeated(std::size_t i, Reading& r) const;
  std::size_t reference(std::size_t i, Reading& r) const;

  const Document& document_;
  const std::vector<Item>& items_;
  const Lexicon& lexicon_;
  bool narrative_;
  std::size_t start_ = 0;  // first item of the expression being read
};

Direction direction_of(std::string_view name);
// The period that a direction word puts before a unit: "last" is -1 from the anchor, "the following" +1 from the focus.
void shift_by(Direction direction, Unit unit, Reading& r);

}  // namespace relata::times
