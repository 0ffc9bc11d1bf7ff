#include "storage/copies.h"

#include <filesystem>

#include "storage/folder.h"
#include "storage/store.h"

namespace relata::storage {
namespace {

namespace fs = std::filesystem;

Error failed(const std::string& what, const std::error_code& error) { return io_error(what + ": " + error.message()); }

// Missing, or an empty folder, which is removed so that the new one takes its name.
Result<void> make_way(const std::string& folder) {
  std::error_code error;
  if (folder.empty()) return bad_input("no folder is named");
  if (!fs::exists(folder, error)) return {};
  if (!fs::is_directory(folder, error) || !fs::is_empty(folder, error)) return bad_input(folder + " is there already: name a folder that is missing or empty");
  fs::remove(folder, error);
  return error ? Result<void>(failed(folder, error)) : Result<void>();
}

// Builds in `<folder>.part` and renames, so that a folder of that name is always whole.
template <typename Fill>
Result<void> build(const std::string& folder, const Fill& fill) {
  if (auto free = make_way(folder); !free) return free;
  const std::string part = folder + ".part";
  std::error_code error;
  fs::remove_all(part, error);
  if (const fs::path parent = fs::path(folder).parent_path(); !parent.empty()) fs::create_directories(parent, error);
  if (error) return failed(folder, error);
  Result<void> filled = fill(part);
  if (filled) {
    fs::rename(part, folder, error);
    if (error) filled = failed(folder, error);
  }
  if (!filled) fs::remove_all(part, error);
  return filled;
}

}  // namespace

Result<void> copy_store(const Database& database, const std::string& folder) {
  return build(folder, [&](const std::string& part) -> Result<void> {
    if (auto made = database.checkpoint(part); !made) return made;
    return finish_folder(part);
  });
}

}  // namespace relata::storage

namespace relata {

Result<CheckReport> restore(const std::string& backup, const std::string& folder) {
  using namespace storage;
  CheckReport report;
  const auto built = build(folder, [&](const std::string& part) -> Result<void> {
    if (const auto state = prepare_folder(backup, false); !state) return state.error();
    std::error_code error;
    fs::copy(backup, part, fs::copy_options::recursive, error);
    if (error) return failed(backup + " cannot be copied", error);
    auto store = open_rocks(part, {.create = false});
    if (!store) return store.error();
    auto checked = (*store)->check();
    if (!checked) return checked.error();
    report = std::move(*checked);
    if (!report.faults.empty()) return corrupt(backup + " is damaged: " + report.faults.front());
    return {};
  });
  if (!built) return built.error();
  return report;
}

}  // namespace relata
