// Date: the time expressions of an article as TIMEX3, anchored to its publication date or the date in focus.
#pragma once

#include <optional>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "graph/date.h"
#include "graph/result.h"

namespace relata {

// Whether data/times/ could be read: the error of reading it otherwise, and find_times finds nothing. Read once, then shared by all threads.
Result<void> check_times_data();

// In text order, not overlapping. Without a publication date, relative expressions get values with unknown parts (XXXX-WXX-5)
// and no days, unless the text itself gives the anchor.
std::vector<TimeExpression> find_times(const Document& document);

// The days that the event or state `predicate` names happened or held, by syntax: the expression that modifies it, its clause,
// or the clause that carries it. Nothing when the text does not tell. Returned: index into `times`.
std::optional<std::size_t> time_of(const Document& document, const std::vector<TimeExpression>& times, TokenIndex predicate);

}  // namespace relata
