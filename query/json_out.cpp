#include "query/json_out.h"

#include "query/utf8.h"

namespace relata {
namespace {

std::string replaced(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string clean;
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    clean += length > 0 ? text.substr(0, length) : kReplacement;
    text.remove_prefix(length > 0 ? length : 1);
  }
  return clean;
}

}  // namespace

void JsonOut::put(std::string_view text) {
  const std::string clean = replacing_ ? replaced(text) : std::string();
  if (replacing_) text = clean;
  if (!writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()))) well_formed_ = false;
}

}  // namespace relata
