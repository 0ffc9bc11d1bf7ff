#include "query/xml_text.h"

#include <array>

#include "query/utf8.h"

namespace relata {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// ASCII that stands for itself.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '&' && c != '<' && c != '>' && c != '"';
  return plain;
}();

std::string_view escaped(unsigned char ascii) {
  switch (ascii) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";  // else parsers would fold them in attributes
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default: return kReplacement;
  }
}

}  // namespace

void append_xml(std::string& to, std::string_view text) {
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && kPlain[static_cast<unsigned char>(text[plain])]) ++plain;
    to += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return;
    const auto byte = static_cast<unsigned char>(text[0]);
    const std::size_t length = byte < 0x80 ? 1 : utf8_sequence(text);
    const std::string_view one = text.substr(0, length == 0 ? 1 : length);
    text.remove_prefix(one.size());
    if (byte < 0x80)
      to += escaped(byte);
    else
      to += length == 0 || one == "\xEF\xBF\xBE" || one == "\xEF\xBF\xBF" ? kReplacement : one;
  }
}

std::string xml(std::string_view text) {
  std::string safe;
  append_xml(safe, text);
  return safe;
}

}  // namespace relata
