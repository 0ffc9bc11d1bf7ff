// Checks that all questions share.
#pragma once

#include "graph/filter.h"
#include "graph/result.h"
#include "graph/view.h"

namespace relata {

// bad_input: from after until, a confidence outside 0..1, a version the view does not hold.
Result<void> check(const Filter& filter, const GraphView& view);

// bad_input unless low <= value <= high; names the parameter and the range.
Result<void> check_range(std::string_view parameter, int value, int low, int high);

}  // namespace relata
