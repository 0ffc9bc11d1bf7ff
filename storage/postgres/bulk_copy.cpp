#include "storage/postgres/bulk_copy.h"

#include <algorithm>

#include "storage/postgres/row_writer.h"
#include "storage/view_image.h"

namespace relata::storage {
namespace {

Result<void> copy_family(Connection& connection, const Database& from, Family family, Version version) {
  CopyIn in(connection, layout_of(family));
  if (auto begun = in.begin(); !begun) return begun;
  const auto scanned = from.scan(family, "", [&](std::string_view key, std::string_view value) -> Result<void> {
    if (family == Family::meta && key == kImageKey) return {};
    return in.row(key, value, version);
  });
  if (!scanned) return scanned;
  return in.end();
}

Result<void> copy_names(Connection& connection, const Database& from, Version version) {
  CopyIn in(connection, kNamesTable);
  if (auto begun = in.begin(); !begun) return begun;
  const auto scanned = from.scan(Family::entities, "", [&](std::string_view key, std::string_view record) -> Result<void> {
    std::vector<std::string> names = name_keys(key, record);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const std::string& name : names)
      if (auto put = in.row(name, name_mark(record), version); !put) return put;
    return {};
  });
  if (!scanned) return scanned;
  return in.end();
}

}  // namespace

Result<void> copy_all(Connection& connection, const Database& from, Version version) {
  for (const Family family : {Family::meta, Family::past})
    if (auto cleared = connection.command("DELETE FROM " + std::string(layout_of(family).name)); !cleared) return cleared;
  for (std::size_t family = 0; family < kFamilies; ++family)
    if (auto copied = copy_family(connection, from, static_cast<Family>(family), version); !copied) return copied;
  return copy_names(connection, from, version);
}

}  // namespace relata::storage
