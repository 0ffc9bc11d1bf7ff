#include "extract/reading/dateline.h"

#include <doctest/doctest.h>

#include "extract/reading/dates.h"

using namespace relata;

namespace {

const ReadingWords& words() { return **reading_words(); }

// "2024-11-18 dateline Reuters"; "-" for what is missing.
std::string publication(std::string_view text) {
  const Publication found = find_publication(text, words());
  return (found.day ? to_string(*found.day) : "-") + " " + std::string(to_string(found.from)) + " " + (found.publisher.empty() ? "-" : found.publisher);
}

std::string day(std::string_view value) {
  const auto found = parse_published(value, words());
  return found ? to_string(*found) : "-";
}

const std::string kBody = "The two ministers signed the agreement after a long night of talks, officials said.\n";

}  // namespace

TEST_CASE("values of metadata") {
  struct Case {
    const char *value, *day;
  };
  for (const Case& c : {
           Case{"2024-11-18", "2024-11-18"}, {"2024-11-18T23:30:00-05:00", "2024-11-18"}, {"20241118", "2024-11-18"}, {"20241118T101500Z", "2024-11-18"},
           {"1731924000", "2024-11-18"}, {"1731924000000", "2024-11-18"}, {"Mon, 18 Nov 2024 10:15:00 GMT", "2024-11-18"}, {"18.11.2024", "2024-11-18"},
           {"18/11/2024", "2024-11-18"}, {"11/18/2024", "2024-11-18"}, {"2024/11/18 10:00", "2024-11-18"}, {"November 18th, 2024", "2024-11-18"},
           {"18 Nov. 2024", "2024-11-18"}, {"03/04/2024", "-"}, {"2023-02-30", "-"}, {"yesterday", "-"}, {"", "-"}, {"2024", "-"}, {"99999999", "-"},
       })
    CHECK_MESSAGE(day(c.value) == c.day, c.value);
}

TEST_CASE("datelines of agencies") {
  struct Case {
    const char *line, *publication;
  };
  for (const Case& c : {
           Case{"MINSK, November 18, 2024. /TASS/. ", "2024-11-18 dateline TASS"},
           {"LONDON, March 3, 2022 (Reuters) - ", "2022-03-03 dateline Reuters"},
           {"Nov 18, 2024 (Reuters) - ", "2024-11-18 dateline Reuters"},
           {"KYIV (AP) \u2014 ", "- none Associated Press"},
           {"PARIS, May 5 2023 \u2013 ", "2023-05-05 dateline -"},
           {"ST. PETERSBURG, 7 June 2023, /Interfax/ - ", "2023-06-07 dateline Interfax"},
           {"RIO DE JANEIRO (AFP) \u2013 ", "- none AFP"},
           {"RIGA, 7 June 2023. /Harbour News/. ", "2023-06-07 dateline Harbour News"},
           {"RIGA, June 7, 2023 (Harbour News) - ", "2023-06-07 dateline Harbour News"},
           {"Taipei, Taiwan \u2014 ", "- none -"},
           {"NATO, November 18, 2024 meeting of ministers: ", "- none -"},
       })
    CHECK_MESSAGE(publication("Talks end with a treaty\n\n" + std::string(c.line) + kBody) == c.publication, c.line);
}

TEST_CASE("a dateline without a year is a date only where the text itself tells the year of that day") {
  const Publication unknown = find_publication("MINSK, November 18. /TASS/. " + kBody, words());
  CHECK(!unknown.day);
  CHECK(unknown.publisher == "TASS");
  CHECK(unknown.note == "the dateline has month 11, day 18 but no year: the publication date is unknown");
  CHECK(publication("MINSK, November 18. /TASS/. " + kBody + "The treaty of November 18, 2024 ends the dispute.\n") == "2024-11-18 dateline TASS");
  CHECK(publication("MINSK, November 18. /TASS/. " + kBody + "They last met on November 18, 2019 and November 18, 2020.\n") == "- none TASS");
  CHECK(publication("MINSK, November 18. /TASS/. " + kBody + "Posted on 19 November 2024\n") == "2024-11-19 text TASS");
}

TEST_CASE("days that a text tells of itself") {
  struct Case {
    const char *line, *publication;
  };
  for (const Case& c : {
           Case{"Friday, August 21, 2015", "2015-08-21 text -"}, {"DCT: 2017-07-18", "2017-07-18 text -"}, {"Published: 3 May 2024, 10:15 GMT", "2024-05-03 text -"},
           {"Posted on May 3, 2024 by admin", "2024-05-03 text -"}, {"3 May 2024 | 10:15 am", "2024-05-03 text -"}, {"By Ann Lee | May 3, 2024", "2024-05-03 text -"},
           {"Last updated: 4 May 2024", "2024-05-04 text -"}, {"Thursday, May 7, 2015 The government said so.", "2015-05-07 text -"},
           {"On Friday, August 21, 2015, the army said so.", "- none -"}, {"Date palms of May 3, 2024", "- none -"}, {"July 2015", "- none -"},
       })
    CHECK_MESSAGE(publication("Talks end with a treaty\n\n" + std::string(c.line) + "\n\n" + kBody) == c.publication, c.line);
}

TEST_CASE("the first publication counts more than a change") {
  CHECK(publication("Treaty\nUpdated: May 4, 2024\nPublished: May 3, 2024\n" + kBody) == "2024-05-03 text -");
}

TEST_CASE("a date further down is an event's, not the article's") {
  CHECK(publication(kBody + kBody + kBody + kBody + kBody + kBody + "May 3, 2024\n" + kBody) == "- none -");
}

TEST_CASE("days in addresses") {
  const auto address = [](std::string_view text) {
    const auto found = day_in_address(text);
    return found ? to_string(*found) : "-";
  };
  CHECK(address("https://news.example/2024/11/18/treaty") == "2024-11-18");
  CHECK(address("https://news.example/world-2024-11-18-treaty") == "2024-11-18");
  CHECK(address("https://news.example/20241118/treaty") == "2024-11-18");
  CHECK(address("https://news.example/article/12345678") == "-");
  CHECK(address("https://news.example/2024/treaty") == "-");
}
