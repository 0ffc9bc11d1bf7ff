// The trained numbers of the English pipeline: one file, mapped into memory, shared by all threads and processes.
//
// Layout (little endian): "RELATAMD", u32 version 1, u32 count; per array: char name[40], u32 type (0 float32, 1 uint64,
// 2 uint16, 3 bytes), u32 rank, u64 shape[3] (unused ones 1), u64 offset, u64 bytes; then the data, each at a multiple of 64.
// Written by models/pack.py; models/README.md tells what each array means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace relata {

class ModelFile {
 public:
  // Maps the file and checks its table of contents; the numbers are read when first used. io or corrupt.
  static Result<ModelFile> open(const std::string& path);
  ModelFile(ModelFile&& other) noexcept;
  ModelFile& operator=(ModelFile&&) = delete;
  ~ModelFile();

  // The array of that name and exactly that shape; corrupt if there is none. Valid as long as the ModelFile.
  Result<const float*> floats(std::string_view name, std::vector<std::size_t> shape) const;
  // An array of any length.
  Result<std::span<const std::uint64_t>> keys(std::string_view name) const;
  Result<std::span<const std::uint16_t>> rows(std::string_view name) const;
  Result<std::vector<std::string_view>> lines(std::string_view name) const;
  // Rows of `width` floats; their number decides the size of a table.
  Result<std::span<const float>> table(std::string_view name, std::size_t width) const;

 private:
  enum class Type : std::uint32_t { floats = 0, uint64 = 1, uint16 = 2, bytes = 3 };
  struct Entry {
    std::string_view name;
    Type type;
    std::size_t shape[3];
    const char* data;
    std::size_t bytes;
  };
  ModelFile(std::string path, const char* data, std::size_t size) : path_(std::move(path)), data_(data), size_(size) {}
  Result<void> read_contents();
  Result<const Entry*> find(std::string_view name, Type type) const;

  std::string path_;
  const char* data_;
  std::size_t size_;
  std::vector<Entry> entries_;
};

}  // namespace relata
