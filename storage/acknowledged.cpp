#include "storage/acknowledged.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdio>

namespace relata::storage {
namespace {

constexpr std::size_t kDigits = 10;  // always as many, so that a rewrite never leaves old ones behind

}  // namespace

Acknowledged::Acknowledged(std::string folder) : path_(std::move(folder) + "/ACKNOWLEDGED") {}

Acknowledged::~Acknowledged() {
  if (file_ >= 0) ::close(file_);
}

Result<Version> Acknowledged::read() const {
  const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Version{0};
  std::array<char, kDigits + 1> text{};
  const auto size = ::read(file, text.data(), text.size());
  ::close(file);
  if (size <= 0) return Version{0};
  Version version = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + size, version);
  if (fault != std::errc() || end != text.data() + kDigits || size <= static_cast<long>(kDigits) || *end != '\n')
    return corrupt(path_ + " is damaged; if `relata check` finds the store whole without it, delete it");
  return version;
}

void Acknowledged::write(Version version) {
  if (file_ < 0) file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) return;
  std::array<char, kDigits + 2> text{};
  std::snprintf(text.data(), text.size(), "%010u\n", version);
  if (::pwrite(file_, text.data(), kDigits + 1, 0) < 0) return;
}

Result<void> check_acknowledged(const std::string& folder, Version acknowledged, Version found) {
  if (acknowledged <= found) return {};
  return corrupt(folder + " is at version " + std::to_string(found) + ", but version " + std::to_string(acknowledged) +
                 " was acknowledged: its log was cut and the newest batches are lost; restore it from a backup, or delete " + folder + "/ACKNOWLEDGED to go on without them");
}

}  // namespace relata::storage
