#include "storage/database.h"

#include <array>

namespace relata::storage {
namespace {

constexpr std::array<const char*, kFamilies> kNames = {"default", "articles", "bodies", "log", "actors", "entities", "keys", "identity", "past", "addresses"};

}  // namespace

const char* to_string(Family family) { return kNames[static_cast<std::size_t>(family)]; }

std::string name_of(Family family, std::string_view key) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text = std::string("family ") + to_string(family) + ", key ";
  for (const char byte : key.substr(0, 64)) {
    text += kDigits[static_cast<std::uint8_t>(byte) >> 4];
    text += kDigits[static_cast<std::uint8_t>(byte) & 15];
  }
  return text;
}

Result<SortedFile> Database::sorted_file(Family, const std::string&) const { return bad_input(folder() + ": takes no files"); }
Result<void> Database::ingest(const std::vector<SortedFile>&) { return bad_input(folder() + ": takes no files"); }

Result<void> Database::take_over(const Database&, Version) { return bad_input(folder() + ": is not loaded that way"); }

Result<void> Database::written_since(Family, Version, const Visitor&, const Snapshot&) const {
  return bad_input(folder() + ": one process writes this database");
}

Result<void> Database::get_each(Family family, std::span<const std::string> keys, const Taker& take) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto value = get(family, keys[i]);
    if (!value) return value.error();
    if (Result<void> taken = take(i, *value ? std::optional<std::string_view>(**value) : std::nullopt); !taken) return taken;
  }
  return {};
}

Result<void> Database::scan(Family family, std::string_view prefix, std::string_view from, const Visitor& visitor, const Snapshot& at) const {
  const auto walk = [&](std::string_view key, std::string_view value) -> Result<bool> {
    if (auto visited = visitor(key, value); !visited) return visited.error();
    return true;
  };
  return visit(family, prefix, from, walk, at);
}

}  // namespace relata::storage
