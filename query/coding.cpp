#include "query/coding.h"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace relata {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

class Gzip final : public Encoder {
 public:
  Gzip() { ready_ = deflateInit2(&stream_, 4, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK; }
  ~Gzip() override {
    if (ready_) deflateEnd(&stream_);
  }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  bool encode(std::string_view piece, bool last, std::string& out) override {
    if (!ready_) return false;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));  // zlib's interface; it does not write there
    stream_.avail_in = static_cast<uInt>(piece.size());
    for (;;) {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      const int state = deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      if (state == Z_STREAM_ERROR) return false;
      out.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
      if (last ? state == Z_STREAM_END : stream_.avail_out > 0) return true;
    }
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
  std::array<Bytef, 16 * 1024> buffer_;
};

class Brotli final : public Encoder {
 public:
  Brotli() : state_(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr), BrotliEncoderDestroyInstance) {
    if (state_) BrotliEncoderSetParameter(state_.get(), BROTLI_PARAM_QUALITY, 4);
  }
  bool encode(std::string_view piece, bool last, std::string& out) override {
    std::size_t in = piece.size(), room = 0;
    const auto* next = reinterpret_cast<const std::uint8_t*>(piece.data());
    do {
      if (!state_ || BrotliEncoderCompressStream(state_.get(), last ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS, &in, &next, &room, nullptr, nullptr) == BROTLI_FALSE)
        return false;
      std::size_t size = 0;
      const std::uint8_t* made = BrotliEncoderTakeOutput(state_.get(), &size);
      out.append(reinterpret_cast<const char*>(made), size);
    } while (in > 0 || BrotliEncoderHasMoreOutput(state_.get()) != BROTLI_FALSE || (last && BrotliEncoderIsFinished(state_.get()) == BROTLI_FALSE));
    return true;
  }

 private:
  std::unique_ptr<BrotliEncoderState, void (*)(BrotliEncoderState*)> state_;
};

class Zstd final : public Encoder {
 public:
  Zstd() : context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
    if (context_) ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, 1);
  }
  bool encode(std::string_view piece, bool last, std::string& out) override {
    if (!context_) return false;
    ZSTD_inBuffer in{piece.data(), piece.size(), 0};
    for (;;) {
      ZSTD_outBuffer made{buffer_.data(), buffer_.size(), 0};
      const std::size_t left = ZSTD_compressStream2(context_.get(), &made, &in, last ? ZSTD_e_end : ZSTD_e_continue);
      if (ZSTD_isError(left) != 0) return false;
      out.append(buffer_.data(), made.pos);
      if (last ? left == 0 : in.pos == in.size) return true;
    }
  }

 private:
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_;
  std::array<char, 16 * 1024> buffer_;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(), [](char x, char y) { return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y; });
}

double weight_of(std::string_view parameters) {
  const std::size_t q = parameters.find("q=");
  if (q == std::string_view::npos) return 1;
  double weight = 0;
  std::from_chars(parameters.data() + q + 2, parameters.data() + parameters.size(), weight);
  return weight;
}

}  // namespace

std::string_view to_string(Coding coding) {
  switch (coding) {
    case Coding::identity: return "";
    case Coding::gzip: return "gzip";
    case Coding::brotli: return "br";
    case Coding::zstd: return "zstd";
  }
  return "";
}

Coding choose_coding(std::string_view header) {
  constexpr std::array kCodings{Coding::zstd, Coding::brotli, Coding::gzip};
  std::array<double, kCodings.size()> weights{-1, -1, -1};  // -1: not named
  double others = 0;
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    const std::string_view item = header.substr(0, comma);
    header.remove_prefix(std::min(comma + 1, header.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view name = trimmed(item.substr(0, semicolon));
    const double weight = weight_of(item.substr(semicolon));
    if (name == "*") others = weight;
    for (std::size_t i = 0; i < kCodings.size(); ++i)
      if (same(name, to_string(kCodings[i]))) weights[i] = weight;
  }
  Coding best = Coding::identity;
  double most = 0;
  for (std::size_t i = 0; i < kCodings.size(); ++i)
    if (const double weight = weights[i] < 0 ? others : weights[i]; weight > most) {
      most = weight;
      best = kCodings[i];
    }
  return best;
}

std::unique_ptr<Encoder> make_encoder(Coding coding) {
  switch (coding) {
    case Coding::brotli: return std::make_unique<Brotli>();
    case Coding::zstd: return std::make_unique<Zstd>();
    case Coding::identity:
    case Coding::gzip: break;
  }
  return std::make_unique<Gzip>();
}

std::string compressed(Coding coding, std::string_view text) {
  const auto encoder = make_encoder(coding);
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += kPiece)
    if (!encoder->encode(text.substr(at, kPiece), at + kPiece >= text.size(), out)) return "";
  return out.size() < text.size() ? out : "";
}

}  // namespace relata
