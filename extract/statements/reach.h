// Which named actors a phrase speaks of: the name itself, what stands for it ("the German government", "dozens of Palestinians"),
// or, deeper in the phrase, what it is about ("the decision to let Kyiv use").
#pragma once

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/statements/ontology.h"

namespace relata::statements {

struct Reached {
  ActorIndex actor = 0;
  TokenIndex token = 0;   // head of the mention
  int depth = 0;          // 0: the phrase names or stands for the actor; else steps down the tree
  bool aimed_at = false;  // found under "on", "against", "inside": what something is directed at
  bool did = false;       // found under "by" of a participle: who did another thing, "a truce brokered by"
};

class Reach {
 public:
  // Keeps references to all three.
  Reach(const Document& document, const Actors& actors, const Ontology& ontology);

  // The named actor whose mention's head the token is, or kNoActor.
  ActorIndex at(TokenIndex token) const;
  // The named actor of this name or alias, or kNoActor.
  ActorIndex named(std::string_view alias) const;
  // Is the token the head of a name, rather than of a description or pronoun?
  bool is_name(TokenIndex token) const { return token < name_head_.size() && name_head_[token]; }
  // The first token of the name that the token is the head of, which it must be.
  TokenIndex name_begin(TokenIndex head) const { return name_begin_[head]; }
  // Whom the phrase, with everything coordinated to it, names or stands for.
  std::vector<Reached> direct(TokenIndex head) const;
  // Like direct, for one part of a coordination.
  std::vector<Reached> direct_of(TokenIndex token) const;
  // Who is nearest below the head of the phrase, but not in its relative clauses; all at the same depth, at most 8.
  // Those in `own` do not count: in "its policy on Mali" the subject's "its" is not what is looked for.
  std::vector<Reached> nested(TokenIndex head, std::span<const Reached> own = {}) const;
  // Whose the noun is: possessor, nationality, name before it.
  std::vector<Reached> owners(TokenIndex noun) const;
  // The objects of a preposition that hangs on the token.
  std::vector<TokenIndex> under(TokenIndex token, std::string_view preposition) const;

  // The organization whose name the name of a product begins with, or kNoActor.
  ActorIndex brand_of(ActorIndex product) const { return brand_[product]; }

  // Is all that the article tells of the actor an office?
  bool by_office(ActorIndex actor) const { return actors_.actors[actor].by_office; }
  EntityType type_of(ActorIndex actor) const { return actors_.actors[actor].type; }

 private:
  void find_brands();
  void add_cut_off(TokenIndex noun, std::vector<Reached>& all) const;
  void add_joined(TokenIndex name, int depth, std::vector<Reached>& all) const;
  void add_examples(TokenIndex noun, int depth, std::vector<Reached>& all) const;
  Reached bearer_of_title(TokenIndex title) const;  // actor kNoActor: nobody
  bool is_person(TokenIndex token) const;
  bool hangs_under(TokenIndex token, TokenIndex above) const;
  static bool is_joined_participle(const Token& word);
  void find_stand_ins();
  void add_represented(TokenIndex owner, std::vector<Reached>& all) const;
  bool is_whereabouts(TokenIndex name) const;
  void add_group(TokenIndex noun, std::vector<Reached>& all) const;
  std::vector<EntityType> kinds_of_group(TokenIndex noun) const;
  bool stands_for(TokenIndex noun, const Reached& owner) const;
  std::span<const std::string_view> owner_prepositions(TokenIndex noun) const;
  void add_direct(TokenIndex token, int depth, std::vector<Reached>& all) const;
  void add_gapped(TokenIndex first, std::vector<Reached>& all) const;

  const Document& document_;
  const Actors& actors_;
  const Ontology& ontology_;
  std::vector<bool> name_head_;
  std::unordered_map<std::string_view, ActorIndex> by_alias_;
  std::vector<ActorIndex> brand_;
  std::vector<std::vector<Reached>> stand_ins_;  // of an actor without a name: who its first telling mention stands for
  std::vector<TokenIndex> name_begin_;  // of the name that a token is the head of
};

}  // namespace relata::statements
