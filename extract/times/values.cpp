#include "extract/times/values.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace relata::times {
namespace {

// Clock units follow a "T".
std::string letter(Unit unit) {
  switch (unit) {
    case Unit::second: return "S";
    case Unit::minute: return "M";
    case Unit::hour: return "H";
    case Unit::day:
    case Unit::night: return "D";
    case Unit::weekday: return "WD";
    case Unit::weekend: return "WE";
    case Unit::week: return "W";
    case Unit::month: return "M";
    case Unit::quarter: return "Q";
    case Unit::season: return "S";
    case Unit::year: return "Y";
    case Unit::decade: return "DE";
    case Unit::century: return "CE";
    case Unit::millennium: return "ML";
  }
  return "";
}

std::string number(double amount) {
  if (amount < 0) return "X";
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.10g", std::round(amount * 100) / 100);
  return text.data();
}

}  // namespace

std::string length_value(Length length) {
  if (length.amount == 0.5 || length.amount == 0.25) {
    switch (length.unit) {
      case Unit::minute: length = {length.amount * 60, Unit::second}; break;
      case Unit::hour: length = {length.amount * 60, Unit::minute}; break;
      case Unit::day: length = {length.amount * 24, Unit::hour}; break;
      case Unit::year: length = {length.amount * 12, Unit::month}; break;
      case Unit::decade: length = {length.amount * 10, Unit::year}; break;
      case Unit::century: length = {length.amount * 100, Unit::year}; break;
      default: break;
    }
  }
  return std::string(is_clock_unit(length.unit) ? "PT" : "P") + number(length.amount) + letter(length.unit);
}

bool joined_lengths(Length whole, Length rest) {
  const auto joinable = [](Unit unit) {
    return is_clock_unit(unit) || unit == Unit::day || unit == Unit::week || unit == Unit::month || unit == Unit::year;
  };
  return joinable(whole.unit) && joinable(rest.unit) && rest.unit < whole.unit;
}

std::string length_value(Length whole, Length rest) {
  const bool separate = is_clock_unit(rest.unit) && !is_clock_unit(whole.unit);
  return length_value(whole) + (separate ? "T" : "") + number(rest.amount) + letter(rest.unit);
}

std::string clock_value(const Reading& reading) {
  if (reading.hour < 0) return reading.part.empty() ? "" : "T" + reading.part;
  std::string value = "T" + two_digits(reading.hour) + ":" + two_digits(reading.minute < 0 ? 0 : reading.minute);
  if (reading.second >= 0) value += ":" + two_digits(reading.second);
  return value;
}

}  // namespace relata::times
