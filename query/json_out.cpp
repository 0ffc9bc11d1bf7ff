#include "query/json_out.h"

#include <rapidjson/internal/dtoa.h>

#include <cmath>
#include <cstring>

#include "query/utf8.h"

namespace relata {
namespace {

// Whether a byte of a string stands in JSON as it is and is a character of its own.
bool plain(unsigned char byte) { return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\'; }

// The same of eight at once: the highest bit of a byte tells that it is not ("Bit Twiddling Hacks", S. E. Anderson: haszero, hasless; a byte
// after one that is not may be taken for another such).
std::uint64_t not_plain(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHigh = 0x8080808080808080u;
  const auto zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes; };
  return (eight | (eight - kOnes * 0x20) | zero(eight ^ kOnes * '"') | zero(eight ^ kOnes * '\\')) & kHigh;
}

std::size_t plain_run(std::string_view text) {
  std::size_t length = 0;
  for (std::uint64_t eight = 0; length + sizeof eight <= text.size(); length += sizeof eight) {
    std::memcpy(&eight, text.data() + length, sizeof eight);
    if (not_plain(eight) != 0) break;
  }
  while (length < text.size() && plain(static_cast<unsigned char>(text[length]))) ++length;
  return length;
}

// At most six bytes.
std::size_t escaped(char c, char* into) {
  static constexpr std::string_view kLetters = "btnvfr", kDigits = "0123456789ABCDEF";  // letters from 8 on
  const auto byte = static_cast<unsigned char>(c);
  const bool lettered = byte >= 8 && byte < 14 && byte != 11;
  into[0] = '\\';
  if (c == '"' || c == '\\' || lettered) {
    into[1] = lettered ? kLetters[byte - 8u] : c;
    return 2;
  }
  std::string_view("u00").copy(into + 1, 3);
  into[4] = kDigits[byte >> 4];
  into[5] = kDigits[byte & 15];
  return 6;
}

}  // namespace

void JsonOut::quote(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  expect(text.size() + 2);
  add('"');
  for (;;) {
    const std::size_t run = plain_run(text);
    add(text.substr(0, run));
    text.remove_prefix(run);
    if (text.empty()) break;
    const std::size_t length = utf8_sequence(text);
    if (length > 1) {
      add(text.substr(0, length));
    } else if (length == 1) {
      char bytes[6];
      add({bytes, escaped(text.front(), bytes)});
    } else {
      add(kReplacement);
      well_formed_ = well_formed_ && replacing_;
    }
    text.remove_prefix(length > 0 ? length : 1);
  }
  add('"');
}

void JsonOut::put(double number) {
  if (!std::isfinite(number)) return put(nullptr);
  char digits[32];
  plain({digits, static_cast<std::size_t>(rapidjson::internal::dtoa(number, digits) - digits)});
}

}  // namespace relata
