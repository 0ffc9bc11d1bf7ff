#include "graph/lore.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <set>

#include "graph/identity.h"

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

// "a|b" in parts; "-" is none.
std::vector<std::string> parts(const std::string& column) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; column != "-" && at <= column.size();) {
    const std::size_t bar = std::min(column.find('|', at), column.size());
    if (bar > at) parts.push_back(column.substr(at, bar - at));
    at = bar + 1;
  }
  return parts;
}

// offices.tsv, and from data/names/ the titles that stand alone for who holds an office and the adjectives of states.
Result<void> read_offices(const std::string& folder, NameLore& lore) {
  std::optional<std::string> bad;
  auto read = each_record(folder + "/offices.tsv", 5, [&](std::vector<std::string> record) {
    const auto from = parse_day(record[3]), until = record[4] == "-" ? std::optional(kLastDay) : parse_day(record[4]);
    if (!from || !until || *until <= *from) bad = record[1] + " " + record[0] + ", " + record[2];
    else
      for (const std::string& office : parts(record[0])) lore.offices.push_back({office, record[1], record[2], *from, *until});
  });
  if (read && bad) read = bad_input(folder + "/offices.tsv: " + *bad + ": the fourth column is a day like 2021-12-08 and the fifth a later one, or '-'");
  const std::string names = folder + "/../names";
  if (read) read = each_record(names + "/titles.tsv", 3, [&](std::vector<std::string> record) {
    if (record[2] == "office") lore.titles.push_back(fold_name(record[0]));
  });
  if (read) read = each_record(names + "/countries.tsv", 4, [&](std::vector<std::string> record) {
    const std::string state = fold_name(record[0]);
    lore.states.push_back(state);
    for (const std::string& column : {record[1], record[2]})
      for (const std::string& name : parts(column)) lore.peoples.emplace_back(fold_name(name), state);
  });
  return read;
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
  if (read) read = each_record(folder + "/everywhere.tsv", 1, [&](std::vector<std::string> record) { lore.everywhere.push_back(record[0]); });
  if (read) read = each_record(folder + "/common_names.tsv", 2, [&](std::vector<std::string> record) {
    std::vector<std::string>& names = record.front() == "given" ? lore.common_given : lore.common_surnames;
    names.insert(names.end(), record.begin() + 1, record.end());
  });
  if (read) read = each_record(folder + "/fields.tsv", 2, [&](std::vector<std::string> record) {
    for (std::size_t i = 1; i < record.size(); ++i) lore.fields.emplace_back(record[i], record[0]);
  });
  if (read) read = read_offices(folder, lore);
  if (!read) return read.error();
  return lore;
}

Result<std::vector<Government>> load_governments(const std::string& folder) {
  const std::string path = folder + "/governments.tsv";
  std::vector<Government> all;
  std::set<std::string> seen;
  std::optional<std::string> twice;
  const auto read = each_record(path, 4, [&](std::vector<std::string> record) {
    std::set<std::string> names;  // "Elysee" and "Élysée" fold alike
    for (const std::string& column : {record[1], record[2]})
      for (const std::string& name : parts(column)) names.insert(fold_name(name));
    Government government{fold_name(record[0]), {names.begin(), names.end()}};
    names.insert(government.state);
    for (const std::string& name : names)
      if (!seen.insert(name).second) twice = name;
    if (!government.names.empty()) all.push_back(std::move(government));
  });
  if (!read) return read.error();
  if (twice) return bad_input(path + ": '" + *twice + "' stands there twice");
  return all;
}

}  // namespace relata
