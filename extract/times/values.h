// TIMEX3 spelling of lengths and of times of day.
#pragma once

#include <string>

#include "extract/times/reading.h"

namespace relata::times {

// "P3D", "PT30M", "P2DE", "PXW" for an unknown number; halves of a unit in the next smaller one where that is whole ("PT30M", "P6M").
std::string length_value(Length length);
// "PT1H20M", "P2Y6M". Precondition: joined_lengths.
std::string length_value(Length whole, Length rest);
bool joined_lengths(Length whole, Length rest);

// "T17:30", "T08:00", "T24:00", "TMO".
std::string clock_value(const Reading& reading);

}  // namespace relata::times
