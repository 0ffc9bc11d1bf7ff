#include "storage/image_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace relata::storage {
namespace {

constexpr std::size_t kPage = 4096;  // sections begin at pages
constexpr std::size_t kBuffer = 4u << 20;

}  // namespace

struct ImageWriter::Hash {
  XXH3_state_t* state = XXH3_createState();
  Hash() { XXH3_64bits_reset(state); }
  ~Hash() { XXH3_freeState(state); }
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;
};

std::string image_path(const std::string& folder, Version version) { return (std::filesystem::path(folder) / ("VIEW-" + std::to_string(version))).string(); }

ImageWriter::ImageWriter(std::string folder, Version version)
    : folder_(std::move(folder)),
      path_(image_path(folder_, version)),
      fresh_(path_ + ".new"),
      file_(::open(fresh_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)),
      offset_(kPage) {
  static_assert(sizeof(ImageHeader) <= kPage);
  header_.version = version;
  buffer_.reserve(kBuffer);
  if (file_ < 0 || ::lseek(file_, kPage, SEEK_SET) < 0) fail("cannot be made");
}

ImageWriter::~ImageWriter() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(fresh_.c_str());
}

void ImageWriter::fail(const std::string& what) {
  if (!error_) error_ = io_error(fresh_ + " " + what + ": " + std::strerror(errno));
}

void ImageWriter::begin(Section section) {
  end_section();
  const std::size_t odd = offset_ % kPage;
  if (odd != 0) {
    buffer_.append(kPage - odd, '\0');
    offset_ += kPage - odd;
  }
  open_ = section;
  hash_ = std::make_unique<Hash>();
  header_.sections[static_cast<std::size_t>(section)].offset = offset_;
}

void ImageWriter::end_section() {
  if (!open_) return;
  ImageHeader::Place& place = header_.sections[static_cast<std::size_t>(*open_)];
  place.bytes = offset_ - place.offset;
  place.checksum = XXH3_64bits_digest(hash_->state);
  open_.reset();
}

void ImageWriter::put_bytes(const char* bytes, std::size_t size) {
  XXH3_64bits_update(hash_->state, bytes, size);
  offset_ += size;
  while (size > 0) {
    const std::size_t part = std::min(size, kBuffer - std::min(kBuffer, buffer_.size()));
    buffer_.append(bytes, part);
    bytes += part;
    size -= part;
    if (buffer_.size() >= kBuffer) flush();
  }
}

void ImageWriter::flush() {
  for (std::size_t done = 0; done < buffer_.size() && !error_;) {
    const ssize_t wrote = ::write(file_, buffer_.data() + done, buffer_.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) fail("cannot be written");
    else done += static_cast<std::size_t>(wrote);
  }
  buffer_.clear();
}

Result<ImageName> ImageWriter::finish(const Counts& counts) {
  end_section();
  flush();
  header_.counts = counts;
  if (!error_ && ::pwrite(file_, &header_, sizeof header_, 0) != static_cast<ssize_t>(sizeof header_)) fail("cannot be written");
  if (!error_ && ::fsync(file_) != 0) fail("cannot be synced");
  if (!error_ && ::rename(fresh_.c_str(), path_.c_str()) != 0) fail("cannot be renamed");
  if (error_) return *error_;
  ::close(file_);
  file_ = -1;
  const int directory = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0 || ::fsync(directory) != 0) fail("cannot be synced");
  if (directory >= 0) ::close(directory);
  if (error_) return *error_;
  return ImageName{header_.version, XXH3_64bits(&header_, sizeof header_)};
}

}  // namespace relata::storage
