// Hostile documents without the language runtime: one sentence of any length whose words all hang on the first.
#pragma once

#include <string>
#include <vector>

#include "extract/document.h"

namespace relata {

struct FlatWord {
  std::string_view text, lower;
  Tag tag = Tag::NNP;
  Pos pos = Pos::PROPN;
  Dep dep = Dep::conj;
  Ner ner = Ner::none;
};

// `count` words, taken from `cycle` in turn. The words' texts must be string literals.
inline Document flat_document(const std::vector<FlatWord>& cycle, std::size_t count) {
  auto article = std::make_unique<Article>();
  for (std::size_t i = 0; i < count; ++i) article->text.append(cycle[i % cycle.size()].text).push_back(' ');
  Document document;
  document.source = std::move(article);
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const FlatWord& word = cycle[i % cycle.size()];
    Token token;
    token.text = std::string_view(document.article().text).substr(at, word.text.size());
    token.lower = token.lemma = word.lower;
    token.span = {at, at + static_cast<std::uint32_t>(word.text.size())};
    token.byte_begin = at;
    token.head = 0;
    token.tag = word.tag;
    token.pos = word.pos;
    token.dep = i == 0 ? Dep::ROOT : word.dep;
    token.ner = word.ner;
    token.ner_begins = word.ner != Ner::none;
    token.space_after = true;
    token.sentence_start = i == 0;
    document.tokens.push_back(token);
    at += static_cast<std::uint32_t>(word.text.size()) + 1;
  }
  index_tree(document);
  return document;
}

}  // namespace relata
