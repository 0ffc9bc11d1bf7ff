#include "query/address.h"

#include <algorithm>
#include <cctype>

#include "query/utf8.h"

namespace relata {
namespace {

int hex(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  const int letter = std::tolower(static_cast<unsigned char>(digit));
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

bool clean(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    if (length == 0 || static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7F) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool decode(std::string_view raw, bool plus, std::string& text) {
  text.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      text += plus && raw[i] == '+' ? ' ' : raw[i];
      continue;
    }
    if (i + 2 >= raw.size() || hex(raw[i + 1]) < 0 || hex(raw[i + 2]) < 0) return false;
    text += static_cast<char>(hex(raw[i + 1]) * 16 + hex(raw[i + 2]));
    i += 2;
  }
  return clean(text);
}

// Hands each part of `text` between separators to `use`, until it returns false.
template <typename Use>
bool each(std::string_view text, char separator, const Use& use) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (end > at && !use(text.substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

Result<Address> parse_address(std::string_view target) {
  Address address;
  target = target.substr(0, target.find('#'));
  const std::size_t mark = target.find('?');
  std::string text, value;
  const bool path_fine = each(target.substr(0, mark), '/', [&](std::string_view part) {
    if (!decode(part, false, text)) return false;
    address.path.push_back(text);
    return true;
  });
  if (!path_fine) return bad_input("address: a path of UTF-8 with % escapes is expected");
  if (mark == std::string_view::npos) return address;
  std::string guilty;
  const bool query_fine = each(target.substr(mark + 1), '&', [&](std::string_view part) {
    const std::size_t is = std::min(part.find('='), part.size());
    guilty = part.substr(0, std::min<std::size_t>(is, 100));
    if (!decode(part.substr(0, is), true, text) || !decode(part.substr(std::min(is + 1, part.size())), true, value)) return false;
    address.query[text].push_back(value);
    return true;
  });
  if (!query_fine) return bad_input(guilty + ": UTF-8 with % escapes and without control characters is expected");
  return address;
}

std::string escape(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string safe;
  for (const unsigned char byte : text) {
    if (std::isalnum(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~') {
      safe += static_cast<char>(byte);
    } else {
      safe += '%';
      safe += kDigits[byte >> 4];
      safe += kDigits[byte & 15];
    }
  }
  return safe;
}

}  // namespace relata
