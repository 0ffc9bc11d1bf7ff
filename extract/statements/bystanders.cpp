// Who is named beside the verb: "unveiled the jet in Everett", "flew Lee to Madrid", "met Lee in Oslo".
#include <algorithm>

#include "extract/statements/clause_writer.h"
#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

// A place, and the preposition that leads to it.
struct Scene {
  Reached place;
  std::string preposition;
};

class Bystanders {
 public:
  Bystanders(const Reading& reading, const Slots& slots, const Clause& clause, const std::vector<Reached>& doers)
      : reading_(reading), slots_(slots), writer_(reading, slots), clause_(clause), doers_(doers) {}

  // Whoever else is named beside the verb takes part in what it tells: "unveiled the jet in Everett", "sold it for Lee".
  void add_rest() const {
    for (const ClauseArgument& argument : clause_.arguments) {
      if (!own_oblique(argument)) continue;
      const std::string word(token(argument.marker).lower);
      if (reading_.ontology.has("beside", word)) continue;
      std::vector<Reached> others = reading_.reach.direct(argument.head);
      if (others.empty() && is_locative(word)) others = places_in(argument.head);
      for (const Reached& other : others) add_to_doers(other, word);
    }
  }

  // "delivered the A340 to Iberia", "flew Lee to Madrid", "the A340, which it flies out of Lyon": what is moved, and where, or to whom.
  void add_moved() const {
    if (!reading_.ontology.has("moves", slots_.verb(clause_))) return;
    const TokenIndex moved = slots_.object_of(clause_);
    if (moved == kNoToken) return;
    const std::vector<Reached> things = reading_.reach.direct(moved);
    for (const ClauseArgument& argument : clause_.arguments) {
      if (argument.inherited || argument.marker == kNoToken || argument.role == ClauseRole::agent) continue;
      const std::string_view word = token(argument.marker).lower;
      if (word != "to" && word != "into" && word != "from" && word != "out") continue;
      for (const Reached& end : reading_.reach.direct(argument.head))
        for (const Reached& thing : things)
          if (thing.actor != end.actor)
            writer_.write(moved_type(word, end), clause_, thing.actor, end.actor, "object moved", {}, 0.4F, std::string(word));
    }
  }

  // "won the contract from Lee for Norland Steel"
  void add_joined() const {
    if (reading_.ontology.has("stative", slots_.verb(clause_))) return;
    const TokenIndex object = slots_.object_of(clause_);
    if (object == kNoToken) return;
    const std::vector<Reached> things = reading_.reach.direct(object);
    for (const ClauseArgument& argument : clause_.arguments) {
      if (!own_oblique(argument) || argument.head < object) continue;
      const std::string word(token(argument.marker).lower);
      if (word != "to" && word != "from" && word != "with" && word != "for" && word != "against" && word != "into" && word != "by") continue;
      for (const Reached& end : reading_.reach.direct(argument.head))
        for (const Reached& thing : things)
          if (thing.actor != end.actor && thing.depth == 0 && end.depth == 0 && !writer_.is_place(thing) && !reading_.facts.told(clause_.predicate, thing.actor, end.actor))
            writer_.write("OTHER", clause_, thing.actor, end.actor, "named together", {}, 0.28F, word);
    }
  }

  // "met Lee in Oslo", "delivered the A340 to Iberia in Toulouse": where it happened was Oslo for Lee too.
  void add_scene() const {
    if (reading_.ontology.has("stative", slots_.verb(clause_))) return;
    const std::vector<Scene> scenes = find_scenes();
    for (const Scene& scene : scenes) {
      add_to_doers(scene.place, scene.preposition);
      for (const ClauseArgument& argument : clause_.arguments) {
        if (argument.inherited || !takes_part(argument)) continue;
        for (const Reached& other : reading_.reach.direct(argument.head))
          if (other.actor != scene.place.actor && present(other) && !reading_.facts.told(clause_.predicate, other.actor, scene.place.actor))
            writer_.write("OTHER", clause_, other.actor, scene.place.actor, "where it happened", {}, 0.3F, scene.preposition);
      }
    }
  }

 private:
  const Token& token(TokenIndex i) const { return reading_.token(i); }

  static bool own_oblique(const ClauseArgument& argument) {
    return !argument.inherited && argument.role == ClauseRole::oblique && argument.marker != kNoToken;
  }

  void add_to_doers(const Reached& other, const std::string& preposition) const {
    for (const Reached& doer : doers_)
      if (doer.actor != other.actor && !reading_.facts.told(clause_.predicate, doer.actor, other.actor))
        writer_.write("OTHER", clause_, doer.actor, other.actor, "beside the verb", {}, 0.3F, preposition);
  }

  // "in a ceremony in Oslo", "at a plant near Lyon"
  std::vector<Reached> places_in(TokenIndex head) const {
    std::vector<Reached> all = reading_.reach.nested(head, doers_);
    std::erase_if(all, [&](const Reached& reached) { return reached.depth > 1 || !writer_.is_place(reached) || !reached.aimed_at; });
    return all;
  }

  std::vector<Scene> find_scenes() const {
    std::vector<Scene> all;
    const auto add = [&](const std::vector<Reached>& places, std::string_view word) {
      for (const Reached& place : places)
        if (writer_.is_place(place)) all.push_back({place, std::string(word)});
    };
    for (const ClauseArgument& argument : clause_.arguments) {
      if (argument.inherited || argument.role == ClauseRole::subject) continue;
      if (own_oblique(argument) && is_scene(token(argument.marker).lower)) {
        const std::vector<Reached> places = reading_.reach.direct(argument.head);
        add(places.empty() ? places_in(argument.head) : places, token(argument.marker).lower);
      }
      // "met with Lee in Oslo", "recalled the Golf in Norway": the parser hangs the place on a person or thing, who is no part of it.
      if (!reading_.reach.is_name(argument.head) || !is_somebody_or_thing(argument.head)) continue;
      for (const TokenIndex child : near_children(reading_.document, argument.head))
        if (token(child).dep == Dep::prep && is_scene(token(child).lower))
          for (const TokenIndex place : reading_.reach.under(argument.head, token(child).lower))
            add(reading_.reach.direct(place), token(child).lower);
    }
    return all;
  }

  static bool is_scene(std::string_view preposition) {
    return preposition == "in" || preposition == "at" || preposition == "near" || preposition == "outside" || preposition == "inside";
  }

  bool is_somebody_or_thing(TokenIndex name) const {
    const ActorIndex actor = reading_.reach.at(name);
    if (actor == kNoActor) return false;
    const EntityType type = reading_.reach.type_of(actor);
    return type == EntityType::person || type == EntityType::vehicle || type == EntityType::product || type == EntityType::weapon;
  }

  static bool takes_part(const ClauseArgument& argument) {
    return argument.role == ClauseRole::object || argument.role == ClauseRole::indirect ||
           (argument.role == ClauseRole::oblique && argument.marker != kNoToken);
  }

  // Who can be at a place.
  bool present(const Reached& reached) const {
    const EntityType type = reading_.reach.type_of(reached.actor);
    return reached.depth == 0 && (type == EntityType::person || type == EntityType::org || type == EntityType::vehicle ||
                                  type == EntityType::product || type == EntityType::weapon);
  }

  std::string moved_type(std::string_view preposition, const Reached& end) const {
    return preposition != "from" && preposition != "out" && reading_.ontology.has("conveys", slots_.verb(clause_)) && writer_.is_place(end) ? "TRAVELLED_TO" : "OTHER";
  }

  const Reading& reading_;
  const Slots& slots_;
  ClauseWriter writer_;
  const Clause& clause_;
  const std::vector<Reached>& doers_;
};

}  // namespace

void add_bystanders(const Reading& reading, const Slots& slots, const Clause& clause, const std::vector<Reached>& doers, bool light) {
  const Bystanders bystanders(reading, slots, clause, doers);
  if (!light) bystanders.add_moved();
  if (reading.token(clause.predicate).lemma != "be") bystanders.add_rest();
  bystanders.add_scene();
  bystanders.add_joined();
}

}  // namespace relata::statements
