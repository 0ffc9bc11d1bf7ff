// The encoding of stored values: little-endian fixed integers, LEB128 varints, length-prefixed bytes. Keys use big-endian
// integers so that RocksDB's byte order is numeric order. FORMAT.md describes every key and value made of these.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relata::storage {

class ByteWriter {
 public:
  void u8(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void fixed32(std::uint32_t value) { little(value); }
  void fixed64(std::uint64_t value) { little(value); }
  void big32(std::uint32_t value) { big(value); }
  void big64(std::uint64_t value) { big(value); }
  void varint(std::uint64_t value) {
    if (value < 0x80) return u8(static_cast<std::uint8_t>(value));
    char bytes[10];
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7) bytes[size++] = static_cast<char>(value | 0x80);
    bytes[size++] = static_cast<char>(value);
    bytes_.append(bytes, size);
  }
  void zigzag(std::int64_t value) { varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63)); }
  void text(std::string_view value) {
    varint(value.size());
    bytes_.append(value);
  }
  void raw(std::string_view value) { bytes_.append(value); }

  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }
  void clear() { bytes_.clear(); }  // keeps its memory

 private:
  template <typename Number>
  void little(Number value) {
    char bytes[sizeof value];
    for (std::size_t i = 0; i < sizeof value; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
    bytes_.append(bytes, sizeof value);
  }
  template <typename Number>
  void big(Number value) {
    char bytes[sizeof value];
    for (std::size_t i = 0; i < sizeof value; ++i) bytes[i] = static_cast<char>(value >> (8 * (sizeof value - 1 - i)));
    bytes_.append(bytes, sizeof value);
  }
  std::string bytes_;
};

// Reads what a ByteWriter wrote. A read past the end, an overlong varint or fail() makes the reader bad for good: from then
// on everything reads as zero or empty, so a decoder may check done() once at its end. Views point into the bytes given.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(little(1)); }
  std::uint32_t fixed32() { return static_cast<std::uint32_t>(little(4)); }
  std::uint64_t fixed64() { return little(8); }
  std::uint32_t big32() { return static_cast<std::uint32_t>(big(4)); }
  std::uint64_t big64() { return big(8); }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = u8();
      if (shift == 63 && byte > 1) break;
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }
  std::uint32_t varint32() {
    const std::uint64_t value = varint();
    if (value > 0xffffffffu) fail();
    return ok_ ? static_cast<std::uint32_t>(value) : 0;
  }
  std::int64_t zigzag() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  std::string_view text() { return take(varint()); }
  // Number of items that follow, each at least one byte long: never more than the bytes left, so safe to reserve.
  std::size_t count() {
    const std::uint64_t value = varint();
    if (value > rest_.size()) fail();
    return ok_ ? static_cast<std::size_t>(value) : 0;
  }
  std::string_view rest() { return take(rest_.size()); }

  void fail() {
    ok_ = false;
    rest_ = {};
  }
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) {
      fail();
      return {};
    }
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::uint64_t little(std::size_t width) {
    const std::string_view bytes = take(width);
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
  }
  std::uint64_t big(std::size_t width) {
    std::uint64_t value = 0;
    for (const char byte : take(width)) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace relata::storage
