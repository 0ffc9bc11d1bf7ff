// An article as the language runtime sees it: tokens in sentences, a dependency tree, recognized names.
// The Document owns the article; everything else is a number into it or a view of text it or the runtime owns.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "extract/labels.h"
#include "graph/article.h"

namespace relata {

using TokenIndex = std::uint32_t;
inline constexpr TokenIndex kNoToken = 0xffffffffu;

struct Token {
  std::string_view text;   // of the article's text
  std::string_view lower;  // lower-cased; owned by the runtime's word store (or text itself)
  std::string_view lemma;  // likewise
  Span span;               // code points
  std::uint32_t byte_begin = 0;  // of `text` in the article's text
  TokenIndex head = 0;     // index in the document; the token itself for a root
  Tag tag = Tag::XX;
  Pos pos = Pos::none;
  Dep dep = Dep::none;
  Ner ner = Ner::none;     // of the recognizer
  bool ner_begins = false; // first token of a recognized name (BIO's B)
  bool space_after = false;
  bool is_space = false;
  bool sentence_start = false;
  std::string_view morph;  // "Number=Sing|Person=3", features sorted; may be empty
};

// Tokens [first, last).
struct TokenRange {
  TokenIndex first = 0, last = 0;
  auto operator<=>(const TokenRange&) const = default;
  bool empty() const { return first >= last; }
  bool contains(TokenIndex i) const { return first <= i && i < last; }
};

class Scratch;  // extract/tokens/scratch.h

struct Document {
  std::unique_ptr<const Article> source;  // never null; on the heap so that tokens' views survive a move of the Document
  std::shared_ptr<Scratch> scratch;  // word forms of this text that the runtime's store had no room for; may be null
  std::vector<Token> tokens;
  std::vector<TokenRange> sentences;       // in order, covering all tokens
  std::vector<std::uint32_t> sentence_of;  // token -> sentence
  std::vector<bool> noise;                 // sentence -> navigation, caption, credit, ...: not the article's own words
  // Children of every token in text order: children[child_begin[i] .. child_begin[i + 1]).
  std::vector<TokenIndex> children;
  std::vector<std::uint32_t> child_begin;
  // Leftmost and rightmost token of each token's subtree.
  std::vector<TokenIndex> left_edge, right_edge;

  const Article& article() const { return *source; }
  std::span<const TokenIndex> children_of(TokenIndex i) const {
    return {children.data() + child_begin[i], children.data() + child_begin[i + 1]};
  }
  // Bytes of the article from the first to the last token of the range, inner white space as written.
  std::string_view text_of(TokenRange range) const;
  Span span_of(TokenRange range) const { return {tokens[range.first].span.begin, tokens[range.last - 1].span.end}; }
};

// Derives sentences, sentence_of, noise (all false), children, child_begin and the edges from tokens' heads and sentence starts.
void index_tree(Document& document);

}  // namespace relata
