// An Extraction as the bytes of one stored value (FORMAT.md, "bodies").
#pragma once

#include <string>
#include <string_view>

#include "graph/extraction.h"
#include "graph/result.h"

namespace relata::storage {

class ByteWriter;

std::string encode_extraction(const Extraction& extraction);
void encode_extraction(const Extraction& extraction, ByteWriter& out);  // behind what is there

// corrupt, without naming the key: the caller knows it. What it gives back refers only to actors that exist.
Result<Extraction> decode_extraction(std::string_view bytes);

}  // namespace relata::storage
