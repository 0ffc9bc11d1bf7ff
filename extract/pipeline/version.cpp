#include "extract/pipeline/version.h"

#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

namespace relata {

Result<std::string> extractor_version(const std::string& home) {
  namespace fs = std::filesystem;
  const std::string data_folder = home + "/data";
  std::error_code error;
  std::vector<fs::path> files = {home + "/models/antecedents.tsv"};
  for (fs::recursive_directory_iterator at(data_folder, error), end; !error && at != end; at.increment(error))
    if (at->is_regular_file(error) && at->path().extension() == ".tsv") files.push_back(at->path());
  if (error) return io_error(data_folder + ": cannot be listed: " + error.message());
  std::sort(files.begin(), files.end());
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
  XXH3_64bits_reset(state.get());
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) return io_error(file.string() + ": cannot be read");
    const std::string name = file.filename().string();
    XXH3_64bits_update(state.get(), name.data(), name.size() + 1);
    XXH3_64bits_update(state.get(), bytes.data(), bytes.size());
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string version = RELATA_RELEASE "+";
  const std::uint64_t hash = XXH3_64bits_digest(state.get());
  for (int shift = 28; shift >= 0; shift -= 4) version += kDigits[(hash >> shift) & 15];
  return version;
}

}  // namespace relata
