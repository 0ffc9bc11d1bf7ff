// Collects the pieces of a pack and writes them.
#pragma once

#include <cstring>
#include <map>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "extract/tokens/murmur.h"
#include "extract/tokens/pack_format.h"

namespace relata::pack {

class Builder {
 public:
  Header header;

  Builder() : bytes_(sizeof(Header)) {}

  // Equal texts are kept once.
  Text text(const std::string& value) {
    auto [it, fresh] = texts_.try_emplace(value, Text{static_cast<std::uint32_t>(text_bytes_.size()), static_cast<std::uint32_t>(value.size())});
    if (fresh) text_bytes_ += value;
    return it->second;
  }

  template <typename T>
  Slice slice(const std::vector<T>& records) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    Slice out{static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(records.size())};
    const char* from = reinterpret_cast<const char*>(records.data());
    bytes_.insert(bytes_.end(), from, from + records.size() * sizeof(T));
    return out;
  }

  Map map(const std::map<std::string, std::uint32_t>& values) {
    std::size_t size = 4;
    while (size < values.size() * 2) size *= 2;
    std::vector<std::uint32_t> buckets(size);
    std::vector<MapEntry> entries;
    for (const auto& [key, value] : values) {
      const std::uint64_t hash = murmur64a(key);
      entries.push_back({text(key), static_cast<std::uint32_t>(hash >> 32), value});
      std::size_t at = hash & (size - 1);
      while (buckets[at] != 0) at = (at + 1) & (size - 1);
      buckets[at] = static_cast<std::uint32_t>(entries.size());
    }
    return {slice(buckets), slice(entries)};
  }

  std::vector<char> finish() {
    header.texts = slice(std::vector<char>(text_bytes_.begin(), text_bytes_.end()));
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    std::memcpy(bytes_.data(), &header, sizeof header);
    return bytes_;
  }

 private:
  std::vector<char> bytes_;
  std::string text_bytes_;
  std::unordered_map<std::string, Text> texts_;
};

}  // namespace relata::pack
