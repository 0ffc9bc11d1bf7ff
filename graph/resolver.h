// Which entity keys are one entity: a partition of keys that is a function of the actors that hold, the analyst's decisions
// and the lore alone, whatever the order in which they came. Incremental: a change costs what shares a block with it (a
// surname's sound, a squeezed spelling), not the size of the graph.
//
//   Resolver resolver(forms);
//   resolver.add("person|joe biden", {"biden"});
//   for (const Resolver::Move& move : resolver.settle()) ...   // which keys changed their entity
//
// A key may tell more than a name: "person|john smith~castellfoods" is one John Smith of several (graph/senses.h), and
// "person|russian president@vladimir putin" the president when he was it (graph/offices.h).
//
// Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/extraction.h"
#include "graph/known_names.h"
#include "graph/name_forms.h"
#include "graph/postings.h"

namespace relata {

enum class LinkReason : std::uint8_t {
  spelling = 0,     // the names sound alike
  given_name = 1,   // the given names stand for each other, or one is an initial
  short_name = 2,   // one is a part of the other, and of no other name
  acronym = 3,      // one is made of the other's initials, and an article says both of one actor
  legal_form = 4,   // alike but for the legal form
  squeezed = 5,     // alike but for blanks, hyphens or a plural
  other_type = 6,   // the same name under another type
  decided = 7,      // by an analyst
  place_kind = 8,   // alike but for "region" or "province"
  known = 9,        // names of one entry of the user's own (graph/known_names.h)
  office = 10,      // one holds the office that the other is named by, at the time (graph/offices.h), or is the state whose it is
  belonging = 11,   // articles say of what the bearer of a name is, or that he is in the same company (graph/senses.h)
  apart = 12,       // not one: articles say that they belong elsewhere, and nothing else joins them (graph/senses.h)
  context = 13,     // the words around the name tell his field (graph/context.h)
};
std::string_view to_string(LinkReason reason);

// Why two keys are one entity. a < b.
struct Link {
  std::string a, b;
  LinkReason reason = LinkReason::spelling;
  double score = 0;  // 0..1; 1 for what was decided
};

// Of an actor, without its name's own: distinct, ascending.
std::vector<std::string> folded_aliases(const Actor& actor);

class Resolver {
 public:
  // `known` may be null.
  explicit Resolver(std::shared_ptr<const NameForms> forms, std::shared_ptr<const KnownNames> known = nullptr);

  // An actor with this key, and the folded forms of its other names; or several that are alike. remove() must be given what add() was.
  void add(const std::string& key, const std::vector<std::string>& folded_aliases, std::int64_t actors = 1);
  void remove(const std::string& key, const std::vector<std::string>& folded_aliases);

  // An analyst's word on two keys, which need not be held now: one entity, never one entity, or nothing said any more.
  enum class Verdict : std::uint8_t { open, same, never };
  void decide(const std::string& a, const std::string& b, Verdict verdict);

  // What was said of `key`, which no actor has now, is said of `other`; nothing when `other` is empty.
  void stand_in(const std::string& key, const std::string& other);

  struct Move {
    std::string key;
    std::string from, to;  // representatives; `from` is empty for a new key, `to` for one that no actor has any more
  };
  // Brings the partition up to date. Moves ascend by key.
  std::vector<Move> settle();
  // The same for who asks representative() and the like afterwards, not what moved.
  void settle_untold();
  // The keys that the last settle() gave another representative, held by an actor or not.
  const std::vector<std::string>& rerooted() const { return rerooted_; }

  // The key that names the entity of `key`: the fullest of its cluster, then the first in byte order. The key itself if unknown.
  std::string representative(const std::string& key) const;
  std::vector<std::string> members(const std::string& key) const;  // ascending
  // The links that hold the cluster of `key` together, strongest first.
  std::vector<Link> reasons(const std::string& key) const;

 private:
  using KeyNumber = std::uint32_t;
  static constexpr KeyNumber kNone = 0xffffffffu;
  using Block = Postings::Block;  // hash of what the names of a block share
  struct Candidate {
    KeyNumber other;
    LinkReason reason;
    double score;
  };
  struct Key {
    std::string text, family, name;  // "person|joe biden", "person", "joe biden"; without what follows a '~' or '@'
    std::string holder;              // of an office, by its key: "vladimir putin"
    std::vector<std::string> states;  // whose office it is, when it is not known who holds it
    std::string sounds;              // skeleton of the name
    std::string given;               // of a person of two words or more: the plain given name
    std::string squeezed;            // singular, without blanks
    std::string plain;               // without blanks; of a group also without legal form, of a place without its kind
    std::string usual;               // the usual one of known spellings, or empty
    std::uint32_t known = KnownNames::kNobody;  // who of the user's own entities bears it
    std::vector<Block> in;           // blocks it stands in
    std::vector<Block> asks;         // blocks whose members it may link to
    struct Shorter {                 // a shorter name that it could be meant by
      Block namesakes, asking;       // those that it could mean too; those that ask for it
      std::string rest;              // what the shorter name leaves out
    };
    std::vector<Shorter> shorter;
    std::int64_t actors = 0;
    std::vector<Candidate> links;      // made by this key
    std::vector<KeyNumber> linked_by;  // keys that link to it
    KeyNumber root = 0;                // of its cluster: the representative
    KeyNumber first = kNone;           // of the cluster whose root it is
    KeyNumber next = kNone;            // in its cluster
    bool clustered = false;            // stands in one: as long as it has actors
    KeyNumber stands_for = kNone;      // while no actor has it
    std::vector<KeyNumber> stood_for_by;
    std::map<KeyNumber, Verdict> verdicts;
  };
  // Keys by the hash of their text.
  class Numbers {
   public:
    KeyNumber find(const std::string& text, const std::vector<Key>& keys) const { return slots_[place(text, keys)]; }
    void add(const std::vector<Key>& keys);  // the last of them

   private:
    std::size_t place(const std::string& text, const std::vector<Key>& keys) const;
    std::vector<KeyNumber> slots_ = std::vector<KeyNumber>(64, kNone);  // a power of two, at most half taken
  };

  KeyNumber number(const std::string& key);
  KeyNumber find(const std::string& key) const { return numbers_.find(key, keys_); }
  static Block block(std::string_view kind, std::string_view text);
  void describe(Key& key) const;
  void describe_person(Key& key) const;
  void describe_office(Key& key, const std::vector<OfficeName>& offices) const;
  void describe_thing(Key& key) const;
  void describe_sense(Key& key, const std::string& sense) const;
  void count(const std::string& key, const std::vector<std::string>& folded_aliases, std::int64_t by);
  void enter(KeyNumber key);
  void leave(KeyNumber key);
  std::vector<KeyNumber> touched() const;
  std::vector<KeyNumber> asked_by(KeyNumber key) const;
  std::vector<Candidate> links_of(KeyNumber key) const;
  void full_name_links(KeyNumber key, const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const;
  void short_name_link(KeyNumber key, std::vector<Candidate>& links) const;
  std::vector<KeyNumber> bearers_of(Block suffix) const;
  void spelling_links(KeyNumber key, const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const;
  void alias_link(KeyNumber key, std::vector<Candidate>& links) const;
  void office_links(const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const;
  void state_links(KeyNumber key, const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const;
  void relink(KeyNumber key);
  std::vector<KeyNumber> component(KeyNumber start, std::vector<bool>& seen) const;
  std::map<KeyNumber, KeyNumber> recluster(const std::vector<KeyNumber>& component) const;
  void settle(std::vector<Move>* moves);
  void settle_component(const std::vector<KeyNumber>& keys, std::vector<Move>* moves);
  template <typename Visit>
  void each_of_cluster(KeyNumber root, const Visit& visit) const {
    for (KeyNumber at = keys_[root].first; at != kNone; at = keys_[at].next) visit(at);
  }
  std::vector<std::pair<KeyNumber, Candidate>> ranked_links(const std::vector<KeyNumber>& component) const;
  bool parted(const std::vector<KeyNumber>& a, const std::vector<KeyNumber>& b) const;
  bool different_entries(const std::vector<KeyNumber>& a, const std::vector<KeyNumber>& b) const;
  bool fuller(KeyNumber a, KeyNumber b) const;

  std::shared_ptr<const NameForms> forms_;
  std::shared_ptr<const KnownNames> known_;
  std::vector<Key> keys_;
  Numbers numbers_;
  Postings in_, asking_;  // a block's keys
  // Full names that have a shorter name in common: it means somebody only when all leave out the same (of a person: the plain given name).
  Postings namesakes_;
  // hash of "<family>|<folded alias>" -> keys that bear it, with the number of actors
  std::unordered_map<Block, std::map<KeyNumber, std::int64_t>> bearers_;
  std::vector<KeyNumber> dirty_;
  std::vector<std::string> rerooted_;
};

}  // namespace relata
