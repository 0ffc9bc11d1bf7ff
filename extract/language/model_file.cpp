#include "extract/language/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <utility>

namespace relata {
namespace {

constexpr std::size_t kHead = 16, kEntry = 40 + 4 + 4 + 3 * 8 + 8 + 8, kName = 40;
constexpr std::size_t kTypeSize[] = {4, 8, 2, 1};

template <typename Number>
Number read(const char* at) {
  Number number;
  std::memcpy(&number, at, sizeof number);
  return number;
}

}  // namespace

Result<ModelFile> ModelFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return io_error(path + ": cannot be read (" + std::strerror(errno) + "); the models/ folder belongs beside data/");
  struct stat status {};
  const bool known = fstat(file, &status) == 0;
  const auto size = known ? static_cast<std::size_t>(status.st_size) : 0;
  void* data = size < kHead ? MAP_FAILED : mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (size < kHead) return corrupt(path + ": shorter than its header; fetch it again");
  if (data == MAP_FAILED) return io_error(path + ": cannot be mapped into memory (" + std::strerror(errno) + ")");
  ModelFile model(path, static_cast<const char*>(data), size);
  if (Result<void> read = model.read_contents(); !read) return read.error();
  return model;
}

ModelFile::ModelFile(ModelFile&& other) noexcept
    : path_(std::move(other.path_)), data_(std::exchange(other.data_, nullptr)), size_(other.size_), entries_(std::move(other.entries_)) {}

ModelFile::~ModelFile() {
  if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
}

Result<void> ModelFile::read_contents() {
  if (std::memcmp(data_, "RELATAMD", 8) != 0 || read<std::uint32_t>(data_ + 8) != 1) {
    return corrupt(path_ + ": not a language model of version 1; fetch it again (large files may be placeholders)");
  }
  const std::size_t count = read<std::uint32_t>(data_ + 12);
  if (count > (size_ - kHead) / kEntry) return corrupt(path_ + ": cut short; fetch it again");
  for (std::size_t i = 0; i < count; ++i) {
    const char* at = data_ + kHead + i * kEntry;
    const auto type = read<std::uint32_t>(at + kName);
    Entry entry{{at, strnlen(at, kName)}, static_cast<Type>(type), {}, nullptr, read<std::uint64_t>(at + kName + 40)};
    const auto offset = read<std::uint64_t>(at + kName + 32);
    std::size_t numbers = 1;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      entry.shape[axis] = read<std::uint64_t>(at + kName + 8 + 8 * axis);
      if (entry.shape[axis] > size_) return corrupt(path_ + ": impossible size of " + std::string(entry.name));
      numbers = numbers > size_ ? numbers : numbers * entry.shape[axis];
    }
    if (type > 3 || offset % 64 != 0 || offset > size_ || entry.bytes > size_ - offset || numbers * kTypeSize[type] != entry.bytes) {
      return corrupt(path_ + ": impossible place of " + std::string(entry.name) + "; fetch the file again");
    }
    entry.data = data_ + offset;
    entries_.push_back(entry);
  }
  return {};
}

Result<const ModelFile::Entry*> ModelFile::find(std::string_view name, Type type) const {
  for (const Entry& entry : entries_) {
    if (entry.name == name && entry.type == type) return &entry;
  }
  return corrupt(path_ + ": has no " + std::string(name) + "; the file belongs to another version of the program");
}

Result<const float*> ModelFile::floats(std::string_view name, std::vector<std::size_t> shape) const {
  const Result<const Entry*> entry = find(name, Type::floats);
  if (!entry) return entry.error();
  shape.resize(3, 1);
  if (std::memcmp((*entry)->shape, shape.data(), sizeof(std::size_t) * 3) != 0) {
    return corrupt(path_ + ": " + std::string(name) + " has another shape; the file belongs to another version of the program");
  }
  return reinterpret_cast<const float*>((*entry)->data);
}

Result<std::span<const float>> ModelFile::table(std::string_view name, std::size_t width) const {
  const Result<const Entry*> entry = find(name, Type::floats);
  if (!entry) return entry.error();
  if ((*entry)->shape[1] != width || (*entry)->shape[2] != 1 || (*entry)->shape[0] == 0) {
    return corrupt(path_ + ": " + std::string(name) + " has rows of another width");
  }
  return std::span(reinterpret_cast<const float*>((*entry)->data), (*entry)->bytes / sizeof(float));
}

Result<std::span<const std::uint64_t>> ModelFile::keys(std::string_view name) const {
  const Result<const Entry*> entry = find(name, Type::uint64);
  if (!entry) return entry.error();
  return std::span(reinterpret_cast<const std::uint64_t*>((*entry)->data), (*entry)->bytes / sizeof(std::uint64_t));
}

Result<std::span<const std::uint16_t>> ModelFile::rows(std::string_view name) const {
  const Result<const Entry*> entry = find(name, Type::uint16);
  if (!entry) return entry.error();
  return std::span(reinterpret_cast<const std::uint16_t*>((*entry)->data), (*entry)->bytes / sizeof(std::uint16_t));
}

Result<std::vector<std::string_view>> ModelFile::lines(std::string_view name) const {
  const Result<const Entry*> entry = find(name, Type::bytes);
  if (!entry) return entry.error();
  std::vector<std::string_view> lines;
  std::string_view rest((*entry)->data, (*entry)->bytes);
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  lines.push_back(rest);
  return lines;
}

}  // namespace relata
