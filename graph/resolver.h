// Which entity keys are one entity: a partition of keys that is a function of the actors that hold, the analyst's decisions
// and the lore alone, whatever the order in which they came. Incremental: a change costs what shares a block with it (a
// surname's sound, a squeezed spelling), not the size of the graph.
//
//   Resolver resolver(forms);
//   resolver.add("person|joe biden", {"biden"});
//   for (const Resolver::Move& move : resolver.settle()) ...   // which keys changed their entity
//
// Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/name_forms.h"

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
};
std::string_view to_string(LinkReason reason);

// Why two keys are one entity. a < b.
struct Link {
  std::string a, b;
  LinkReason reason = LinkReason::spelling;
  double score = 0;  // 0..1; 1 for what was decided
};

class Resolver {
 public:
  explicit Resolver(std::shared_ptr<const NameForms> forms);

  // An actor with this key, and the folded forms of its other names. remove() must be given what add() was.
  void add(const std::string& key, const std::vector<std::string>& folded_aliases);
  void remove(const std::string& key, const std::vector<std::string>& folded_aliases);

  // An analyst's word on two keys, which need not be held now: one entity, never one entity, or nothing said any more.
  enum class Verdict : std::uint8_t { open, same, never };
  void decide(const std::string& a, const std::string& b, Verdict verdict);

  struct Move {
    std::string key;
    std::string from, to;  // representatives; `from` is empty for a new key, `to` for one that no actor has any more
  };
  // Brings the partition up to date. Moves ascend by key.
  std::vector<Move> settle();

  // The key that names the entity of `key`: the fullest of its cluster, then the first in byte order. The key itself if unknown.
  std::string representative(const std::string& key) const;
  std::vector<std::string> members(const std::string& key) const;  // ascending
  // The links that hold the cluster of `key` together, strongest first.
  std::vector<Link> reasons(const std::string& key) const;

 private:
  using KeyNumber = std::uint32_t;
  struct Candidate {
    KeyNumber other;
    LinkReason reason;
    double score;
  };
  struct Key {
    std::string text, family, name;  // "person|joe biden", "person", "joe biden"
    std::string sounds;              // skeleton of the name
    std::vector<std::string> blocks;
    std::map<std::string, std::int64_t> aliases;  // folded -> actors that bear it
    std::int64_t actors = 0;
    std::vector<Candidate> links;             // made by this key
    std::set<KeyNumber> linked_by;            // keys that link to it
    KeyNumber root = 0;                       // of its cluster: the representative
  };

  KeyNumber number(const std::string& key);
  void count(const std::string& key, const std::vector<std::string>& folded_aliases, int sign);
  std::vector<std::string> blocks_of(const Key& key) const;
  std::set<KeyNumber> neighbours(KeyNumber key) const;
  std::vector<Candidate> links_of(KeyNumber key) const;
  void person_links(KeyNumber key, std::vector<Candidate>& links) const;
  void other_links(KeyNumber key, std::vector<Candidate>& links) const;
  void alias_link(KeyNumber key, std::vector<Candidate>& links) const;
  void relink(KeyNumber key);
  std::set<KeyNumber> component(KeyNumber key, std::set<KeyNumber>& seen) const;
  void recluster(const std::set<KeyNumber>& component, std::map<KeyNumber, KeyNumber>& root) const;
  std::vector<std::pair<KeyNumber, Candidate>> ranked_links(const std::set<KeyNumber>& component) const;
  bool fuller(KeyNumber a, KeyNumber b) const;

  std::shared_ptr<const NameForms> forms_;
  std::vector<Key> keys_;
  std::unordered_map<std::string, KeyNumber> numbers_;
  std::unordered_map<std::string, std::set<KeyNumber>> blocks_;
  // "<family>|<folded alias>" -> keys that bear it, with the number of actors
  std::unordered_map<std::string, std::map<KeyNumber, std::int64_t>> bearers_;
  std::map<std::pair<KeyNumber, KeyNumber>, Verdict> verdicts_;  // first < second
  std::unordered_map<KeyNumber, std::set<KeyNumber>> clusters_;  // root -> members
  std::set<KeyNumber> dirty_;
};

}  // namespace relata
