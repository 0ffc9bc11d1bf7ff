#include "query/check.h"

#include <string>

namespace relata {

Result<void> check(const Filter& filter, const GraphView& view) {
  if (filter.from && filter.until && *filter.from > *filter.until)
    return bad_input("from=" + to_string(*filter.from) + ": lies after until=" + to_string(*filter.until));
  if (!(filter.min_confidence >= 0 && filter.min_confidence <= 1)) return bad_input("min_confidence=" + std::to_string(filter.min_confidence) + ": from 0 to 1");
  if (filter.version && *filter.version > view.version())
    return bad_input("version=" + std::to_string(*filter.version) + ": the newest is " + std::to_string(view.version()));
  return {};
}

Result<void> check_range(std::string_view parameter, int value, int low, int high) {
  if (value >= low && value <= high) return {};
  return bad_input(std::string(parameter) + "=" + std::to_string(value) + ": from " + std::to_string(low) + " to " + std::to_string(high));
}

}  // namespace relata
