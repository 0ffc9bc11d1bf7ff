// The day of the news: a news article tells what is new without a date of its own, because its head has it. A headline stands in the
// present ("Norland bans Sudria's airlines"), and the sentence below it tells the same in the past or perfect. A word so told happened on
// the day of the article's head or, when the head has none, on its day of publication. What sources say, background ("had been"), plans
// and states are no news of that day.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"

namespace relata::statements {

struct News {
  std::optional<When> day;      // nothing: the text has neither a headline nor a date line, or no day of publication is known
  std::vector<bool> headline;   // of the first sentences: is it one?
  std::size_t lead = static_cast<std::size_t>(-1);  // the first sentence of prose
};

News find_news(const Document& document, const std::vector<TimeExpression>& times);

// Does the predicate tell what is new: the main verb of a headline or of the lead, or what goes with it?
bool tells_news(const Document& document, const News& news, TokenIndex predicate);

}  // namespace relata::statements
