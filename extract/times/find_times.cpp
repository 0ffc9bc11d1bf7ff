#include <algorithm>
#include <memory>

#include "extract/times/context.h"
#include "extract/times/grammar.h"
#include "extract/times/resolve.h"
#include "extract/times/times.h"
#include "extract/times/values.h"

namespace relata {
namespace times {
namespace {

struct Found {
  std::size_t first = 0, last = 0;  // items
  Reading reading;
};

// Whether the text's own years lie far from its publication, and it hardly speaks of yesterday and Monday.
bool tells_history(const std::vector<Item>& items, const Grammar& grammar, std::optional<Day> published) {
  constexpr int kEnough = 4;
  int years = 0, far = 0, seen_from_now = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Entry* weekday = items[i].as(Sort::weekday);
    if (items[i].as(Sort::day) != nullptr || (weekday != nullptr && !weekday->weak)) ++seen_from_now;
    const bool era = items[i].number > 0 && i + 1 < items.size() && items[i + 1].as(Sort::era) != nullptr;
    if ((items[i].digits != 4 && !era) || !grammar.year_at(i)) continue;
    ++years;
    if (!published || era || std::abs(items[i].number - civil(*published).year) > 1) ++far;
  }
  if (!published) return years > 0 && years > 2 * seen_from_now;
  return far >= kEnough && far * 5 >= years * 3 && far > 2 * seen_from_now;
}

class Finder {
 public:
  Finder(const Document& document, const Lexicon& lexicon)
      : document_(document), atoms_(split_atoms(document)), items_(group_items(*atoms_, lexicon)), lexicon_(lexicon) {
    context_.published = document.article().published;
    Grammar probe(document, items_, lexicon, false);
    if (!context_.published) context_.published = date_line(probe);
    context_.narrative = tells_history(items_, probe, context_.published);
  }

  std::vector<TimeExpression> run() {
    Grammar grammar(document_, items_, lexicon_, context_.narrative);
    for (std::size_t i = 0; i < items_.size();) {
      Reading reading;
      const std::size_t end = grammar.expression(i, reading);
      if (end == kNone) {
        ++i;
        continue;
      }
      i = with_neighbours(grammar, {i, end, reading});
    }
    return resolve();
  }

 private:
  // The day on a line of its own near the top: what the text itself says of when it was written.
  std::optional<Day> date_line(Grammar& grammar) const {
    constexpr std::size_t kTop = 80;  // items
    for (std::size_t i = 0; i < std::min(items_.size(), kTop); ++i) {
      if (i > 0 && !items_[i].after_break) continue;
      Reading r;
      const std::size_t end = grammar.expression(i, r);
      if (end == kNone || end >= items_.size()) continue;
      // The line ends there, or a weekday told with it shows that the next sentence follows.
      if (!items_[end].after_break && !(r.weekday != 0 && items_[end].capital)) continue;
      if (r.kind == Kind::calendar && r.year > 0 && !r.short_year && r.month != 0 && r.day != 0) return make_day(r.year, r.month, r.day);
    }
    return std::nullopt;
  }

  bool mark(std::size_t i, char c) const { return i < items_.size() && items_[i].mark == c; }
  bool joins(std::size_t i) const {
    return i < items_.size() && !items_[i].after_break &&
           (items_[i].mark == '-' || items_[i].mark == ',' || items_[i].lower == "and" || items_[i].lower == "to" || items_[i].lower == "or" || items_[i].lower == "through");
  }

  // Numbers beside an expression that share its month or century: "6-7 January", "May 4 and 5", "1915-17", "499-493 BC".
  std::size_t with_neighbours(const Grammar& grammar, Found found) {
    const Reading& r = found.reading;
    const bool day = r.kind == Kind::calendar && r.day != 0 && r.month != 0 && !r.has_clock();
    const bool day_leads = day && items_[found.first].as(Sort::month) == nullptr && (grammar.day_number(found.first) || items_[found.first].ordinal > 0);
    const std::size_t floor = found_.empty() ? 0 : found_.back().last;
    if (day_leads && found.first >= floor + 2 && joins(found.first - 1) && grammar.day_number(found.first - 2) &&
        items_[found.first - 2].number != r.day && !mark(found.first - 3, '-')) {
      Found before = found;
      before.first = found.first - 2;
      before.last = before.first + 1;
      before.reading.day = items_[before.first].number;
      before.reading.weekday = 0;
      found_.push_back(before);
    }
    const bool year_alone = r.kind == Kind::calendar && r.year != 0 && r.month == 0 && r.season == 0 && found.last == found.first + (r.bc ? 2u : 1u);
    if (r.bc && r.month == 0 && found.first >= floor + 2 && mark(found.first - 1, '-') && items_[found.first - 2].number > 0) {
      Found before = found;
      before.first = found.first - 2;
      before.last = before.first + 1;
      before.reading = Reading{};
      before.reading.year = -items_[before.first].number;
      before.reading.bc = true;
      found_.push_back(before);
    }
    found_.push_back(found);
    std::size_t end = found.last;
    if (year_alone && !r.bc && end + 1 < items_.size() && mark(end, '-') && items_[end + 1].digits == 2 && items_[end + 1].glued &&
        items_[end + 1].number > r.year % 100 && items_[end + 1].number >= 0) {
      Found after = found;
      after.first = end + 1;
      after.last = end + 2;
      after.reading.year = r.year - r.year % 100 + items_[end + 1].number;
      found_.push_back(after);
      return end + 2;
    }
    const bool month_leads = day && items_[found.first].as(Sort::month) != nullptr;
    if (month_leads && joins(end) && grammar.day_number(end + 1) && !items_[end + 1].after_break && items_[end + 1].number > r.day) {
      const std::size_t next = end + 2;
      const bool counted = next < items_.size() && !items_[next].after_break &&
                           (items_[next].as(Sort::month) != nullptr || items_[next].as(Sort::units) != nullptr || items_[next].as(Sort::meridiem) != nullptr ||
                            mark(next, ':') || mark(next, '%') || noun(next));
      if (!counted) {
        Found after = found;
        after.first = end + 1;
        after.last = next;
        after.reading.day = items_[end + 1].number;
        if (mark(next, ',') && next + 1 < items_.size() && items_[next + 1].digits == 4 && r.year == 0) {
          after.reading.year = items_[next + 1].number;
          found_.back().reading.year = after.reading.year;
          after.last = next + 2;
        }
        found_.push_back(after);
        return after.last;
      }
    }
    return end;
  }

  bool noun(std::size_t i) const {
    const Pos pos = document_.tokens[items_[i].token].pos;
    return items_[i].mark == 0 && (pos == Pos::NOUN || pos == Pos::ADJ || pos == Pos::PROPN);
  }

  std::vector<TimeExpression> resolve() {
    Resolver resolver(lexicon_, context_);
    std::vector<TimeExpression> times;
    for (Found& found : found_) {
      const TokenIndex token = items_[found.first].token;
      Tense tense = tense_at(document_, token);
      // "due by October", "closed until May"
      const std::string_view before = found.first > 0 ? items_[found.first - 1].lower : std::string_view{};
      if (tense != Tense::past && (before == "until" || before == "till" || before == "by")) tense = Tense::future;
      if (found.reading.kind == Kind::offset && found.reading.direction == Direction::coming) found = inward(found, tense);
      TimeExpression time;
      const Atom& first = atoms_->list[items_[found.first].first];
      const Atom& last = atoms_->list[items_[found.last - 1].last - 1];
      time.tokens = {first.token, last.last_token + 1};
      time.span = {first.begin, last.end};
      time.type = found.reading.type;
      time.mod = found.reading.mod == "-" ? "" : found.reading.mod;
      time.value = resolver.value(found.reading, tense, leads(token));
      if (time.type == TimeExpression::Type::date || time.type == TimeExpression::Type::time) time.when = days_of(time);
      times.push_back(std::move(time));
    }
    join_ranges(times);
    return times;
  }

  // Whether a token stands at the beginning of its sentence or line, where a text says of when it goes on to speak.
  bool leads(TokenIndex token) const {
    constexpr TokenIndex kNear = 4;
    const TokenIndex first = document_.sentences.empty() ? 0 : document_.sentences[document_.sentence_of[token]].first;
    if (token - first < kNear) return true;
    for (TokenIndex back = 1; back <= kNear && back <= token; ++back) {
      const Token& before = document_.tokens[token - back];
      if (before.is_space && before.text.find('\n') != std::string_view::npos) return true;
    }
    return false;
  }

  // "in three days" is a date after a verb of the future, else a length.
  Found inward(Found found, Tense tense) const {
    if (tense != Tense::past) return found;
    ++found.first;
    Reading length;
    length.kind = Kind::duration;
    length.type = TimeExpression::Type::duration;
    length.value = length_value(found.reading.length);
    length.mod = found.reading.mod;
    found.reading = length;
    return found;
  }

  static std::optional<When> days_of(const TimeExpression& time) {
    std::string_view value = time.value;
    const std::size_t clock = value.find('T');
    if (clock != std::string_view::npos) value = value.substr(0, clock);
    if (value.ends_with("-WE")) value.remove_suffix(3);
    if (value.empty() || value[0] < '0' || value[0] > '9') return std::nullopt;
    return parse_when(value, time.mod);
  }

  // "from X to Y", "between X and Y", "X-Y": the days of the first are the whole stretch.
  void join_ranges(std::vector<TimeExpression>& times) const {
    for (std::size_t k = 0; k + 1 < times.size(); ++k) {
      TimeExpression &a = times[k], &b = times[k + 1];
      if (!a.when || !b.when || a.type != TimeExpression::Type::date || b.type != TimeExpression::Type::date || b.when->end < a.when->end) continue;
      const std::size_t between = found_[k].last;
      if (found_[k + 1].first != between + 1) continue;
      const std::string_view link = items_[between].lower;
      const std::string_view before = found_[k].first > 0 ? items_[found_[k].first - 1].lower : std::string_view{};
      const bool range = items_[between].mark == '-' || link == "through" || ((link == "to" || link == "until" || link == "till") && before == "from") ||
                         (link == "and" && before == "between") || (link == "to" && before != "from");
      if (!range || a.when->begin > b.when->begin) continue;
      auto whole = parse_when(a.when->value + "/" + b.when->value);
      if (whole) a.when = std::move(whole);
    }
  }

  const Document& document_;
  std::unique_ptr<Atoms> atoms_;
  std::vector<Item> items_;
  const Lexicon& lexicon_;
  Context context_;
  std::vector<Found> found_;
};

}  // namespace
}  // namespace times

Result<void> check_times_data() {
  const auto& loaded = times::shared_lexicon();
  return loaded ? Result<void>() : Result<void>(loaded.error());
}

std::vector<TimeExpression> find_times(const Document& document) {
  const auto& loaded = times::shared_lexicon();
  if (!loaded) return {};
  return times::Finder(document, **loaded).run();
}

}  // namespace relata
