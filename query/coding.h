// Content codings of answers (RFC 9110, 8.4 and 12.5.3): which one a client takes, and the compressors.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace relata {

enum class Coding { identity, gzip, brotli, zstd };
std::string_view to_string(Coding coding);  // "gzip", "br", "zstd"; "" for identity

// What "Accept-Encoding" likes best; at equal weight zstd before br before gzip, the faster to make. Identity when it takes none.
Coding choose_coding(std::string_view accept_encoding);

// Compresses piece by piece, at a level made for answers on the fly. Not for sharing between threads.
class Encoder {
 public:
  virtual ~Encoder() = default;
  // Appends what is ready to `out`; with `last` everything. False when the library fails, out of memory: nothing more can be made.
  virtual bool encode(std::string_view piece, bool last, std::string& out) = 0;
};
std::unique_ptr<Encoder> make_encoder(Coding coding);  // precondition: not identity

// The whole text at once; empty when it cannot be made smaller than the text.
std::string compressed(Coding coding, std::string_view text);

}  // namespace relata
