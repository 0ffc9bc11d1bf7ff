// People of one name: which of its bearers are one person. Articles that say what a person is (graph/ties.h) are joined when they name
// the same body, when one names the other's body beside him, or when he is in the same company; those that nothing joins are of
// different people. A function of the articles that are held, whatever the order in which they came and went.
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

#include "graph/decision.h"
#include "graph/identity.h"
#include "graph/name_forms.h"
#include "graph/ties.h"

namespace relata {

class Senses {
 public:
  explicit Senses(std::shared_ptr<const NameForms> forms);

  // An actor of an article; `name` and `type` as the article has them. What an article names is company to all its actors.
  void meet(ActorRef actor, EntityType type, const std::string& name);
  void part(ArticleId article);  // with all its actors

  // A bearer of a person's full name (an entity key), and what its article says he is: no ties for most. An article's actors are all
  // met before settle() is asked. remove() must be given what add() was.
  void add(const std::string& key, ActorRef actor, const std::vector<Tie>& ties);
  void remove(const std::string& key, ActorRef actor, const std::vector<Tie>& ties);

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

  // The people of a name that several bear: sense (empty: the name's own) and how many articles say what he is. Empty for any other name.
  std::vector<std::pair<std::string, std::uint32_t>> people(const std::string& key) const;

  // Whether a key is one that senses are told apart of: a person's, of two words or more.
  static bool tells_apart(const std::string& key);

 private:
  using Place = std::uint32_t;
  struct Token {
    Place place = 0;
    bool body = false;            // whose somebody is said to be
    std::vector<Place> waiting;   // bearers beside whom it is named, until somebody is said to be its
  };
  struct Person {                 // of a root
    std::uint32_t articles = 0;   // that say what he is
    std::string label;            // the first of his bodies in byte order
  };
  struct Name {
    std::map<ActorRef, std::vector<std::string>> tied;  // bodies, as tokens
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
  // Tokens of what an article names: hash, which actor, whether it is a state or a capital.
  struct Company {
    std::uint64_t token;
    ActorIndex actor;
    bool place;
  };

  std::vector<Company> company(ActorRef actor) const;
  Place root(const Name& name, Place place) const;
  void join(Name& name, Place a, Place b) const;
  Token& token(Name& name, std::uint64_t hash) const;
  void enter(Name& name, ActorRef actor, const std::vector<std::string>& bodies) const;
  static std::optional<Place> leading(const Name& name);
  std::string label(const Name& name, Place place) const;

  std::shared_ptr<const NameForms> forms_;
  std::unordered_map<ArticleId, std::vector<Company>> articles_;
  std::unordered_map<std::string, Name> names_;  // of which somebody is tied
  std::set<std::string> dirty_;
};

}  // namespace relata
