// The model's address pattern, matched in one pass. Its parts are regular and no character of a chunk is white space, so a match
// exists exactly if, from one of the places where a host can begin, a host is followed by nothing, a port or a path.
#include "extract/tokens/affixes.h"
#include "extract/tokens/characters.h"

namespace relata {
namespace {

bool has(CodePoint c, std::uint32_t mask) { return c.size != 0 && (character_bits(c.value) & mask) != 0; }

// [0-9A-Za-z] and everything from U+00A1 to U+FFFF.
bool host_letter(CodePoint c) {
  const char32_t v = c.value;
  return c.size != 0 && ((v >= '0' && v <= '9') || (v >= 'A' && v <= 'Z') || (v >= 'a' && v <= 'z') || (v >= 0xA1 && v <= 0xFFFF));
}

// What may follow a host: the end, a path, or a port of two to five digits and then one of these.
bool tail_fits(std::string_view chunk, std::size_t at) {
  const auto rest = [&](std::size_t i) { return i == chunk.size() || chunk[i] == '#' || chunk[i] == '/' || chunk[i] == '?'; };
  if (rest(at)) return true;
  if (chunk[at] != ':') return false;
  ++at;
  for (int digits = 1; digits <= 5; ++digits) {
    const CodePoint c = code_point_at(chunk, at);
    if (!has(c, pack::kDecimal)) return false;
    at += c.size;
    if (digits >= 2 && rest(at)) return true;
  }
  return false;
}

// (label.)+ and a top-level domain of 2 to 63 letters; labels of 1 to 64 characters neither begin nor end with '-' or '_'.
bool domain_fits(std::string_view chunk, std::size_t at) {
  constexpr int kLongestLabel = 64, kLongestTop = 63;
  for (;;) {
    int length = 0;
    CodePoint c, last;
    while ((c = code_point_at(chunk, at)).size != 0 && (host_letter(c) || (length > 0 && (c.value == '-' || c.value == '_')))) {
      if (++length > kLongestLabel) return false;
      last = c;
      at += c.size;
    }
    if (length == 0 || c.value != '.' || c.size == 0 || !host_letter(last)) return false;
    ++at;
    int top = 0;
    std::size_t end = at;
    while (top <= kLongestTop && has(c = code_point_at(chunk, end), pack::kTopLevelDomain)) {
      ++top;
      end += c.size;
    }
    if (top >= 2 && top <= kLongestTop && tail_fits(chunk, end)) return true;
  }
}

struct Octet {
  char32_t digit[3] = {};
  int size = 0;  // 0: none, or more than three digits
  bool is(std::u32string_view text) const { return text == std::u32string_view(digit, static_cast<std::size_t>(size)); }
  bool between(char32_t first, char32_t second_low, char32_t second_high) const {  // a three-digit number by its first two
    return size == 3 && digit[0] == first && digit[1] >= second_low && digit[1] <= second_high;
  }
};

Octet read_octet(std::string_view chunk, std::size_t& at) {
  Octet out;
  CodePoint c;
  while (has(c = code_point_at(chunk, at), pack::kDecimal)) {
    if (out.size == 3) return {};
    out.digit[out.size++] = c.value;
    at += c.size;
  }
  return out;
}

// [1-9]\d? | 1\d\d | 2[01]\d | 22[0-3]
bool first_octet(const Octet& o) {
  if (o.size == 1 || o.size == 2) return o.digit[0] >= '1' && o.digit[0] <= '9';
  return (o.size == 3 && o.digit[0] == '1') || o.between('2', '0', '1') || (o.between('2', '2', '2') && o.digit[2] >= '0' && o.digit[2] <= '3');
}
// 1?\d{1,2} | 2[0-4]\d | 25[0-5]
bool middle_octet(const Octet& o) {
  return o.size == 1 || o.size == 2 || (o.size == 3 && o.digit[0] == '1') || o.between('2', '0', '4') ||
         (o.between('2', '5', '5') && o.digit[2] >= '0' && o.digit[2] <= '5');
}
// [1-9]\d? | 1\d\d | 2[0-4]\d | 25[0-4]
bool last_octet(const Octet& o) {
  if (o.size == 1 || o.size == 2) return o.digit[0] >= '1' && o.digit[0] <= '9';
  return (o.size == 3 && o.digit[0] == '1') || o.between('2', '0', '4') || (o.between('2', '5', '5') && o.digit[2] >= '0' && o.digit[2] <= '4');
}

// Networks that are nobody's address in public.
bool is_private(const Octet& a, const Octet& b) {
  if (a.is(U"10") || a.is(U"127")) return true;
  if ((a.is(U"169") && b.is(U"254")) || (a.is(U"192") && b.is(U"168"))) return true;
  if (!a.is(U"172") || b.size != 2) return false;
  return (b.digit[0] == '1' && b.digit[1] >= '6' && b.digit[1] <= '9') || b.digit[0] == '2' || (b.digit[0] == '3' && (b.digit[1] == '0' || b.digit[1] == '1'));
}

bool ipv4_fits(std::string_view chunk, std::size_t at) {
  Octet octets[4];
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && (at >= chunk.size() || chunk[at++] != '.')) return false;
    octets[i] = read_octet(chunk, at);
    if (octets[i].size == 0) return false;
  }
  return first_octet(octets[0]) && middle_octet(octets[1]) && middle_octet(octets[2]) && last_octet(octets[3]) &&
         !is_private(octets[0], octets[1]) && tail_fits(chunk, at);
}

bool host_fits(std::string_view chunk, std::size_t at) { return ipv4_fits(chunk, at) || domain_fits(chunk, at); }

// The byte after "scheme://", of two or more word characters, '+', '-', '.'; 0 if there is no scheme.
std::size_t after_scheme(std::string_view chunk) {
  std::size_t at = 0;
  int length = 0;
  CodePoint c;
  while (has(c = code_point_at(chunk, at), pack::kWord) || c.value == '+' || c.value == '-' || c.value == '.') {
    if (c.size == 0) break;
    at += c.size;
    ++length;
  }
  return length >= 2 && chunk.substr(at).starts_with("://") ? at + 3 : 0;
}

}  // namespace

bool is_address(std::string_view chunk) {
  if (chunk.find('.') == std::string_view::npos) return false;
  if (host_fits(chunk, 0)) return true;
  if (const std::size_t at = after_scheme(chunk); at != 0 && host_fits(chunk, at)) return true;
  for (std::size_t at = chunk.find('@', 1); at != std::string_view::npos; at = chunk.find('@', at + 1))
    if (host_fits(chunk, at + 1)) return true;
  return false;
}

}  // namespace relata
