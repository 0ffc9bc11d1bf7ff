// A timeline as a picture.
#pragma once

#include <string>

#include "query/answers.h"

namespace relata {

// Scalable Vector Graphics 1.1: a row for each dated event, a bar from its first day to its last over an axis of years or
// months; undated events are listed below. As many rows as the answer has.
std::string timeline_svg(const TimelineAnswer& answer);

}  // namespace relata
