#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <string_view>

namespace relata::fuzz {
namespace {

using namespace std::string_view_literals;

// Marks, ends and lengths that parsers treat on their own, and bytes that are no text.
constexpr std::string_view kPieces[] = {
    "\0"sv, "\n"sv, "\r\n"sv, "\n\n\n"sv, "\t"sv, " "sv, "\""sv, "\\"sv, "\\u0000"sv, "\\ud800"sv, "'"sv, "''"sv, "\u201c"sv, "\u201d"sv, "\u2019s"sv, "\u00ab"sv,
    "."sv, "..."sv, "?!"sv, ","sv, ";"sv, ":"sv, "-"sv, "\u2014"sv, "("sv, ")"sv, "["sv, "{"sv, "}"sv, "]"sv, "<"sv, ">"sv, "</"sv, "&amp;"sv, "&#0;"sv, "&#x110000;"sv,
    "%"sv, "$"sv, "0"sv, "-1"sv, "99999999999999999999"sv, "1e999"sv, "0.0000001"sv, "2024-02-30"sv, "9999-12-31"sv, "0000-00-00"sv, "25:61"sv, "31 February"sv,
    "next"sv, "ago"sv, "century"sv, "the"sv, "of"sv, "and"sv, "who"sv, "said"sv, "not"sv, "Mr."sv, "U.S."sv, "he"sv, "Norland"sv, "to meet"sv, "\xff"sv, "\xc3"sv,
    "\xe2\x80"sv, "\xf0\x9f"sv, "\xed\xa0\x80"sv, "\xef\xbb\xbf"sv, "\xff\xfe"sv, "\u200d"sv, "\u202e"sv, "e\u0301\u0301\u0301"sv, "\U0001F1FA\U0001F1E6"sv, "\u00a0"sv,
    "\u2028"sv, "http://a.b/c?d=e"sv, "a@b.c"sv, "@x #y"sv, "<script>"sv, "<!--"sv, "]]>"sv, "null"sv, "true"sv, "[]"sv, "{}"sv, "\x1f\x8b\x08"sv, "\x28\xb5\x2f\xfd"sv};

std::string stretch(const std::string& text, Random& random, std::size_t longest) {
  if (text.empty()) return {};
  const std::size_t begin = random.below(text.size());
  return text.substr(begin, 1 + random.below(longest));
}

void change(std::string& text, const std::vector<std::string>& seeds, Random& random) {
  const std::size_t at = random.below(text.size() + 1);
  switch (random.below(8)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(random.next());
      break;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1u << random.below(8)));
      break;
    case 2:
      text.erase(at, 1 + random.below(40));
      break;
    case 3: {
      std::string part = stretch(text, random, 30);
      const std::size_t times = random.below(16) == 0 ? random.below(2000) : 1 + random.below(4);
      std::string repeated;
      for (std::size_t i = 0; i < times; ++i) repeated += part;
      text.insert(at, repeated);
      break;
    }
    case 4:
      text.insert(at, stretch(seeds[random.below(seeds.size())], random, 200));
      break;
    case 5: {
      std::string part = stretch(text, random, 60);
      text.insert(random.below(text.size() + 1), part);
      break;
    }
    default:
      text.insert(at, kPieces[random.below(std::size(kPieces))]);
  }
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

std::string mutate(const std::vector<std::string>& seeds, Random& random, std::size_t most) {
  std::string text = seeds[random.below(seeds.size())];
  const std::size_t changes = std::size_t{1} << random.below(6);
  for (std::size_t i = 0; i < changes; ++i) change(text, seeds, random);
  if (text.size() > most) text.resize(most);
  return text;
}

}  // namespace relata::fuzz
