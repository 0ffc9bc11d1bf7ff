#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cstring>
#include <vector>

#include "extract/reading/byte_source.h"
#include "extract/reading/limits.h"

namespace relata {
namespace {

constexpr std::size_t kBlock = 1 << 16;

// What both formats have in common: a block of input at a time, and an eye on how much comes out of how little.
class Unpacking : public ByteSource {
 public:
  Unpacking(std::unique_ptr<ByteSource> source, std::string name, std::string format)
      : source_(std::move(source)), name_(std::move(name)), format_(std::move(format)), input_(kBlock) {}

 protected:
  Result<bool> refill() {
    const Result<std::size_t> got = source_->read(input_.data(), input_.size());
    if (!got) return got.error();
    size_ = *got;
    taken_ += size_;
    return size_ > 0;
  }
  Result<std::size_t> given(std::size_t size) {
    given_ += size;
    if (given_ > kFreeOutput && given_ / kHighestRatio > taken_) {
      return bad_input(name_ + ": unpacks to more than " + std::to_string(kHighestRatio) + " times its size, so it is not read");
    }
    return size;
  }
  Error broken(const std::string& why) const { return bad_input(name_ + ": broken " + format_ + " data (" + why + ")"); }

  std::unique_ptr<ByteSource> source_;
  std::string name_, format_;
  std::vector<char> input_;
  std::size_t size_ = 0;  // bytes in input_

 private:
  std::size_t taken_ = 0, given_ = 0;
};

class GzipSource : public Unpacking {
 public:
  GzipSource(std::unique_ptr<ByteSource> source, std::string name) : Unpacking(std::move(source), std::move(name), "gzip") {
    std::memset(&stream_, 0, sizeof stream_);
    ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK;  // 15: largest window; +16: gzip header
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  Result<std::size_t> read(char* to, std::size_t size) override {
    if (!ready_) return io_error(name_ + ": no memory to unpack it");
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0) {
        const Result<bool> more = refill();
        if (!more) return more.error();
        if (!*more) {
          if (!at_member_end_) return broken("it ends early");
          return std::size_t{0};
        }
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(size_);
      }
      if (at_member_end_) {  // members may follow each other; anything else behind one is padding
        if (stream_.next_in[0] != 0x1F) return std::size_t{0};
        inflateReset(&stream_);
        at_member_end_ = false;
      }
      const int state = inflate(&stream_, Z_NO_FLUSH);
      if (state == Z_STREAM_END) at_member_end_ = true;
      else if (state != Z_OK && state != Z_BUF_ERROR) return broken(stream_.msg ? stream_.msg : "not inflatable");
    }
    return given(size - stream_.avail_out);
  }

 private:
  z_stream stream_;
  bool ready_ = false, at_member_end_ = false;
};

class ZstdSource : public Unpacking {
 public:
  ZstdSource(std::unique_ptr<ByteSource> source, std::string name) : Unpacking(std::move(source), std::move(name), "zstd"), stream_(ZSTD_createDStream()) {
    if (stream_) ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, 27);  // 128 MB: what the zstd program allows
  }
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

  Result<std::size_t> read(char* to, std::size_t size) override {
    if (!stream_) return io_error(name_ + ": no memory to unpack it");
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size && !flushing_) {
        const Result<bool> more = refill();
        if (!more) return more.error();
        if (!*more) {
          if (!at_frame_end_) return broken("it ends early");
          return std::size_t{0};
        }
        in_ = {input_.data(), size_, 0};
      }
      const std::size_t state = ZSTD_decompressStream(stream_, &out, &in_);
      if (ZSTD_isError(state)) return broken(ZSTD_getErrorName(state));
      at_frame_end_ = state == 0;
      flushing_ = out.pos == out.size && !at_frame_end_;
    }
    return given(out.pos);
  }

 private:
  ZSTD_DStream* stream_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool at_frame_end_ = true, flushing_ = false;
};

// Gives back the bytes that were looked at.
class Replay : public ByteSource {
 public:
  Replay(std::string first, std::unique_ptr<ByteSource> rest) : first_(std::move(first)), rest_(std::move(rest)) {}
  Result<std::size_t> read(char* to, std::size_t size) override {
    if (at_ == first_.size()) return rest_->read(to, size);
    const std::size_t taken = first_.copy(to, size, at_);
    at_ += taken;
    return taken;
  }

 private:
  std::string first_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source, const std::string& name) {
  std::string first;
  for (std::array<char, 4> block; first.size() < 4;) {
    const Result<std::size_t> got = source->read(block.data(), 4 - first.size());
    if (!got) return got.error();
    if (*got == 0) break;
    first.append(block.data(), *got);
  }
  const bool gzip = first.starts_with("\x1F\x8B"), zstd = first == "\x28\xB5\x2F\xFD";
  auto whole = std::make_unique<Replay>(std::move(first), std::move(source));
  if (gzip) return std::unique_ptr<ByteSource>(std::make_unique<GzipSource>(std::move(whole), name));
  if (zstd) return std::unique_ptr<ByteSource>(std::make_unique<ZstdSource>(std::move(whole), name));
  return std::unique_ptr<ByteSource>(std::move(whole));
}

}  // namespace relata
