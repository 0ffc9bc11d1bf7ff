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

#include "graph/actor_forms.h"
#include "graph/batch.h"
#include "graph/casts.h"
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
  // (precondition: it names keys and decisions retold before), then what articles say people are, then the articles that are held, then
  // their actors. settle() ends the retelling.
  void retell(const std::string& key);
  void retell(const Decision& decision);
  void retell(ArticleId article, std::vector<TiedActor> tied);
  void expect(std::size_t articles) { casts_->expect(articles); }  // about so many
  void retell(ArticleId article, std::size_t actors);
  // `field`: see wants_field(). False, and nothing is retold, when no article was retold with such an actor or he was himself.
  [[nodiscard]] bool retell(ActorRef actor, FormNumber form, std::optional<Day> published, FieldIndex field = kNoField);
  void settle();

  // How an actor is named: for retell().
  FormNumber form(const Actor& actor) { return named_->number(actor); }
  // Whether retell() wants what field_of() tells of an actor so named from its whole article: one of a name that many bear.
  bool wants_field(FormNumber form) const { return (*named_)[form].wants_field; }
  FieldIndex field_of(const Extraction& extraction, ActorIndex actor) const;

  bool holds(ActorRef actor) const { return casts_->find(actor) != nullptr; }
  EntityId home(ActorRef actor) const;                      // precondition: the actor is held
  std::optional<EntityId> entity(EntityId id) const;        // follows redirects; nothing for an id never given out
  std::vector<Link> reasons(EntityId id) const;             // why its names are one
  const std::vector<Decision>& decisions() const { return decisions_; }
  bool undone(DecisionId id) const { return undone_.contains(id); }

  // home() of very many actors: each key is asked for once. The book outlives it and does not change meanwhile.
  class Homes {
   public:
    explicit Homes(const IdentityBook& book) : book_(book), of_keys_(book.keys_.size()) {}
    EntityId of(ActorRef actor);

   private:
    const IdentityBook& book_;
    std::vector<std::optional<EntityId>> of_keys_;
  };

 private:
  // What an article tells of an actor beside its name, of the few of whom it tells something.
  struct Told {
    std::vector<Tie> ties;
    FieldIndex field = kNoField;  // of the words around it
  };
  // Every key ever seen, and who stands under it now, in no order.
  struct Key {
    std::string text;
    std::vector<ActorRef> actors;
  };
  using Before = std::map<ActorRef, EntityId>;  // what actors were before a batch, of those that may have moved

  void come(const Extraction& extraction);
  void come(ActorRef ref, FormNumber form, Casts::Cast& cast, Told told);
  void go(ActorRef ref, Casts::Cast& cast);
  void consider(ActorRef ref, const ActorForm& form, std::optional<Day> published, bool comes);
  KeyNumber meet(const std::string& key);
  KeyNumber own_key(FormNumber form);
  void enter(ActorRef ref, Standing& standing, KeyNumber key);
  void leave(ActorRef ref, Standing& standing);
  void tell_resolver();
  void decide(const Decision& decision, Before& before);
  void rule(EntityId a, EntityId b);
  void rekey(ActorRef ref, Before& before);
  void settle_people(Before& before);
  void tell_apart(const std::string& own, Before& before);
  void stand_in(const std::string& own);
  bool stands(const std::string& key) const;
  std::vector<ActorRef> actors_of(const std::string& key) const;
  const std::string& text_of(EntityId id) const { return keys_[key_numbers_.at(id)].text; }
  KeyNumber key_of(ActorRef ref, FormNumber form, std::optional<Day> published);
  EntityId home_of(KeyNumber key) const { return entity_id(resolver_.representative(keys_[key].text)); }

  const std::shared_ptr<const NameForms> forms_;
  std::unique_ptr<ActorForms> named_;  // these two stay where they are when the book is moved
  std::unique_ptr<Casts> casts_;
  Resolver resolver_;
  Senses senses_;
  Offices offices_;
  std::vector<Key> keys_;
  std::unordered_map<EntityId, KeyNumber> key_numbers_;
  std::vector<KeyNumber> own_keys_;                                   // of forms
  std::vector<std::uint32_t> untold_;                                 // of forms: actors that stand under their own key and the resolver does not know
  bool retelling_ = false;
  std::map<ActorRef, Told> told_;
  std::unordered_map<std::string, std::set<std::string>> senses_of_;  // of a name's key: every "~sense" and "@holder" ever seen
  std::set<std::string> standing_;                                   // names of which they may have changed
  std::map<ArticleId, std::vector<TiedActor>> retold_;               // until their actors are
  std::vector<Decision> decisions_;
  std::set<DecisionId> undone_;
  std::map<ActorRef, std::vector<DecisionId>> splits_;          // that name the actor, held or not, ascending
  std::vector<std::string> met_;
};

}  // namespace relata
