// An Extraction as the bytes of one stored value (FORMAT.md, "bodies").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/extraction.h"
#include "graph/result.h"
#include "graph/telling.h"
#include "storage/bytes.h"

namespace relata::storage {

class ByteWriter;

std::string encode_extraction(const Extraction& extraction);
void encode_extraction(const Extraction& extraction, ByteWriter& out);  // behind what is there

// corrupt, without naming the key: the caller knows it. What it gives back refers only to actors that exist.
Result<Extraction> decode_extraction(std::string_view bytes);

// Reads single statements without making the rest of an extraction.
class TellingReader {
 public:
  // What it tells points into `bytes`.
  explicit TellingReader(std::string_view bytes);

  // The number of statements; 0 when nothing can be made of the bytes.
  std::size_t statements() const { return statements_; }
  // Until the next call. Ordinals ascend from call to call. corrupt, without naming the key.
  Result<Telling> tell(std::uint32_t ordinal);

 private:
  std::string_view text_;
  Telling article_;  // of each statement the same
  std::size_t statements_ = 0;
  std::uint32_t next_ = 0;
  std::vector<std::string_view> verbs_;
  ByteReader in_;
};

}  // namespace relata::storage
