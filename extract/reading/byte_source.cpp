#include "extract/reading/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "extract/reading/limits.h"

namespace relata {
namespace {

constexpr std::size_t kBlock = 1 << 16;

class FileSource : public ByteSource {
 public:
  FileSource(int file, std::string name) : file_(file), name_(std::move(name)) {}
  ~FileSource() override {
    if (file_ > 0) ::close(file_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  Result<std::size_t> read(char* to, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(file_, to, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return io_error(name_ + ": " + std::strerror(errno));
    }
  }

 private:
  int file_;
  std::string name_;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> read(char* to, std::size_t size) override {
    const std::size_t taken = bytes_.copy(to, size, at_);
    at_ += taken;
    return taken;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path) {
  if (path == "-") return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(0, "standard input"));
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const std::string message = path + ": " + std::strerror(errno);
    return errno == ENOENT ? not_found(message) : io_error(message);
  }
  auto source = std::make_unique<FileSource>(file, path);
  struct stat about {};
  if (::fstat(file, &about) != 0) return io_error(path + ": " + std::strerror(errno));
  if (S_ISDIR(about.st_mode)) return bad_input(path + ": is a folder where a file is expected");
  return std::unique_ptr<ByteSource>(std::move(source));
}

std::unique_ptr<ByteSource> from_memory(std::string bytes) { return std::make_unique<MemorySource>(std::move(bytes)); }

Result<bool> Reader::fill() {
  if (ended_) return false;
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + kBlock);
  const Result<std::size_t> got = source_->read(buffer_.data() + had, kBlock);
  buffer_.resize(had + (got ? *got : 0));
  if (!got) {
    ended_ = true;
    return got.error();
  }
  if (*got == 0) ended_ = true;
  return !ended_;
}

Result<std::string_view> Reader::peek(std::size_t size) {
  while (buffer_.size() - begin_ < size) {
    const Result<bool> more = fill();
    if (!more) return more.error();
    if (!*more) break;
  }
  return std::string_view(buffer_).substr(begin_);
}

Result<bool> Reader::line(std::string& out, std::size_t limit) {
  out.clear();
  bool too_long = false, any = false;
  for (;;) {
    const std::string_view rest = std::string_view(buffer_).substr(begin_);
    const std::size_t end = rest.find('\n');
    any = any || !rest.empty();
    if (!too_long) out.append(rest.substr(0, end));
    if (out.size() > limit) {
      too_long = true;
      out = {};
    }
    begin_ += end == std::string_view::npos ? rest.size() : end + 1;
    if (end != std::string_view::npos) break;
    const Result<bool> more = fill();
    if (!more) return more.error();
    if (!*more) break;
  }
  if (!any) return false;
  ++line_number_;
  if (too_long) {
    return bad_input(name_ + ":" + std::to_string(line_number_) + ": longer than " + std::to_string(limit >> 20) + " MB: give each article a line of its own");
  }
  if (!out.empty() && out.back() == '\r') out.pop_back();
  return true;
}

Result<std::string> Reader::rest(std::size_t limit) {
  std::string out = buffer_.substr(begin_);
  buffer_.clear();
  begin_ = 0;
  for (;;) {
    if (out.size() > limit) return bad_input(name_ + ": larger than " + std::to_string(limit >> 20) + " MB: split it, or give it as JSONL, one article a line");
    const Result<bool> more = fill();
    if (!more) return more.error();
    if (!*more) return out;
    out += buffer_;
    buffer_.clear();
  }
}

}  // namespace relata
