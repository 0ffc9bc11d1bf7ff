#include "extract/pipeline/datelines.h"

#include <string>

#include "extract/names/lexicon.h"
#include "extract/reading/dateline.h"
#include "extract/reading/lines.h"

namespace relata {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }

// "NEW DELHI, India" -> "NewDelhi", as the lexicon of names has its keys.
std::string key_of(std::string_view place) {
  std::string key;
  bool begins = true;
  for (const char c : place.substr(0, place.find_first_of(",/"))) {
    if (c != ' ') key.push_back(is_upper(c) && !begins ? static_cast<char>(c + 32) : c);
    begins = !is_letter(c);
  }
  return key;
}

// A sentence follows: it begins with a capital, a figure or a quotation.
bool begins_sentence(std::string_view text) {
  if (text.empty()) return false;
  const char c = text[0];
  return is_upper(c) || (c >= '0' && c <= '9') || c == '"' || c == '\'' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// "Moscow - Russia's capital - ...": the dash is one of two.
bool has_dash(std::string_view sentence) {
  constexpr std::size_t kFar = 300;
  for (std::size_t at = 1; at < std::min(sentence.size(), kFar) && sentence[at] != '\n'; ++at)
    if (sentence[at - 1] == ' ' && dash_at(sentence, at) != 0) return true;
  return false;
}

}  // namespace

std::size_t dateline_bytes(std::string_view paragraph) {
  const auto words = reading_words();
  if (!words) return 0;
  const Dateplace found = find_dateplace(paragraph, **words);
  const std::string_view rest = paragraph.substr(found.bytes);
  if (found.bytes == 0 || !begins_sentence(rest)) return 0;
  if (found.sure) return found.bytes;
  const names::Known* known = names::lexicon().known(key_of(found.place));
  if (known == nullptr || known->type != EntityType::gpe || known->adjective) return 0;
  return found.capitals || !has_dash(rest) ? found.bytes : 0;
}

}  // namespace relata
