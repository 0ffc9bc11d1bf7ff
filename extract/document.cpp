#include "extract/document.h"

#include <algorithm>

namespace relata {
namespace {

void index_sentences(Document& document) {
  const auto count = static_cast<TokenIndex>(document.tokens.size());
  document.sentences.clear();
  document.sentence_of.assign(count, 0);
  for (TokenIndex i = 0; i < count; ++i) {
    // The first token opens a sentence whether it is marked or not.
    if (i == 0 || document.tokens[i].sentence_start) document.sentences.push_back({i, i});
    document.sentences.back().last = i + 1;
    document.sentence_of[i] = static_cast<std::uint32_t>(document.sentences.size() - 1);
  }
  document.noise.assign(document.sentences.size(), false);
}

// Counting sort of the tokens by head; ascending within one head.
void index_children(Document& document) {
  const std::size_t count = document.tokens.size();
  document.child_begin.assign(count + 1, 0);
  for (TokenIndex i = 0; i < count; ++i) {
    if (document.tokens[i].head != i) ++document.child_begin[document.tokens[i].head + 1];
  }
  for (std::size_t i = 0; i < count; ++i) document.child_begin[i + 1] += document.child_begin[i];
  document.children.resize(document.child_begin[count]);
  std::vector<std::uint32_t> next(document.child_begin.begin(), document.child_begin.end());
  for (TokenIndex i = 0; i < count; ++i) {
    if (const TokenIndex head = document.tokens[i].head; head != i) document.children[next[head]++] = i;
  }
}

// Breadth first from the roots, then backwards: every token is met after all its descendants. No recursion, linear.
void index_edges(Document& document) {
  const auto count = static_cast<TokenIndex>(document.tokens.size());
  document.left_edge.resize(count);
  document.right_edge.resize(count);
  std::vector<TokenIndex> order;
  order.reserve(count);
  for (TokenIndex i = 0; i < count; ++i) {
    document.left_edge[i] = document.right_edge[i] = i;
    if (document.tokens[i].head == i) order.push_back(i);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const TokenIndex child : document.children_of(order[next])) order.push_back(child);
  }
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    const TokenIndex head = document.tokens[*i].head;
    document.left_edge[head] = std::min(document.left_edge[head], document.left_edge[*i]);
    document.right_edge[head] = std::max(document.right_edge[head], document.right_edge[*i]);
  }
}

}  // namespace

std::string_view Document::text_of(TokenRange range) const {
  if (range.empty()) return {};
  const Token& first = tokens[range.first];
  const Token& last = tokens[range.last - 1];
  return std::string_view(source->text).substr(first.byte_begin, last.byte_begin + last.text.size() - first.byte_begin);
}

void index_tree(Document& document) {
  index_sentences(document);
  index_children(document);
  index_edges(document);
}

}  // namespace relata
