#include "extract/language/tree_repair.h"

#include <algorithm>
#include <unordered_map>

namespace relata {
namespace {

void widen(const std::vector<Token>& tokens, TokenIndex i, std::vector<TokenIndex>& left, std::vector<TokenIndex>& right) {
  const TokenIndex head = tokens[i].head;
  left[head] = std::min(left[head], left[i]);
  right[head] = std::max(right[head], right[i]);
}

// Whether every token's head lies in the stretch between two sentence starts that the token lies in.
bool sentences_hold_their_arcs(const std::vector<Token>& tokens, const std::vector<bool>& starts) {
  std::size_t first = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!(i > 0 && starts[i]) && i + 1 != tokens.size()) continue;
    for (std::size_t j = first; j < i; ++j) {
      if (tokens[j].head < first || tokens[j].head > i) return false;
    }
    first = i;
  }
  return true;
}

// The children of a token in text order as arcs are moved: those of the tree as it was, and those moved to it since.
class Children {
 public:
  explicit Children(const std::vector<Token>& tokens) : begin_(tokens.size() + 1, 0) {
    for (TokenIndex i = 0; i < tokens.size(); ++i) {
      if (tokens[i].head != i) ++begin_[tokens[i].head + 1];
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) begin_[i + 1] += begin_[i];
    children_.resize(begin_.back());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end());
    for (TokenIndex i = 0; i < tokens.size(); ++i) {
      if (tokens[i].head != i) children_[next[tokens[i].head]++] = i;
    }
  }

  void moved(TokenIndex child, TokenIndex head) { moved_[head].push_back(child); }

  // Those whose head is still `parent`, into `out`.
  void list(const std::vector<Token>& tokens, TokenIndex parent, std::vector<TokenIndex>& out) const {
    out.clear();
    for (std::uint32_t i = begin_[parent]; i < begin_[parent + 1]; ++i) {
      if (tokens[children_[i]].head == parent) out.push_back(children_[i]);
    }
    const auto more = moved_.find(parent);
    if (more == moved_.end()) return;
    for (const TokenIndex child : more->second) {
      if (tokens[child].head == parent &&
          !std::binary_search(children_.begin() + begin_[parent], children_.begin() + begin_[parent + 1], child)) {
        out.push_back(child);
      }
    }
    std::sort(out.begin(), out.end());
  }

 private:
  std::vector<std::uint32_t> begin_;
  std::vector<TokenIndex> children_;
  std::unordered_map<TokenIndex, std::vector<TokenIndex>> moved_;
};

}  // namespace

void find_sentences(std::vector<Token>& tokens, std::vector<TokenIndex>& left, std::vector<TokenIndex>& right) {
  const auto count = static_cast<TokenIndex>(tokens.size());
  left.resize(count);
  right.resize(count);
  for (TokenIndex i = 0; i < count; ++i) left[i] = right[i] = i;
  constexpr int kMostRounds = 12;  // one is enough for a tree without crossing arcs
  std::vector<bool> starts;
  for (int round = 0; round < kMostRounds; ++round) {
    for (TokenIndex i = 0; i < count; ++i) widen(tokens, i, left, right);
    for (TokenIndex i = count; i-- > 0;) widen(tokens, i, left, right);
    starts.assign(count, false);
    for (TokenIndex i = 0; i < count; ++i) {
      if (tokens[i].head == i) starts[left[i]] = true;
    }
    if (sentences_hold_their_arcs(tokens, starts)) break;
  }
  for (TokenIndex i = 0; i < count; ++i) tokens[i].sentence_start = starts[i];
}

bool restore_crossing_arcs(std::vector<Token>& tokens, const std::vector<Dep>& below, const std::vector<TokenIndex>& left,
                           const std::vector<TokenIndex>& right) {
  if (std::all_of(below.begin(), below.end(), [](Dep dep) { return dep == Dep::none; })) return false;
  Children children(tokens);
  std::vector<TokenIndex> queue, here;
  // Only text made to hurt reaches these: a sentence of thousands of words under one head, a crossing arc at every other word.
  constexpr std::size_t kMostLooked = 10'000;
  std::size_t budget = 1'000'000 + 16 * tokens.size();
  for (TokenIndex i = 0; i < tokens.size(); ++i) {
    if (below[i] == Dep::none) continue;
    queue.assign(1, tokens[i].head);
    TokenIndex found = tokens[i].head;
    bool searching = true;
    for (std::size_t next = 0; searching && next < queue.size() && next < kMostLooked && budget > 0; ++next) {
      const TokenIndex parent = queue[next];
      children.list(tokens, parent, here);
      budget -= std::min(budget, here.size() + 1);
      for (const TokenIndex child : here) {
        if (child == i || tokens[child].is_space || child < left[parent] || child > right[parent]) continue;
        // A label with a part still to be restored is another label.
        const bool restored = below[child] == Dep::none || child < i;
        if (restored && tokens[child].dep == below[i]) {
          found = child;
          searching = false;
          break;
        }
        queue.push_back(child);
      }
    }
    if (found != tokens[i].head) {
      tokens[i].head = found;
      children.moved(i, found);
    }
  }
  return true;
}

}  // namespace relata
