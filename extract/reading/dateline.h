// When and by whom a text says it was published: "MOSCOW, November 18. /TASS/.", "LONDON (Reuters) -", "Published: 3 May 2024, 10:15 GMT".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/reading/words.h"
#include "graph/date.h"
#include "graph/kinds.h"

namespace relata {

struct Publication {
  std::optional<Day> day;
  PublishedFrom from = PublishedFrom::none;
  std::string publisher;  // of the dateline; may be empty
  std::string note;       // why there is no day although the text has a dateline
};

// What stands before the first sentence of a report: "LONDON, May 3 (Baltic Wire) - ", "NEW DELHI, India — ".
struct Dateplace {
  std::string_view place;  // as written
  std::size_t bytes = 0;   // of all, with the dash and the white space behind it; 0: there is none
  bool sure = false;       // a date or an agency stands there too; else only the dash tells, and the place may be no place
  bool capitals = false;
};
Dateplace find_dateplace(std::string_view paragraph, const ReadingWords& words);

// Looks at the first lines of a text and, for labelled dates, at the last. A dateline without a year takes the year only from the same day
// and month written with one in the text.
Publication find_publication(std::string_view text, const ReadingWords& words);

}  // namespace relata
