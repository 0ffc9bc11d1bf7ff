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

// "the coach, Ana Lima,", "the ambassador to Peru Ana Lima": the name of the person whose office the phrase gives, which the
// tree hangs elsewhere.
std::optional<ActorIndex> named_after(const Document& d, const Actors& actors, TokenIndex head) {
  constexpr TokenIndex kFar = 16;
  const Token& h = d.tokens[head];
  if (h.pos != Pos::NOUN && h.pos != Pos::PROPN) return std::nullopt;
  for (TokenIndex i = head + 1; i < d.tokens.size() && i <= head + kFar; ++i) {
    const Token& t = d.tokens[i];
    if (is_verbal(t) || t.tag == Tag::CC || t.tag == Tag::PERIOD || t.is_space || t.lower == "by") return std::nullopt;
    if (t.tag == Tag::COMMA && (i + 1 == d.tokens.size() || d.tokens[i + 1].pos != Pos::PROPN)) return std::nullopt;
    const auto actor = named(actors, i);
    if (!actor || actors.actors[*actor].type != EntityType::person) continue;
    TokenIndex first = i;
    while (first > head + 1 && d.tokens[first - 1].head == i && d.tokens[first - 1].dep == Dep::compound) --first;
    const Token& before = d.tokens[first - 1];
    if (before.pos == Pos::ADP || before.tag == Tag::POS || before.pos == Pos::DET) return std::nullopt;
    return actor;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ActorIndex> speaking_actor(const Document& d, const Actors& actors, TokenIndex head) {
  if (const auto actor = named(actors, head)) {
    // "the German government" speaks for Germany, whatever body it was taken for before
    if (d.tokens[head].pos != Pos::NOUN || actors.actors[*actor].type == EntityType::person) return actor;
    const auto state = named_child(d, actors, head, {Dep::amod, Dep::poss, Dep::compound});
    const bool of_state = state && (actors.actors[*state].type == EntityType::gpe || actors.actors[*state].type == EntityType::norp);
    return of_state ? state : actor;
  }
  if (const auto actor = named_child(d, actors, head, {Dep::appos})) return actor;
  if (const auto actor = named_after(d, actors, head)) return actor;
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
