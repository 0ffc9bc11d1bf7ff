// Bytes to be read once, from a file, standard input or memory, decompressed on the way.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "graph/result.h"

namespace relata {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Up to `size` bytes; 0 only at the end. Errors name the source; after one the source is of no further use.
  virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
};

// "-" is standard input. `name` is what messages call it.
Result<std::unique_ptr<ByteSource>> open_file(const std::string& path);
std::unique_ptr<ByteSource> from_memory(std::string bytes);

// Unwraps gzip and zstd by their first bytes, whatever the name says; other bytes pass as they are. One wrapping only.
Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source, const std::string& name);

// A source with a view ahead and lines.
class Reader {
 public:
  Reader(std::unique_ptr<ByteSource> source, std::string name) : source_(std::move(source)), name_(std::move(name)) {}

  // The first bytes not yet taken, at least `size` where there are so many.
  Result<std::string_view> peek(std::size_t size);
  // The next line without its end; false at the end of the source. A line over `limit` bytes is skipped: bad_input, and the next call goes on.
  Result<bool> line(std::string& out, std::size_t limit);
  // Everything left; bad_input when it is more than `limit` bytes.
  Result<std::string> rest(std::size_t limit);

  const std::string& name() const { return name_; }
  std::size_t line_number() const { return line_number_; }  // of the line last given, from 1

 private:
  Result<bool> fill();

  std::unique_ptr<ByteSource> source_;
  std::string name_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t line_number_ = 0;
  bool ended_ = false;
};

}  // namespace relata
