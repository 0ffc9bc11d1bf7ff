#include "extract/data.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace relata {
namespace {

namespace fs = std::filesystem;

bool is_home(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "data", ignored) || fs::is_directory(folder / "models", ignored);
}

Row split(const std::string& line) {
  Row row;
  std::size_t begin = 0;
  for (std::size_t tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', begin)) {
    row.push_back(line.substr(begin, tab - begin));
    begin = tab + 1;
  }
  row.push_back(line.substr(begin));
  return row;
}

}  // namespace

Result<std::string> home_folder() {
  if (const char* told = std::getenv("RELATA_HOME"); told != nullptr && *told != '\0') {
    if (is_home(told)) return std::string(told);
    return io_error("RELATA_HOME=" + std::string(told) + ": has neither data/ nor models/; set it to the folder that holds both");
  }
  std::vector<fs::path> places;
  std::error_code ignored;
  if (const fs::path program = fs::read_symlink("/proc/self/exe", ignored); !program.empty()) {
    places.push_back(program.parent_path().parent_path());
  }
  if (const fs::path here = fs::current_path(ignored); !here.empty()) places.push_back(here);
  places.emplace_back("/usr/share/relata");
  std::string looked;
  for (const fs::path& place : places) {
    if (is_home(place)) return place.string();
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  return io_error("no folder with data/ and models/ in " + looked + "; set RELATA_HOME to it");
}

Result<std::vector<Row>> read_rows(const std::string& file, std::size_t columns) {
  const Result<std::string> home = home_folder();
  if (!home) return home.error();
  const std::string path = *home + "/data/" + file;
  std::ifstream in(path, std::ios::binary);
  if (!in) return io_error(path + ": cannot be read");
  std::vector<Row> rows;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    Row row = split(line);
    if (row.size() < columns) {
      return bad_input(path + ":" + std::to_string(number) + ": " + std::to_string(row.size()) + " columns, at least " +
                       std::to_string(columns) + " needed (separated by tabs)");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace relata
