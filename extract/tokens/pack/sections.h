// The parts of the pack, one function each. They throw std::runtime_error naming what in the JSON is not understood: a build stops there.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "extract/tokens/pack/builder.h"

namespace relata::pack {

// The characters' predicates and lower-casing, and the classes that the affix rules use.
class Characters {
 public:
  explicit Characters(const nlohmann::json& unicode);

  // The mask of a class as the patterns write it: "[0-9\\x{B0}]" or one character "\\x{B0}". A class is given a bit when first asked for.
  std::uint32_t class_mask(const std::string& pattern);
  void mark(const std::string& pattern, std::uint32_t mask);
  void mark(char32_t c, std::uint32_t mask) { table_[c].bits |= mask; }

  void write(Builder& builder) const;

 private:
  std::vector<Character> table_;
  std::map<std::string, std::uint32_t> classes_;
  int next_class_ = kFirstClass;
};

// UTF-8 of a pattern of plain characters and \x{HEX} only.
std::string plain_text(const std::string& pattern);
std::u32string plain_points(const std::string& pattern);
std::string utf8(char32_t c);

void write_affixes(const nlohmann::json& tokenizer, Characters& characters, Builder& builder);
void write_words(const nlohmann::json& tokenizer, const nlohmann::json& norms, const nlohmann::json& symbols, Builder& builder);
void write_rules(const nlohmann::json& ruler, Builder& builder);
void write_lemmas(const nlohmann::json& lemmatizer, Builder& builder);

}  // namespace relata::pack
