#include "extract/reference/descriptions.h"

#include <algorithm>

namespace relata::reference {
namespace {

constexpr std::size_t kFewNouns = 8;

void call(const Discourse& all, Cluster& cluster, TokenIndex word) {
  const Token& token = all.tokens[word];
  const names::Noun* noun = all.lexicon.noun(token.lemma);
  if (noun == nullptr) noun = all.lexicon.noun(token.lower);
  if (noun == nullptr || !(noun->types & cluster.types)) return;
  const std::string_view name = all.lexicon.noun(token.lemma) != nullptr ? token.lemma : token.lower;
  const auto add = [&](std::string_view one) {
    if (cluster.nouns.size() < kFewNouns && std::find(cluster.nouns.begin(), cluster.nouns.end(), one) == cluster.nouns.end()) cluster.nouns.push_back(one);
  };
  add(name);
  if (name == "minister" && word > 0 && all.tokens[word - 1].lower == "prime") add("premier");
  if (const std::uint32_t land = land_before(all, word); land != 0 && cluster.lands.size() < kFewNouns) cluster.lands.push_back(land);
  if ((cluster.gender == Gender::unknown) && (noun->gender == Gender::male || noun->gender == Gender::female)) cluster.gender = noun->gender;
}

// "the Prime Minister of Norland, Mr. Ola Berg": the title, however the parser hung the name.
TokenIndex title_across_comma(const Discourse& all, const Phrase& mention) {
  constexpr TokenIndex kWords = 6;
  TokenIndex i = mention.tokens.first;
  const names::Title* honorific = i == 0 ? nullptr : all.lexicon.title(all.tokens[i - 1].text);
  if (honorific != nullptr && honorific->kind == names::TitleKind::honorific) --i;
  if (i == 0 || all.tokens[i - 1].tag != Tag::COMMA) return kNoToken;
  for (TokenIndex of = i - 1; of > 1 && i - of < kWords; --of) {
    const Token& word = all.tokens[of];
    if (word.lower != "of") {
      if (word.pos == Pos::VERB || (of != i - 1 && word.pos == Pos::PUNCT)) return kNoToken;
      continue;
    }
    const names::Title* title = all.lexicon.title(all.tokens[of - 1].text);
    return title != nullptr && title->kind == names::TitleKind::office ? of - 1 : kNoToken;
  }
  return kNoToken;
}

}  // namespace

std::uint32_t land_before(const Discourse& all, TokenIndex word) {
  constexpr TokenIndex kWords = 3;
  for (TokenIndex i = word; i > 0 && word - i < kWords; --i) {
    const Token& before = all.tokens[i - 1];
    if (before.pos != Pos::ADJ && before.pos != Pos::PROPN && before.pos != Pos::NOUN) return 0;
    const names::Known* known = all.lexicon.known(before.text);
    if (known != nullptr && known->group != 0 && (known->type == EntityType::gpe || known->type == EntityType::norp)) return known->group;
  }
  return 0;
}

void describe(Discourse& all, std::uint32_t index) {
  const Phrase& mention = all.mentions[index];
  if (mention.name == kNone) return;
  Cluster& cluster = all.clusters[mention.cluster];
  int looked = 0;
  for (const TokenIndex child : all.document.children_of(mention.head)) {
    if (++looked > 40) break;
    const Dep dep = all.tokens[child].dep;
    if (mention.tokens.contains(child)) continue;
    if (dep == Dep::appos || dep == Dep::compound || dep == Dep::nmod) call(all, cluster, child);
  }
  const Token& head = all.tokens[mention.head];
  if (head.dep == Dep::appos && !mention.tokens.contains(head.head)) call(all, cluster, head.head);
  if (cluster.types & names::type_bit(EntityType::person))
    if (const TokenIndex title = title_across_comma(all, mention); title != kNoToken) call(all, cluster, title);
  if (is_subject(head.dep) && all.tokens[head.head].lemma == "be") {
    looked = 0;
    for (const TokenIndex child : all.document.children_of(head.head))
      if (++looked <= 40 && all.tokens[child].dep == Dep::attr) call(all, cluster, child);
  }
}

}  // namespace relata::reference
