#include <utf8proc.h>

#include <stdexcept>

#include "extract/tokens/pack/sections.h"

namespace relata::pack {
namespace {

constexpr char32_t kCodePoints = 0x110000;

// Unicode D136: what lies between a letter and a final sigma without counting.
bool case_ignorable(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK: return true;
    default: break;
  }
  constexpr char32_t kInsideWords[] = {0x27, 0x2E, 0x3A, 0xB7, 0x387, 0x55F, 0x5F4, 0x2018, 0x2019, 0x2024, 0x2027, 0xFE13, 0xFE52, 0xFE55, 0xFF07, 0xFF0E, 0xFF1A};
  for (const char32_t i : kInsideWords)
    if (i == c) return true;
  return false;
}

char32_t hex(const std::string& digits) { return static_cast<char32_t>(std::stoul(digits, nullptr, 16)); }

// One character of a pattern: itself, or \x{HEX}. Advances.
char32_t character(const std::string& pattern, std::size_t& at) {
  const char c = pattern.at(at);
  if (c != '\\') {
    if (static_cast<unsigned char>(c) >= 0x80) throw std::runtime_error("a pattern is not ASCII: " + pattern.substr(0, 80));
    ++at;
    return static_cast<char32_t>(c);
  }
  const std::size_t end = pattern.find('}', at);
  if (pattern.compare(at, 3, "\\x{") != 0 || end == std::string::npos) throw std::runtime_error("not understood: " + pattern.substr(at, 40));
  const char32_t value = hex(pattern.substr(at + 3, end - at - 3));
  at = end + 1;
  return value;
}

void mark_ranges(std::vector<Character>& table, const nlohmann::json& ranges, std::uint32_t mask) {
  for (const auto& range : ranges)
    for (char32_t c = range.at(0); c <= range.at(1).get<char32_t>(); ++c) table[c].bits |= mask;
}

}  // namespace

Characters::Characters(const nlohmann::json& unicode) : table_(kCodePoints) {
  for (char32_t c = 0; c < kCodePoints; ++c) {
    table_[c].lower = c;
    if (case_ignorable(c)) table_[c].bits |= kIgnorable;
  }
  const std::pair<const char*, std::uint32_t> kPredicates[] = {{"space", kSpace}, {"alpha", kAlpha}, {"alpha_upper", kUpper}, {"digit", kDigit},
                                                               {"decimal", kDecimal}, {"word", kWord}, {"cased", kCased}};
  for (const auto& [name, mask] : kPredicates) mark_ranges(table_, unicode.at(name), mask);
  for (const auto& [from, to] : unicode.at("lower").items()) {
    const char32_t c = hex(from);
    if (to.size() == 1) table_[c].lower = hex(to.at(0));
    else if (c != kDottedCapital) throw std::runtime_error("a second character with a long lower case: " + from);
  }
}

std::uint32_t Characters::class_mask(const std::string& pattern) {
  auto [it, fresh] = classes_.try_emplace(pattern, 0);
  if (fresh) {
    if (next_class_ == 32) throw std::runtime_error("more than 32 classes of characters");
    it->second = 1u << next_class_++;
    mark(pattern, it->second);
  }
  return it->second;
}

void Characters::mark(const std::string& pattern, std::uint32_t mask) {
  const bool set = pattern.front() == '[';
  if (set && (pattern.back() != ']' || pattern.at(1) == '^')) throw std::runtime_error("not a plain class: " + pattern.substr(0, 80));
  std::size_t at = set ? 1 : 0;
  const std::size_t end = pattern.size() - (set ? 1 : 0);
  while (at < end) {
    const char32_t first = character(pattern, at);
    char32_t last = first;
    if (at + 1 < end && pattern[at] == '-') last = character(pattern, ++at);
    for (char32_t c = first; c <= last; ++c) table_.at(c).bits |= mask;
  }
}

void Characters::write(Builder& builder) const {
  constexpr std::size_t kBlock = 256;
  std::map<std::string, std::uint16_t> seen;
  std::vector<std::uint16_t> stage1;
  std::vector<Character> stage2;
  for (std::size_t from = 0; from < table_.size(); from += kBlock) {
    // Lower case is stored as a difference so that blocks of characters without case are the same block.
    std::vector<Character> block(table_.begin() + static_cast<std::ptrdiff_t>(from), table_.begin() + static_cast<std::ptrdiff_t>(from + kBlock));
    for (std::size_t i = 0; i < kBlock; ++i) block[i].lower -= static_cast<std::uint32_t>(from + i);
    const std::string key(reinterpret_cast<const char*>(block.data()), kBlock * sizeof(Character));
    const auto [it, fresh] = seen.try_emplace(key, static_cast<std::uint16_t>(seen.size()));
    if (fresh) stage2.insert(stage2.end(), block.begin(), block.end());
    stage1.push_back(it->second);
  }
  builder.header.stage1 = builder.slice(stage1);
  builder.header.stage2 = builder.slice(stage2);
}

std::u32string plain_points(const std::string& pattern) {
  std::u32string out;
  for (std::size_t at = 0; at < pattern.size();) out += character(pattern, at);
  return out;
}

std::string plain_text(const std::string& pattern) {
  std::string out;
  for (const char32_t c : plain_points(pattern)) out += utf8(c);
  return out;
}

std::string utf8(char32_t c) {
  utf8proc_uint8_t buffer[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), buffer);
  return {reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(size)};
}

}  // namespace relata::pack
