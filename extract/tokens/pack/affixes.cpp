#include <stdexcept>

#include "extract/tokens/pack/sections.h"

namespace relata::pack {
namespace {

using nlohmann::json;

// "a|b|c" without nesting.
std::vector<std::string> alternatives(const std::string& group) {
  std::vector<std::string> out(1);
  for (const char c : group) {
    if (c == '|') out.emplace_back();
    else out.back() += c;
  }
  return out;
}

// "[...]", "\x{B0}[...]", "[...][...]" -> its one or two atoms.
std::vector<std::string> atoms(const std::string& pattern) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < pattern.size();) {
    std::size_t end = at + 1;
    if (pattern[at] == '[') end = pattern.find(']', at) + 1;
    else if (pattern[at] == '\\') end = pattern.find('}', at) + 1;
    out.push_back(pattern.substr(at, end - at));
    at = end;
  }
  if (out.size() > 2) throw std::runtime_error("looks further behind than two characters: " + pattern.substr(0, 80));
  return out;
}

Affix conditions(const json& record, Characters& characters) {
  Affix affix;
  if (record.contains("behind")) {
    const auto behind = atoms(record.at("behind"));
    affix.behind = characters.class_mask(behind.back());
    if (behind.size() == 2) affix.far_behind = characters.class_mask(behind.front());
  }
  if (record.contains("ahead")) affix.ahead = characters.class_mask(record.at("ahead"));
  if (record.contains("not_ahead")) affix.not_ahead = characters.class_mask(record.at("not_ahead"));
  return affix;
}

// The affixes of one pattern in order; characters that can begin (or, `last`, end) one are marked.
std::vector<Affix> affixes(const json& pattern, Characters& characters, Builder& builder, std::uint32_t edge, bool last) {
  std::vector<Affix> out;
  for (const json& record : pattern.at("decomposed")) {
    const Affix conditional = conditions(record, characters);
    std::string body = record.at("body");
    if (body == "\\x{2E}\\x{2E}+") {
      out.push_back(conditional);
      out.back().body = Body::dots;
      characters.mark(U'.', edge);
    } else if (body.front() == '[') {
      out.push_back(conditional);
      out.back().body = Body::char_class;
      out.back().body_class = characters.class_mask(body);
      characters.mark(body, edge);
    } else {
      if (body.starts_with("(?:") && body.ends_with(")")) body = body.substr(3, body.size() - 4);
      for (const std::string& literal : alternatives(body)) {
        const auto points = plain_points(literal);
        out.push_back(conditional);
        out.back().literal = builder.text(plain_text(literal));
        characters.mark(last ? points.back() : points.front(), edge);
      }
    }
  }
  return out;
}

// The class C of the only "C{2,63}" of the address pattern: the letters of a top-level domain.
std::string top_level_domain(const std::string& pattern) {
  const std::size_t end = pattern.find("{2,63}");
  if (end == std::string::npos) throw std::runtime_error("url_match has no top-level domain");
  const std::size_t begin = pattern.rfind('[', end);
  return pattern.substr(begin, end - begin);
}

}  // namespace

void write_affixes(const json& tokenizer, Characters& characters, Builder& builder) {
  builder.header.prefixes = builder.slice(affixes(tokenizer.at("prefix_search"), characters, builder, kPrefixStart, false));
  builder.header.suffixes = builder.slice(affixes(tokenizer.at("suffix_search"), characters, builder, kSuffixEnd, true));
  builder.header.infixes = builder.slice(affixes(tokenizer.at("infix_finditer"), characters, builder, kInfixStart, false));
  characters.mark(top_level_domain(tokenizer.at("url_match").at("portable")), kTopLevelDomain);
}

}  // namespace relata::pack
