// Which actor is which entity at the newest version: the resolver, and the analyst's decisions over it. A store keeps one
// book, tells it of every batch, and writes down what moved; the answer is a function of the articles and decisions that
// hold, whatever way they came. Beside an actor's name it looks at what its article says he is, names beside him and tells with its words
// (graph/senses.h, graph/context.h) and, where he is named by an office, at who held it then (graph/offices.h). Not thread-safe.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/batch.h"
#include "graph/context.h"
#include "graph/identity.h"
#include "graph/offices.h"
#include "graph/resolver.h"
#include "graph/result.h"
#include "graph/senses.h"

namespace relata {

class IdentityBook {
 public:
  // `known` may be null.
  explicit IdentityBook(std::shared_ptr<const NameForms> forms, std::shared_ptr<const KnownNames> known = nullptr);

  // An actor that stayed while its entity changed.
  struct Moved {
    ActorRef actor;
    EntityId from, to;
  };

  // Whether the decisions make sense after `retract` and `add` of the same batch: ids that were given out, actors that are held and are `a`,
  // a decision that exists and is not undone yet. bad_input or not_found names the part. Changes nothing.
  Result<void> check(const std::vector<Decision>& decide) const;

  // One batch. Extractions are whole: `retract` as they were added. Precondition: check() would pass. Decisions get their ids.
  std::vector<Moved> apply(const std::vector<const Extraction*>& retract, const std::vector<const Extraction*>& add, std::vector<Decision>& decide);

  // The last apply() met these keys first, and made these ids another entity than before.
  const std::vector<std::string>& met() const { return met_; }
  std::vector<EntityId> redirected() const;

  // When a book is made again from what is kept: first every key ever met, then every decision in the order they were made
  // (precondition: it names keys and decisions retold before), then what articles say people are, then the actors that are held.
  // settle() ends the retelling.
  void retell(const std::string& key);
  void retell(const Decision& decision);
  void retell(ArticleId article, std::vector<TiedActor> tied);
  void retell(ActorRef actor, const Actor& as, std::optional<Day> published, FieldIndex field = kNoField);
  void settle();

  // Whether retell() wants what field_of() tells of this actor from its whole article: one of a name that many bear.
  bool wants_field(const Actor& actor) const;
  FieldIndex field_of(const Extraction& extraction, ActorIndex actor) const;

  bool holds(ActorRef actor) const { return held_.contains(actor); }
  EntityId home(ActorRef actor) const;                      // precondition: the actor is held
  std::optional<EntityId> entity(EntityId id) const;        // follows redirects; nothing for an id never given out
  std::vector<Link> reasons(EntityId id) const;             // why its names are one
  const std::vector<Decision>& decisions() const { return decisions_; }
  bool undone(DecisionId id) const { return undone_.contains(id); }

 private:
  // What is kept of an actor of an article.
  struct Held {
    std::string own, key;              // of its name; the one it stands under, another when it was split off or tells more
    std::vector<std::string> aliases;  // folded, without the key's own name
    std::vector<Tie> ties;
    std::optional<Day> published;
    FieldIndex field = kNoField;       // that the words around it tell
  };
  using Before = std::map<ActorRef, EntityId>;  // what actors were before a batch, of those that may have moved

  void come(ActorRef ref, const Actor& actor, Held held);
  Held held_of(const Extraction& extraction, ActorIndex actor, std::vector<Tie> ties) const;
  bool wants_field(const std::string& own) const;
  void go(ActorRef ref);
  void consider(ActorRef ref, const Held& held, bool comes);
  bool tells_apart(const std::string& own) const;
  void meet(const std::string& key);
  void enter(ActorRef ref, Held held);
  void leave(ActorRef ref);
  void decide(const Decision& decision, Before& before);
  void rule(EntityId a, EntityId b);
  void rekey(ActorRef ref, Before& before);
  void settle_people(Before& before);
  void tell_apart(const std::string& own, Before& before);
  void stand_in(const std::string& own);
  std::string key_of(ActorRef ref, const Held& held) const;

  const std::shared_ptr<const NameForms> forms_;
  const std::shared_ptr<const KnownNames> known_;
  Resolver resolver_;
  Senses senses_;
  Offices offices_;
  std::map<ActorRef, Held> held_;
  std::unordered_map<std::string, std::set<ActorRef>> actors_;       // of a key
  std::unordered_map<EntityId, std::string> keys_;                   // every key ever seen, by its id
  std::unordered_map<std::string, std::set<std::string>> senses_of_;  // of a name's key: every "~sense" and "@holder" ever seen
  std::set<std::string> standing_;                                   // names of which they may have changed
  std::map<ArticleId, std::vector<TiedActor>> retold_;               // until their actors are
  std::vector<Decision> decisions_;
  std::set<DecisionId> undone_;
  std::map<ActorRef, std::vector<DecisionId>> splits_;          // that name the actor, held or not, ascending
  std::vector<std::string> met_;
};

}  // namespace relata
