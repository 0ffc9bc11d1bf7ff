// The token tables as the program sees them: part of its image, read in place, never parsed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "extract/tokens/murmur.h"
#include "extract/tokens/pack_format.h"

namespace relata::pack {

// Everything lives as long as the program; any thread.
class Tables {
 public:
  explicit Tables(const char* bytes) : bytes_(bytes), header_(*reinterpret_cast<const Header*>(bytes)) {}

  const Header& header() const { return header_; }

  template <typename T>
  std::span<const T> all(Slice slice) const {
    return {reinterpret_cast<const T*>(bytes_ + slice.offset), slice.count};
  }
  template <typename T>
  std::span<const T> part(Slice slice, Run run) const {
    return all<T>(slice).subspan(run.first, run.count);
  }
  std::string_view text(Text text) const { return {bytes_ + header_.texts.offset + text.offset, text.size}; }

  // The entry of a key; `hash` is murmur64a(key).
  const MapEntry* find(const Map& map, std::string_view key, std::uint64_t hash) const {
    const auto* buckets = reinterpret_cast<const std::uint32_t*>(bytes_ + map.buckets.offset);
    const auto* entries = reinterpret_cast<const MapEntry*>(bytes_ + map.entries.offset);
    const std::uint32_t mask = map.buckets.count - 1;
    for (auto at = static_cast<std::uint32_t>(hash) & mask; buckets[at] != 0; at = (at + 1) & mask) {
      const MapEntry& entry = entries[buckets[at] - 1];
      if (entry.hash == static_cast<std::uint32_t>(hash >> 32) && text(entry.key) == key) return &entry;
    }
    return nullptr;
  }
  const MapEntry* find(const Map& map, std::string_view key) const { return find(map, key, murmur64a(key)); }

  // Precondition: c < 0x110000.
  const Character& character(char32_t c) const {
    const auto* stage1 = reinterpret_cast<const std::uint16_t*>(bytes_ + header_.stage1.offset);
    const auto* stage2 = reinterpret_cast<const Character*>(bytes_ + header_.stage2.offset);
    return stage2[(static_cast<std::uint32_t>(stage1[c >> 8]) << 8) | (c & 255)];
  }

 private:
  const char* bytes_;
  const Header& header_;
};

const Tables& tables();

}  // namespace relata::pack
