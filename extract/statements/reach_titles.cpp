// Whom a title stands for.
#include <algorithm>

#include "extract/statements/reach.h"
#include "extract/statements/tree.h"

namespace relata::statements {

// The person at the end of a title that the parser made the head: "Deputy Secretary of the Army for Logistics Helen Grant", "the mayor of
// London, Lee Khan,".
Reached Reach::bearer_of_title(TokenIndex title) const {
  constexpr TokenIndex kLongest = 14;
  const Token& word = document_.tokens[title];
  const Reached nobody{kNoActor, 0, 0};
  if ((word.tag != Tag::NN && word.tag != Tag::NNP) || ontology_.entries(WordClass::role, word.lower).empty()) return nobody;
  const TokenIndex last = std::min(document_.right_edge[title], title + kLongest);
  if (word.tag == Tag::NNP && child_with(document_, title, Dep::det) == kNoToken && is_person(last) && document_.tokens[name_begin_[last] - 1].pos != Pos::ADP &&
      name_begin_[last] > title && hangs_under(last, title))
    return {at(last), last, 0};
  for (TokenIndex i = title + 2; i <= last; ++i) {
    if (document_.tokens[i].pos == Pos::VERB) break;
    if (!is_person(i) || name_begin_[i] <= title + 1 || document_.tokens[name_begin_[i] - 1].tag != Tag::COMMA) continue;
    const bool closed = i == document_.right_edge[title] || (i + 1 < document_.tokens.size() && document_.tokens[i + 1].tag == Tag::COMMA);
    if (closed && hangs_under(i, title)) return {at(i), i, 0};
  }
  return nobody;
}

bool Reach::is_person(TokenIndex token) const {
  return is_name(token) && name_begin_[token] != 0 && at(token) != kNoActor && type_of(at(token)) == EntityType::person;
}

bool Reach::hangs_under(TokenIndex token, TokenIndex above) const {
  for (int step = 0; step < 6 && token != above; ++step) {
    const Dep dep = document_.tokens[token].dep;
    if (dep != Dep::pobj && dep != Dep::prep && dep != Dep::conj && dep != Dep::appos) return false;
    token = document_.tokens[token].head;
  }
  return token == above;
}

}  // namespace relata::statements
