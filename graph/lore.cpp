#include "graph/lore.h"

#include <fstream>
#include <functional>
#include <optional>
#include <set>

namespace relata {
namespace {

// Calls `take` with the tab-separated columns of each line that is neither blank nor a comment.
Result<void> each_record(const std::string& path, std::size_t columns, const std::function<void(std::vector<std::string>)>& take) {
  std::ifstream file(path);
  if (!file) return io_error(path + ": cannot be read");
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> record;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t tab = std::min(line.find('\t', at), line.size());
      record.push_back(line.substr(at, tab - at));
      at = tab + 1;
    }
    if (record.size() < columns) return bad_input(path + ":" + std::to_string(number) + ": " + std::to_string(columns) + " columns are needed, parted by tabs");
    take(std::move(record));
  }
  return {};
}

}  // namespace

Result<NameLore> load_name_lore(const std::string& folder) {
  NameLore lore;
  auto read = each_record(folder + "/sounds.tsv", 2, [&](std::vector<std::string> record) { lore.sounds.emplace_back(record[0], record[1]); });
  if (read) read = each_record(folder + "/legal_forms.tsv", 1, [&](std::vector<std::string> record) { lore.legal_forms.push_back(record[0]); });
  if (read) read = each_record(folder + "/place_kinds.tsv", 1, [&](std::vector<std::string> record) { lore.place_kinds.push_back(record[0]); });
  if (read) read = each_record(folder + "/apart.tsv", 1, [&](std::vector<std::string> record) { lore.apart.push_back(record[0]); });
  if (read) read = each_record(folder + "/given_names.tsv", 2, [&](std::vector<std::string> record) { lore.given_names.push_back(std::move(record)); });
  if (read) read = each_record(folder + "/spellings.tsv", 2, [&](std::vector<std::string> record) { lore.spellings.push_back(std::move(record)); });
  if (!read) return read.error();
  return lore;
}

Result<std::vector<Government>> load_governments(const std::string& folder) {
  const std::string path = folder + "/governments.tsv";
  std::vector<Government> all;
  std::set<std::string> seen;
  std::optional<std::string> twice;
  const auto read = each_record(path, 2, [&](std::vector<std::string> record) {
    for (const std::string& name : record)
      if (!seen.insert(name).second) twice = name;
    all.push_back({record.front(), {record.begin() + 1, record.end()}});
  });
  if (!read) return read.error();
  if (twice) return bad_input(path + ": '" + *twice + "' stands there twice");
  return all;
}

}  // namespace relata
