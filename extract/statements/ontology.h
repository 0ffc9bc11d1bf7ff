// The ontology: relation types and the words that signal them, from data/relations.tsv and data/statements/*.tsv.
// A user extends it by adding rows; data/statements/README.md tells how.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/kinds.h"
#include "graph/result.h"

namespace relata::statements {

struct RelationType {
  std::string name;   // "CONSULT"
  std::string label;  // for people
  bool symmetric = false;
  bool state = false;    // holds for a while, rather than happens
  std::string plover;    // PLOVER event type, may be empty
  std::string cameo;     // CAMEO root code, may be empty
  std::string wikidata;  // property, may be empty
};

// Where the object of a relation stands, seen from the word that signals it.
struct Slot {
  enum class Kind : std::uint8_t {
    object,       // obj    direct object, or subject of a passive
    indirect,     // iobj   to whom
    attribute,    // attr   what it is said to be: "called Kyiv a partner"
    inner,        // inf    subject and object of the infinitive or gerund
    inner_all,    // inf*   everybody in the infinitive or gerund
    clause,       // that   subject of the clause
    clause_all,   // that*  everybody in the clause
    must,         // must   subject of a clause with "must", "should": who is called on
    each,         // each   the parts of a plural subject, among themselves: "X and Y met"
    purpose,      // purpose  everybody in a clause that tells why: "rallied to demand that"
    any,          // any    whatever follows: object first, then the rest
    preposition,  // on, with, ...: what stands under it
  };
  Kind kind = Kind::object;
  std::string word;  // the preposition
};

std::string to_string(const Slot& slot);  // as the data files write it: "obj", "inf*", "with"

// Words that signal a type, with the arguments they need. First fitting entry wins.
struct Entry {
  std::string type;
  std::vector<Slot> slots;
  std::vector<std::string> objects;                     // lemmas the direct object must have one of; empty: any
  std::vector<std::string> subjects;                    // likewise the subject
  std::string preposition;                              // that the clause must have; empty: none
  std::vector<EntityType> subject_types, object_types;  // allowed types; empty: any
  bool without_object = false;
  bool needs_attribute = false;  // "called X a liar"
  bool without_attribute = false;
  bool reversed = false;     // the statement goes from what is in the slot to the subject: "was hit by", "hosts"
  bool of_is_agent = false;  // of a noun: what is under "of" acts: "the arrival of soldiers"
  bool also = false;         // rows after it are tried too: "used the missiles against Y" attacks Y, and uses them
  bool swallows = false;     // the inner clause makes no statement of its own between the same two: "refused to meet"
  std::string source;        // "verbs.tsv: ask urge"
};

// One row of a data file; bad_input says which condition or entity type is wrong. Does not know which relation types there are.
Result<Entry> parse_entry(const std::string& where, const std::string& type, const std::string& slots, const std::string& conditions);

enum class WordClass : std::uint8_t { verb, noun, adjective, role };

class Ontology {
 public:
  // Reads the files; bad_input names file, row and what is wrong.
  static Result<Ontology> load();
  // Read once per process; nullptr when load() fails (callers that want the reason call load()). Shared by all threads.
  static const Ontology* shared();

  std::span<const Entry> entries(WordClass word_class, std::string_view lemma) const;

  std::vector<std::string> words(WordClass word_class) const;  // that have entries, by the alphabet

  const RelationType* type(std::string_view name) const;
  const std::vector<RelationType>& types() const { return types_; }

  bool has(std::string_view set, std::string_view lemma) const;  // is the word in that list of words.tsv?

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <typename T>
  using Map = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  Result<void> load_types();
  Result<void> load_words();
  Result<void> load_entries(const std::string& file, WordClass word_class);

  std::vector<RelationType> types_;
  Map<std::vector<Entry>> entries_[4];
  Map<Map<bool>> sets_;
};

}  // namespace relata::statements
