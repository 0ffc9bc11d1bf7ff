// People of one name: which of its bearers are one person. Articles that say what a person is (graph/ties.h) are joined when they name
// the same body, when one names the other's body beside him, or when he is in the same company; those that nothing joins are of
// different people. Of a name that many bear, articles that do not say it are joined by the field of life their words plainly tell
// (graph/context.h): they mean the one person of that field, or somebody else when all others are of other fields. A function of the articles that are held, whatever the order in which they came and went.
//
// The cost of an article that comes is that of its own names, but for one that shows a name to be several people's or changes between
// whom: that looks at all who bear the name, as does one that goes. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/casts.h"
#include "graph/context.h"
#include "graph/decision.h"
#include "graph/identity.h"
#include "graph/name_forms.h"
#include "graph/ties.h"

namespace relata {

class Senses {
 public:
  // What an article names is company to all its actors: `casts` and `named` have the actors of all bearers' articles, and outlive this.
  Senses(std::shared_ptr<const NameForms> forms, const Casts& casts, const ActorForms& named);

  // A bearer of a person's full name (an entity key), what its article says he is (no ties for most) and, of a name that many bear, the field
  // its words tell. An article's actors are all known before settle() is asked. remove() must be given what add() was.
  void add(const std::string& key, ActorRef actor, const std::vector<Tie>& ties, FieldIndex field = kNoField);
  void remove(const std::string& key, ActorRef actor, const std::vector<Tie>& ties, FieldIndex field = kNoField);

  // The sense in which a key's actor is to stand now: empty for the name's own, which is the person nearly all articles mean, or whoever
  // is meant where it cannot be told.
  std::string sense(const std::string& key, ActorRef actor) const;

  // The keys of which bearers may be in another sense since the last call, and the actors of other keys that came.
  struct Changed {
    std::vector<std::string> keys;
    std::vector<std::pair<std::string, ActorRef>> actors;
  };
  Changed settle();

  // Of a key: its senses that are in use now, without the name's own; first the one that most articles mean.
  std::vector<std::string> senses(const std::string& key) const;
  // What has become of a sense that once was: the one that says now what it said. Empty: the name's own.
  std::string now(const std::string& key, const std::string& sense) const;

  // One of the people of a name that several bear.
  struct Bearer {
    std::string sense;            // empty: the name's own
    std::uint32_t articles = 0;   // that say what he is
    std::uint32_t by_field = 0;   // that do not say it and mean him by their field
    auto operator<=>(const Bearer&) const = default;
  };
  // Ascending by sense. Empty for any other name.
  std::vector<Bearer> people(const std::string& key) const;

 private:
  using Place = std::uint32_t;
  struct Token {
    Place place = 0;
    bool body = false;            // whose somebody is said to be
    std::vector<Place> waiting;   // bearers beside whom it is named, until somebody is said to be its
  };
  static constexpr Place kFieldPlaces = 0xffffff00u;  // and above: who is known by a field alone
  struct Person {                 // of a root
    std::uint32_t articles = 0;   // that say what he is
    std::string label;            // the first of his bodies in byte order
    std::map<FieldIndex, std::uint32_t> fields = {};  // that his articles tell
  };
  struct Tied {
    std::vector<std::string> bodies;  // as tokens
    FieldIndex field = kNoField;
  };
  struct Name {
    std::map<ActorRef, Tied> tied;
    std::map<ActorRef, FieldIndex> bare;                // bearers of whom their articles tell a field and nothing else
    std::map<FieldIndex, std::uint32_t> bare_of;        // how many
    std::map<Place, Person> of_fields;                  // who is known by a field alone
    std::map<FieldIndex, Place> meant;                  // by an article that tells a field and nothing else
    std::vector<Place> parents;                         // a forest over bearers and tokens
    std::unordered_map<std::uint64_t, Token> tokens;
    std::map<ActorRef, Place> places;                   // of bearers that stand in the forest
    std::map<Place, Person> people;                     // by root
    std::optional<Place> lead;                          // whom a bare name means; nobody: cannot be told
    bool common = false;
    bool anew = false;                                  // somebody tied went
    bool changed = false;                               // what tells its people apart
    std::vector<ActorRef> came;
  };
  using Company = ActorForm::Company;
  std::vector<Company> company(ActorRef actor) const;
  Place root(const Name& name, Place place) const;
  void join(Name& name, Place a, Place b) const;
  Token& token(Name& name, std::uint64_t hash) const;
  void enter(Name& name, ActorRef actor, const Tied& tied) const;
  void settle_fields(Name& name) const;
  static FieldIndex field_of(const Person& person);
  static std::size_t number(const Name& name) { return name.people.size() + name.of_fields.size(); }
  std::optional<Place> beside(const Name& name, ActorRef actor, bool& several) const;
  static std::optional<Place> leading(const Name& name);
  std::string label(const Name& name, Place place) const;

  std::shared_ptr<const NameForms> forms_;
  const Casts* casts_;
  const ActorForms* named_;
  std::unordered_map<std::string, Name> names_;  // of which an article says or tells something
  std::set<std::string> dirty_;
};

}  // namespace relata
