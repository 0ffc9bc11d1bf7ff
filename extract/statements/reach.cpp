#include "extract/statements/reach.h"

#include <algorithm>

#include "extract/statements/tree.h"

namespace relata {
namespace {

constexpr std::size_t kMaxReached = 8;
constexpr std::size_t kMaxVisited = 48;
constexpr int kMaxDepth = 6;

void add(std::vector<Reached>& all, Reached reached) {
  const bool known = std::any_of(all.begin(), all.end(), [&](const Reached& r) { return r.actor == reached.actor; });
  if (!known && all.size() < kMaxReached * 3) all.push_back(reached);
}

bool modifies(Dep dep) { return dep == Dep::poss || dep == Dep::compound || dep == Dep::amod || dep == Dep::nmod; }

// What a phrase is about may hang on these; relative clauses and participles tell something else about it.
bool leads_on(const Token& child) {
  switch (child.dep) {
    case Dep::poss:
    case Dep::compound:
    case Dep::amod:
    case Dep::nmod:
    case Dep::prep:
    case Dep::agent:
    case Dep::pobj:
    case Dep::conj:
    case Dep::dobj:
    case Dep::nsubj:
    case Dep::nsubjpass:
    case Dep::ccomp:
    case Dep::xcomp:
    case Dep::pcomp:
    case Dep::dative:
      return true;
    case Dep::acl:
      return child.tag == Tag::VB;
    default:
      return false;
  }
}

}  // namespace

ActorIndex Reach::at(TokenIndex token) const {
  const ActorIndex actor = token < actors_.of_token.size() ? actors_.of_token[token] : kNoActor;
  return actor != kNoActor && actors_.actors[actor].named ? actor : kNoActor;
}

std::vector<Reached> Reach::owners(TokenIndex noun) const {
  std::vector<Reached> all;
  for (const TokenIndex child : document_.children_of(noun)) {
    if (!modifies(document_.tokens[child].dep)) continue;
    for (const TokenIndex part : conjuncts(document_, child))
      if (const ActorIndex actor = at(part); actor != kNoActor) add(all, {actor, part, 1});
  }
  return all;
}

std::vector<TokenIndex> Reach::under(TokenIndex token, std::string_view preposition) const {
  std::vector<TokenIndex> all;
  for (const TokenIndex child : document_.children_of(token)) {
    const Dep dep = document_.tokens[child].dep;
    if ((dep != Dep::prep && dep != Dep::agent && dep != Dep::dative) || document_.tokens[child].lower != preposition) continue;
    for (const TokenIndex object : document_.children_of(child))
      if (document_.tokens[object].dep == Dep::pobj || document_.tokens[object].dep == Dep::pcomp) all.push_back(object);
  }
  return all;
}

bool Reach::stands_for(TokenIndex noun, ActorIndex owner) const {
  const std::string_view lemma = document_.tokens[noun].lemma;
  if (type_of(owner) == EntityType::person) return ontology_.has("stands_for_person", lemma);
  return ontology_.has("stands_for", lemma) || ontology_.has("forces", lemma) || ontology_.has("weapon", lemma) ||
         ontology_.has("place_of", lemma);
}

void Reach::add_direct(TokenIndex token, int depth, std::vector<Reached>& all) const {
  if (const ActorIndex actor = at(token); actor != kNoActor) return add(all, {actor, token, 0});
  if (!is_noun(document_.tokens[token]) && document_.tokens[token].pos != Pos::NUM && document_.tokens[token].pos != Pos::DET) return;
  for (const TokenIndex child : document_.children_of(token))
    if (document_.tokens[child].dep == Dep::appos)
      if (const ActorIndex actor = at(child); actor != kNoActor) return add(all, {actor, child, 0});
  for (const Reached& owner : owners(token))
    if (stands_for(token, owner.actor)) add(all, {owner.actor, owner.token, 0});
  if (depth >= 3) return;
  const bool amount = ontology_.has("amount", document_.tokens[token].lemma) || document_.tokens[token].pos == Pos::NUM;
  for (const std::string_view preposition : {std::string_view("of"), std::string_view("from")})
    for (const TokenIndex object : under(token, preposition))
      for (const TokenIndex part : conjuncts(document_, object)) {
        std::vector<Reached> below;
        add_direct(part, depth + 1, below);
        for (const Reached& reached : below)
          if (amount || stands_for(token, reached.actor)) add(all, {reached.actor, reached.token, 0});
      }
}

std::vector<Reached> Reach::direct_of(TokenIndex token) const {
  std::vector<Reached> all;
  add_direct(token, 0, all);
  return all;
}

std::vector<Reached> Reach::direct(TokenIndex head) const {
  std::vector<Reached> all;
  for (const TokenIndex part : conjuncts(document_, head)) add_direct(part, 0, all);
  return all;
}

std::vector<Reached> Reach::nested(TokenIndex head) const {
  std::vector<Reached> all;
  std::vector<std::pair<TokenIndex, int>> queue{{head, 0}};
  for (std::size_t i = 0; i < queue.size() && all.size() < kMaxReached; ++i) {
    const auto [token, depth] = queue[i];
    if (const ActorIndex actor = at(token); actor != kNoActor) {
      add(all, {actor, token, depth});
      if (depth != 0) continue;
    }
    if (depth >= kMaxDepth) continue;
    for (const TokenIndex child : document_.children_of(token))
      if (queue.size() < kMaxVisited && leads_on(document_.tokens[child])) queue.emplace_back(child, depth + 1);
  }
  return all;
}

}  // namespace relata
