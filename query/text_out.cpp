#include "query/text_out.h"

#include <cmath>

namespace relata {

TextOut& TextOut::fraction(double number) {
  char digits[64];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, std::isfinite(number) ? number : 0.0, std::chars_format::fixed, 4);
  return error == std::errc() ? *this << std::string_view(digits, end) : *this << "0.0000";
}

}  // namespace relata
