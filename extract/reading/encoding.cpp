#include "extract/reading/encoding.h"

#include <iconv.h>
#include <uchardet/uchardet.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>

namespace relata {
namespace {

struct Sequence {
  std::size_t size = 0;  // bytes to go on by
  bool valid = false;
};

// The well-formed sequence at `at` (Unicode table 3-7), or the maximal broken part of one.
Sequence sequence_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  const unsigned first = byte(0);
  if (first < 0x80) return {1, true};
  std::size_t length = 0;
  unsigned low = 0x80, high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) length = 2;
  else if (first >= 0xE0 && first <= 0xEF) length = 3;
  else if (first >= 0xF0 && first <= 0xF4) length = 4;
  else return {1, false};
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) < low || byte(i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

// Bytes before the first broken sequence or NUL.
std::size_t clean_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] != '\0') {
    const Sequence s = sequence_at(text, at);
    if (!s.valid) break;
    at += s.size;
  }
  return at;
}

constexpr std::string_view kMark = "\xEF\xBB\xBF";

std::optional<std::string> convert(std::string_view bytes, const std::string& charset) {
  const auto close = [](void* handle) { iconv_close(handle); };
  const iconv_t handle = iconv_open("UTF-8", charset.c_str());
  if (handle == reinterpret_cast<iconv_t>(-1)) return {};
  const std::unique_ptr<void, decltype(close)> guard(handle, close);
  std::string out;
  std::string buffer(1 << 16, '\0');
  char* from = const_cast<char*>(bytes.data());  // iconv does not write there
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done = iconv(handle, &from, &left, &to, &room);
    out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
    if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    out += "\xEF\xBF\xBD";  // not of this encoding: one byte is passed over
    ++from;
    --left;
  }
  return out;
}

std::optional<std::string> by_mark(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return convert(bytes.substr(4), "UTF-32LE");
  if (bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return convert(bytes.substr(4), "UTF-32BE");
  if (bytes.starts_with("\xFF\xFE")) return convert(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return convert(bytes.substr(2), "UTF-16BE");
  return {};
}

// Latin text in UTF-16 has a zero in nearly every second byte, always on the same side.
std::optional<std::string> by_zeros(std::string_view bytes) {
  const std::size_t sample = std::min<std::size_t>(bytes.size(), 4096) / 2 * 2;
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < sample; i += 2) {
    even += bytes[i] == '\0';
    odd += bytes[i + 1] == '\0';
  }
  const std::size_t pairs = sample / 2;
  if (pairs < 4) return {};
  if (odd * 10 > pairs * 6 && even * 20 < pairs) return convert(bytes, "UTF-16LE");
  if (even * 10 > pairs * 6 && odd * 20 < pairs) return convert(bytes, "UTF-16BE");
  return {};
}

std::string guess(std::string_view bytes) {
  constexpr std::size_t kSample = 1 << 20;  // more tells nothing new
  uchardet_t detector = uchardet_new();
  uchardet_handle_data(detector, bytes.data(), std::min(bytes.size(), kSample));
  uchardet_data_end(detector);
  std::string charset = uchardet_get_charset(detector);
  uchardet_delete(detector);
  return charset;
}

// What pages call Latin-1 is windows-1252 (WHATWG encoding standard); ASCII or UTF-8 it cannot be, or it would have been valid.
std::string usable(std::string_view charset) {
  std::string out;
  for (const char c : charset) out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  if (out == "ISO-8859-1" || out == "LATIN1" || out == "LATIN-1" || out == "US-ASCII" || out == "ASCII") return "WINDOWS-1252";
  if (out == "UTF-8" || out == "UTF8") return {};
  return out;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Sequence s = sequence_at(text, at);
    if (!s.valid) return false;
    at += s.size;
  }
  return true;
}

std::string clean_utf8(std::string text) {
  if (text.starts_with(kMark)) text.erase(0, kMark.size());
  std::size_t at = clean_prefix(text);
  if (at == text.size()) return text;
  std::string out = text.substr(0, at);
  out.reserve(text.size());
  while (at < text.size()) {
    const Sequence s = sequence_at(text, at);
    if (!s.valid) out += "\xEF\xBF\xBD";
    else if (text[at] != '\0') out.append(text, at, s.size);
    at += s.size;
  }
  return out;
}

std::string decode_text(std::string bytes, std::string_view charset) {
  if (auto marked = by_mark(bytes)) return clean_utf8(std::move(*marked));
  if (auto wide = by_zeros(bytes)) return clean_utf8(std::move(*wide));
  if (is_valid_utf8(bytes)) return clean_utf8(std::move(bytes));
  const std::string told = usable(charset);
  if (!told.empty())
    if (auto text = convert(bytes, told)) return clean_utf8(std::move(*text));
  // A few broken bytes in a text that is UTF-8 otherwise are damage, not another encoding.
  std::size_t broken = 0, wide = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const Sequence s = sequence_at(bytes, at);
    broken += !s.valid;
    wide += s.valid && s.size > 1;
    at += s.size;
  }
  if (wide >= broken * 4) return clean_utf8(std::move(bytes));
  std::string guessed = usable(guess(bytes));
  if (guessed.empty()) guessed = "WINDOWS-1252";
  if (auto text = convert(bytes, guessed)) return clean_utf8(std::move(*text));
  return clean_utf8(std::move(bytes));
}

}  // namespace relata
