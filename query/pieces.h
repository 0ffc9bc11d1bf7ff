// A stream cut into pieces for the socket. Private to the server.
#pragma once

#include <functional>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "query/coding.h"

namespace relata {

// Collects what a stream is given, codes it and hands it on in few large pieces.
class Pieces final : public std::streambuf {
 public:
  using Send = std::function<bool(std::string_view)>;
  Pieces(Send send, Coding coding) : send_(std::move(send)), encoder_(coding == Coding::identity ? nullptr : make_encoder(coding)) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }
  bool finish() { return pass(true); }

 protected:
  int_type overflow(int_type byte) override {
    if (!pass(false)) return traits_type::eof();
    if (!traits_type::eq_int_type(byte, traits_type::eof())) sputc(traits_type::to_char_type(byte));
    return traits_type::not_eof(byte);
  }
  int sync() override { return pass(false) ? 0 : -1; }

 private:
  bool pass(bool last) {
    const std::string_view piece(pbase(), static_cast<std::size_t>(pptr() - pbase()));
    std::string coded;
    const bool made = !encoder_ || encoder_->encode(piece, last, coded);
    const std::string_view out = encoder_ ? std::string_view(coded) : piece;
    const bool sent = made && (out.empty() || send_(out));
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return sent;
  }

  Send send_;
  std::unique_ptr<Encoder> encoder_;
  std::vector<char> buffer_ = std::vector<char>(64 * 1024);
};

}  // namespace relata
