// Time expressions of any text stand in order and mean days there are.
#include "extract/times/times.h"

#include "extract/language/language.h"
#include "tests/fuzz/parsed.h"
#include "tests/fuzz/texts.h"

std::vector<std::string> relata::fuzz::seeds() {
  std::vector<std::string> all = texts();
  all.push_back("They met on Friday, 31 October 1997, at half past five, two weeks after the last Monday of May, from 9 to 10 a.m. GMT, in the 1980s, the 19th "
                "century, Q3 2021, FY2020, H1 '99, the winter of 1944-45, and 12/11/2010.");
  all.push_back("Every other Tuesday for three and a half years, twenty-one days before Christmas Eve, the day after tomorrow, by mid-2008, since late last month, "
                "until 2024-W07, 2003-05-04T18:30, at midnight, now, a decade ago, the next 48 hours, yesterday evening, Ramadan, in 44 BC, 1 January 0001.");
  return all;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  static const Result<Language> language = Language::load("models", {.known_forms = 2000, .ready_words = 64});
  fuzz::expect(language.ok() && check_times_data().ok(), "models/ and data/ are in the current folder");
  for (const Document& document : language->parse(fuzz::articles_of(data, size))) {
    const std::vector<TimeExpression> times = find_times(document);
    std::uint32_t end = 0;
    for (const TimeExpression& time : times) {
      fuzz::expect(time.span.begin >= end && time.span.end > time.span.begin, "time expressions stand in order and do not overlap");
      end = time.span.end;
      fuzz::expect(!time.tokens.empty() && time.tokens.last <= document.tokens.size(), "a time expression has tokens");
      fuzz::expect(!time.value.empty(), "a time expression has a value");
      if (time.when) fuzz::expect(kFirstDay <= time.when->begin && time.when->begin <= time.when->end && time.when->end <= kLastDay, "its days are days");
    }
    for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
      const auto found = time_of(document, times, i);
      fuzz::expect(!found || *found < times.size(), "what dates a word is a time expression");
    }
  }
  return 0;
}
