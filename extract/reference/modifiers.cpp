#include "extract/reference/modifiers.h"

#include <algorithm>

namespace relata::reference {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_modifier(const Discourse& all, const Phrase& mention, TokenIndex word) {
  int looked = 0;
  const std::uint32_t mine = all.mention_at[word];
  for (const TokenIndex child : all.document.children_of(mention.head)) {
    if (++looked > 20) return false;
    if (all.tokens[child].lower == all.tokens[word].lower && all.tokens[child].dep != Dep::det) return true;
    const std::uint32_t theirs = all.mention_at[child];
    if (mine != kNone && theirs != kNone && all.mentions[mine].cluster != kNone && all.mentions[mine].cluster == all.mentions[theirs].cluster) return true;
  }
  return false;
}

bool has_modifier_lemma(const Discourse& all, const Phrase& mention, TokenIndex word) {
  int looked = 0;
  for (const TokenIndex child : all.document.children_of(mention.head)) {
    if (++looked > 20) return false;
    if (all.tokens[child].dep == all.tokens[word].dep && all.tokens[child].lemma == all.tokens[word].lemma) {
      const auto mine = all.document.children_of(word), theirs = all.document.children_of(child);
      if (!mine.empty() && !theirs.empty() && all.tokens[mine.front()].lemma == all.tokens[theirs.front()].lemma) return true;
    }
  }
  return false;
}

}  // namespace

bool is_restricted(const Discourse& all, const Phrase& mention) {
  int looked = 0;
  for (const TokenIndex child : all.document.children_of(mention.head)) {
    if (++looked > 40) return true;
    const Dep dep = all.tokens[child].dep;
    if (child > mention.head && (dep == Dep::relcl || dep == Dep::acl || (dep == Dep::prep && all.tokens[child].lower == "of"))) return true;
    if (child < mention.head && dep == Dep::poss) return true;
    if (child < mention.head && (dep == Dep::nummod || one_of(all.tokens[child].lower, {"other", "another", "first", "second", "next", "new", "own", "same"}))) return true;
  }
  return false;
}

bool names_another(const Discourse& all, const Phrase& mention, std::uint32_t cluster) {
  int looked = 0;
  for (const TokenIndex child : all.document.children_of(mention.head)) {
    if (child > mention.head || ++looked > 20) return false;
    const std::uint32_t name = all.mention_at[child];
    if (name != kNone && all.mentions[name].name != kNone && all.mentions[name].cluster != cluster) return true;
  }
  return false;
}

bool is_plain(const Discourse& all, const Phrase& mention) {
  for (TokenIndex i = mention.phrase.first; i < mention.head; ++i)
    if (all.tokens[i].dep != Dep::det) return false;
  return mention.phrase.last <= mention.head + 2;
}

bool modifiers_fit(const Discourse& all, const Phrase& mention, const Phrase& before) {
  int looked = 0;
  for (const TokenIndex child : all.document.children_of(mention.head)) {
    if (++looked > 20) return false;
    const Dep dep = all.tokens[child].dep;
    if (dep == Dep::det || dep == Dep::punct || dep == Dep::case_ || dep == Dep::predet) continue;
    if (dep == Dep::amod || dep == Dep::compound || dep == Dep::nummod || dep == Dep::poss || dep == Dep::nmod) {
      if (!has_modifier(all, before, child)) return false;
    } else if (dep == Dep::prep || dep == Dep::relcl || dep == Dep::acl) {
      if (!has_modifier_lemma(all, before, child)) return false;
    }
  }
  return true;
}

}  // namespace relata::reference
