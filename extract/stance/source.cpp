#include "extract/stance/source.h"

#include "extract/stance/tree.h"

namespace relata::stance {
namespace {

std::optional<ActorIndex> named(const Actors& actors, TokenIndex token) {
  if (token >= actors.of_token.size()) return std::nullopt;
  const ActorIndex actor = actors.of_token[token];
  if (actor == kNoActor || !actors.actors[actor].named) return std::nullopt;
  return actor;
}

// A named child with one of the labels.
std::optional<ActorIndex> named_child(const Document& d, const Actors& actors, TokenIndex head, std::initializer_list<Dep> labels) {
  for (const Dep label : labels) {
    for (const TokenIndex child : near_children(d, head)) {
      if (d.tokens[child].dep != label) continue;
      if (const auto actor = named(actors, child)) return actor;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<ActorIndex> speaking_actor(const Document& d, const Actors& actors, TokenIndex head) {
  if (const auto actor = named(actors, head)) return actor;
  if (const auto actor = named_child(d, actors, head, {Dep::appos})) return actor;
  const bool unnamed = head < actors.of_token.size() && actors.of_token[head] != kNoActor;
  if (d.tokens[head].pos == Pos::PRON) return unnamed ? std::optional(actors.of_token[head]) : std::nullopt;
  if (const auto actor = named_child(d, actors, head, {Dep::compound, Dep::amod, Dep::nmod, Dep::poss})) return actor;
  for (const TokenIndex child : near_children(d, head)) {
    if (d.tokens[child].dep != Dep::prep || child < head) continue;
    const std::string_view word = d.tokens[child].lower;
    if (word != "of" && word != "from" && word != "for" && word != "at" && word != "in" && word != "with") continue;
    if (const auto actor = named_child(d, actors, child, {Dep::pobj})) return actor;
    const TokenIndex object = child_with(d, child, Dep::pobj);
    if (object == kNoToken) continue;
    if (const auto actor = named_child(d, actors, object, {Dep::compound, Dep::amod, Dep::nmod, Dep::poss, Dep::appos})) return actor;
  }
  if (const TokenIndex group = child_with(d, head, Dep::poss); group != kNoToken) {
    if (const auto actor = named_child(d, actors, group, {Dep::compound, Dep::amod, Dep::nmod, Dep::poss})) return actor;
  }
  return unnamed ? std::optional(actors.of_token[head]) : std::nullopt;
}

}  // namespace relata::stance
