#include "query/xml_text.h"

#include "query/utf8.h"

namespace relata {

std::string xml(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string safe;
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    const std::string_view one = text.substr(0, length == 0 ? 1 : length);
    text.remove_prefix(one.size());
    const auto byte = static_cast<unsigned char>(one[0]);
    if (length == 0 || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || one == "\xEF\xBF\xBE" || one == "\xEF\xBF\xBF")
      safe += kReplacement;
    else if (byte == '&')
      safe += "&amp;";
    else if (byte == '<')
      safe += "&lt;";
    else if (byte == '>')
      safe += "&gt;";
    else if (byte == '"')
      safe += "&quot;";
    else if (byte < 0x20)
      safe += byte == '\t' ? "&#9;" : byte == '\n' ? "&#10;" : "&#13;";  // else parsers would fold them in attributes
    else
      safe += one;
  }
  return safe;
}

}  // namespace relata
