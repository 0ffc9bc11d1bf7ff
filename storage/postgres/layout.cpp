#include "storage/postgres/layout.h"

#include <array>

namespace relata::storage {
namespace {

constexpr std::size_t kShardBytes = 8;

// In the order of Family.
constexpr std::array<TableLayout, kFamilies> kLayouts = {{
    {"meta", false, 0, false},
    {"articles", true, 0, false},
    {"bodies", true, 0, false},
    {"log", true, 5, true},  // a version and a kind of change, then the article
    {"actors", true, 0, true},
    {"entities", true, 0, true},
    {"keys", true, 0, false},
    {"identity", false, 0, false},
    {"past", true, 1, false},  // a letter, then an article or an entity
    {"addresses", true, 0, false},
}};

std::int64_t number_at(std::string_view key, std::size_t at) {
  std::uint64_t number = 0;
  for (const char byte : key.substr(at, kShardBytes)) number = number << 8 | static_cast<std::uint8_t>(byte);
  return static_cast<std::int64_t>(number);
}

}  // namespace

std::string after_all(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(end.back() + 1);
  return end;
}

const TableLayout& layout_of(Family family) { return kLayouts[static_cast<std::size_t>(family)]; }

std::optional<std::int64_t> shard_of_prefix(const TableLayout& layout, std::string_view prefix) {
  if (!layout.sharded) return 0;
  if (layout.shard_at == kAtEnd || prefix.size() < layout.shard_at + kShardBytes) return std::nullopt;
  return number_at(prefix, layout.shard_at);
}

std::int64_t shard_of(const TableLayout& layout, std::string_view key) {
  if (layout.shard_at == kAtEnd) return key.size() < kShardBytes ? 0 : number_at(key, key.size() - kShardBytes);
  return shard_of_prefix(layout, key).value_or(0);
}

}  // namespace relata::storage
