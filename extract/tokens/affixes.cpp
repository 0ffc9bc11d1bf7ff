#include "extract/tokens/affixes.h"

#include <array>
#include <vector>

#include "extract/tokens/characters.h"

namespace relata {
namespace {

using pack::Affix;
using pack::Body;

// The alternatives that can begin (end) with a byte, in the order of the model's list.
class ByEdge {
 public:
  ByEdge(pack::Slice slice, bool last) {
    for (const Affix& affix : pack::tables().all<Affix>(slice)) {
      const std::string_view literal = pack::tables().text(affix.literal);
      for (std::size_t byte = 0; byte < lists_.size(); ++byte) {
        const auto edge = static_cast<unsigned char>(literal.empty() ? '.' : last ? literal.back() : literal.front());
        if (affix.body == Body::char_class || edge == byte) lists_[byte].push_back(&affix);
      }
    }
  }
  const std::vector<const Affix*>& of(char byte) const { return lists_[static_cast<unsigned char>(byte)]; }

 private:
  std::array<std::vector<const Affix*>, 256> lists_;
};

bool behind_fits(const Affix& affix, std::string_view chunk, std::size_t begin) {
  if (affix.behind == 0) return true;
  const CodePoint near = code_point_before(chunk, begin);
  if (near.size == 0 || !(character_bits(near.value) & affix.behind)) return false;
  if (affix.far_behind == 0) return true;
  const CodePoint far = code_point_before(chunk, begin - near.size);
  return far.size != 0 && (character_bits(far.value) & affix.far_behind) != 0;
}

bool ahead_fits(const Affix& affix, std::string_view chunk, std::size_t end) {
  if ((affix.ahead | affix.not_ahead) == 0) return true;
  const CodePoint next = code_point_at(chunk, end);
  const std::uint32_t bits = next.size != 0 ? character_bits(next.value) : 0;
  return (affix.ahead == 0 || (bits & affix.ahead) != 0) && (bits & affix.not_ahead) == 0;
}

// Bytes of the body at `begin`; 0 if it is not there.
std::size_t body_length(const Affix& affix, std::string_view chunk, std::size_t begin) {
  if (affix.body == Body::literal) {
    const std::string_view literal = pack::tables().text(affix.literal);
    return chunk.substr(begin).starts_with(literal) ? literal.size() : 0;
  }
  if (affix.body == Body::char_class) {
    const CodePoint c = code_point_at(chunk, begin);
    return character_bits(c.value) & affix.body_class ? c.size : 0;
  }
  std::size_t end = begin;
  while (end < chunk.size() && chunk[end] == '.') ++end;
  return end - begin >= 2 ? end - begin : 0;
}

// Bytes of the body that ends the chunk; 0 if none does.
std::size_t last_body_length(const Affix& affix, std::string_view chunk) {
  if (affix.body == Body::literal) {
    const std::string_view literal = pack::tables().text(affix.literal);
    return chunk.ends_with(literal) ? literal.size() : 0;
  }
  if (affix.body == Body::char_class) {
    const CodePoint c = code_point_before(chunk, chunk.size());
    return character_bits(c.value) & affix.body_class ? c.size : 0;
  }
  std::size_t begin = chunk.size();
  while (begin > 0 && chunk[begin - 1] == '.') --begin;
  return chunk.size() - begin >= 2 ? chunk.size() - begin : 0;
}

}  // namespace

std::size_t prefix_length(std::string_view chunk) {
  static const ByEdge kPrefixes(pack::tables().header().prefixes, false);
  const CodePoint first = code_point_at(chunk, 0);
  if (first.size == 0 || !(character_bits(first.value) & pack::kPrefixStart)) return 0;
  for (const Affix* affix : kPrefixes.of(chunk.front())) {
    const std::size_t length = body_length(*affix, chunk, 0);
    if (length != 0 && ahead_fits(*affix, chunk, length)) return length;
  }
  return 0;
}

std::size_t suffix_length(std::string_view chunk) {
  static const ByEdge kSuffixes(pack::tables().header().suffixes, true);
  const CodePoint last = code_point_before(chunk, chunk.size());
  if (last.size == 0 || !(character_bits(last.value) & pack::kSuffixEnd)) return 0;
  std::size_t longest = 0;
  for (const Affix* affix : kSuffixes.of(chunk.back())) {
    const std::size_t length = last_body_length(*affix, chunk);
    if (length > longest && behind_fits(*affix, chunk, chunk.size() - length)) longest = length;
  }
  return longest;
}

InfixMatch next_infix(std::string_view chunk, std::size_t from) {
  static const ByEdge kInfixes(pack::tables().header().infixes, false);
  CodePoint c;
  for (std::size_t at = from; (c = code_point_at(chunk, at)).size != 0; at += c.size) {
    if (!(character_bits(c.value) & pack::kInfixStart)) continue;
    for (const Affix* affix : kInfixes.of(chunk[at])) {
      const std::size_t length = body_length(*affix, chunk, at);
      if (length != 0 && behind_fits(*affix, chunk, at) && ahead_fits(*affix, chunk, at + length)) return {at, at + length};
    }
  }
  return {};
}

}  // namespace relata
