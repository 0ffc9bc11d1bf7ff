#include "storage/folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

namespace relata::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "relata store, format ";
constexpr std::string_view kCreating = "creating";
constexpr const char* kFreshName = "RELATA.new";

fs::path marker_of(const std::string& folder) { return fs::path(folder) / "RELATA"; }

Error system_error(const std::string& what, int code) { return io_error(what + ": " + std::strerror(code)); }

// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

// Written beside, synced and renamed into place, so that the file is either the old or the new one.
Result<void> write_marker(const std::string& folder, std::string_view state) {
  const fs::path target = marker_of(folder), fresh = fs::path(folder) / kFreshName;
  const std::string text = std::string(kMagic) + std::to_string(kFormat) + "\n" + std::string(state) + "\n";
  {
    const Descriptor file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (file.number() < 0) return system_error(fresh.string() + " cannot be written", errno);
    if (::write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) || ::fsync(file.number()) != 0)
      return system_error(fresh.string() + " cannot be written", errno);
  }
  if (::rename(fresh.c_str(), target.c_str()) != 0) return system_error(target.string() + " cannot be written", errno);
  const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
  if (directory.number() < 0 || ::fsync(directory.number()) != 0) return system_error(folder + " cannot be synced", errno);
  return {};
}

Result<FolderState> read_marker(const std::string& folder) {
  const fs::path path = marker_of(folder);
  std::ifstream file(path, std::ios::binary);
  if (!file) return io_error(path.string() + " cannot be read: check its permissions");
  std::string first, second;
  std::getline(file, first);
  std::getline(file, second);
  int format = 0;
  const char* const end = first.data() + first.size();
  if (!first.starts_with(kMagic)) return corrupt(path.string() + " is not the mark of a Relata store");
  if (const auto [at, error] = std::from_chars(first.data() + kMagic.size(), end, format); error != std::errc{} || at != end || format < 1)
    return corrupt(path.string() + " is damaged: no format number");
  if (format == 2 && second != kCreating) return FolderState::old;
  if (format < kFormat) {
    return corrupt(folder + " was written by an older Relata (format " + std::to_string(format) + ", this program reads " +
                   std::to_string(kFormat) + "): make it anew from its articles");
  }
  if (format > kFormat) {
    return corrupt(folder + " was written by a newer Relata (format " + std::to_string(format) + ", this program reads up to " +
                   std::to_string(kFormat) + "): use the newer program");
  }
  return second == kCreating ? FolderState::creating : FolderState::ready;
}

// Anything but a mark that was about to get its name when its writer was stopped.
bool has_files_of_others(const std::string& folder, std::error_code& error) {
  for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error))
    if (entry->path().filename() != kFreshName) return true;
  return false;
}

}  // namespace

Result<FolderState> prepare_folder(const std::string& folder, bool create) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (fs::exists(marker_of(folder), error)) return read_marker(folder);
  if (status.type() == fs::file_type::none) return io_error(folder + " cannot be looked at: " + error.message());
  if (fs::exists(status) && !fs::is_directory(status)) return bad_input(folder + " is a file: name a folder for the store");
  if (fs::exists(status)) {
    const bool foreign = has_files_of_others(folder, error);
    if (error) return io_error(folder + " cannot be read: " + error.message());
    if (foreign) return corrupt(folder + " is not a Relata store (it has files but no RELATA among them): name another folder");
  }
  if (!create) return not_found(folder + ": there is no store; ingest or load something first");
  fs::create_directories(folder, error);
  if (error) return io_error(folder + " cannot be made: " + error.message());
  if (auto written = write_marker(folder, kCreating); !written) return written.error();
  return FolderState::creating;
}

Result<void> finish_folder(const std::string& folder) { return write_marker(folder, "ready"); }

std::string lock_holder(const std::string& folder) {
  const Descriptor file(fs::path(folder) / "LOCK", O_RDWR);
  if (file.number() < 0) return "";
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (::fcntl(file.number(), F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) return "";
  return " (process " + std::to_string(lock.l_pid) + ")";
}

}  // namespace relata::storage
