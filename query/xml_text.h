// Text inside XML. Private to the exports.
#pragma once

#include <string>
#include <string_view>

namespace relata {

// For XML 1.0, between tags and in attributes: what it cannot hold even escaped (most control characters, U+FFFE, U+FFFF, broken
// UTF-8) becomes U+FFFD.
void append_xml(std::string& to, std::string_view text);
std::string xml(std::string_view text);

}  // namespace relata
