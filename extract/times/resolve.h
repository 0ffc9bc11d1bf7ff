// From what an expression says to the TIMEX3 value it has in its place of the text.
#pragma once

#include <functional>
#include <string>

#include "extract/times/context.h"
#include "extract/times/lexicon.h"
#include "extract/times/reading.h"

namespace relata::times {

class Resolver {
 public:
  // Both outlive the resolver; the context's focus moves with each resolved date.
  Resolver(const Lexicon& lexicon, Context& context) : lexicon_(lexicon), context_(context) {}

  // The value of the reading; readings of one text are resolved in text order. `leading`: it opens its sentence.
  std::string value(const Reading& reading, Tense tense, bool leading);

 private:
  struct Resolved {
    std::string value;
    Ymd date;
  };

  Ymd base(Base base) const;
  Resolved calendar(const Reading& r, Tense tense);
  Resolved named(Reading r, Tense tense);       // year, month, day, season, quarter, ... without a shift
  Resolved shifted(const Reading& r, Tense tense);
  Resolved offset(const Reading& r, Tense tense);
  Resolved weekday(const Reading& r, Tense tense) const;
  Resolved nth(const Reading& r, Tense tense);
  Resolved lone_day(const Reading& r, Tense tense) const;
  Resolved of_year(const Reading& r, int year) const;  // season, quarter, half, week, month of a known year
  Resolved of_day(const Reading& r, Day day) const;    // the day, its week or its weekend
  Resolved step(Ymd from, Unit unit, long long amount) const;
  Resolved vague_year(const Reading& r) const;
  std::string with_clock(const Reading& r, const Resolved& date, Tense tense) const;
  // The year in which something that comes every year is meant; `begin` gives its first day in a year. 0: cannot be told.
  int choose_year(const std::function<std::optional<Day>(int)>& begin, const Reading& r, Tense tense, int month) const;
  int full_year(const Reading& r) const;

  const Lexicon& lexicon_;
  Context& context_;
};

}  // namespace relata::times
