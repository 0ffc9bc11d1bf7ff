// What two spellings of one name have in common. Everything takes folded names (fold_name); nothing here keeps state.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/date.h"

namespace relata {

// Who holds an office when. Folded names.
struct OfficeTerm {
  std::string office, body;  // "president", "russia"
  std::string holder;        // "vladimir putin"
  Day from = kFirstDay, until = kLastDay;  // until: the first day he does not hold it
};

// "president" of "russia": the body as NameForms::body() writes it.
struct OfficeName {
  std::string office, body;
  auto operator<=>(const OfficeName&) const = default;
};

using FieldIndex = std::uint8_t;  // into NameForms::fields()

// What is known about names in general: the contents of data/identity/. Part of what a graph is made from: the same articles
// with other lore may be another graph.
struct NameLore {
  std::vector<std::pair<std::string, std::string>> sounds;  // letters -> sound
  std::vector<std::string> legal_forms;                     // "inc", "gmbh"
  std::vector<std::string> place_kinds;                     // "region", "oblast"
  std::vector<std::string> apart;                           // places of which the region is another: "moscow"
  std::vector<std::vector<std::string>> given_names;        // groups that stand for each other
  std::vector<std::vector<std::string>> spellings;          // whole names that are one: "kyiv", "kiev"
  std::vector<std::string> everywhere;                      // what is named in articles about anybody: "reuters"
  std::vector<std::string> states;                          // and what nearly every article names one of
  std::vector<std::string> common_given, common_surnames;   // that many people bear
  std::vector<OfficeTerm> offices;                          // who held them when
  std::vector<std::string> titles;                          // of offices: "president", "prime minister"
  std::vector<std::pair<std::string, std::string>> peoples; // adjectives -> states: "russian", "russia"
  std::vector<std::pair<std::string, std::string>> fields;  // words -> fields of life: "striker", "sport"
};

// NameLore made ready to be asked. Immutable: threads may share it.
class NameForms {
 public:
  explicit NameForms(const NameLore& lore);

  // The sound of each word, coarse enough that the usual romanizations of one name agree ("zelensky", "zelenskyy",
  // "zelenskiy"; "shoygu", "shoigu"), fine enough that names which sound unlike do not: vowels are kept. Words stay in order.
  std::string skeleton(std::string_view folded) const;

  // An organisation without its article and legal form: "the boeing co" -> "boeing". Never empty for a name that is not.
  std::string without_legal_form(std::string_view folded) const;

  // A place without the word that tells its kind: "kursk region" -> "kursk"; but "moscow region" is not Moscow.
  std::string without_place_kind(std::string_view folded) const;

  // The usual one of names that are known to be one, or an empty view.
  std::string_view usual_spelling(std::string_view folded) const;

  // What an organisation or place is called, whatever way it is written: usual spelling, no legal form, no kind of place, no blanks.
  std::string body(std::string_view folded) const;
  // Whether a body says nothing of those beside whom it is named: an agency, a network, a union of states.
  bool everywhere(const std::string& body) const { return everywhere_.contains(body); }
  // Whether a body is a state or its capital.
  bool state(const std::string& body) const { return states_.contains(body); }
  // Whether many people bear this full name: its first word is a common given name and its last a common surname.
  bool common_person(std::string_view folded) const;

  // The offices that a folded description can mean: "russian president", "president of the russian federation", "springfield mayor".
  // None for what ends and begins in no title.
  std::vector<OfficeName> offices_named(std::string_view folded) const;
  // By data/identity/offices.tsv: the holder's folded name, or empty.
  std::string office_holder(const OfficeName& office, Day day) const;

  // Fields of life, ascending; at most 254.
  const std::vector<std::string>& fields() const { return fields_; }
  // The entry that a word in small letters is, in the singular or plural: "striker" for "strikers"; empty when it tells no field.
  std::string_view field_word(std::string_view word) const;
  FieldIndex field_of(std::string_view entry) const { return field_words_.find(entry)->second; }  // precondition: an entry

  // One name for all that stand for it: "bob" for "robert"; the word itself when none is known.
  std::string_view plain_given_name(std::string_view word) const;

 private:
  std::string sound(std::string_view word) const;
  bool office(std::string_view folded) const;

  // Asked with views.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <typename Value>
  using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
  using Set = std::unordered_set<std::string, Hash, std::equal_to<>>;

  Map<std::string> sounds_, given_names_, spellings_;
  Set legal_forms_, place_kinds_, apart_, everywhere_, states_, common_given_, common_surnames_, titles_;
  Map<std::string> peoples_;                 // "russian" -> "russia"
  Map<std::vector<OfficeTerm>> terms_;       // by "<office>|<body>"
  std::vector<std::string> fields_;
  Map<FieldIndex> field_words_;
  std::array<std::uint8_t, 256> longest_sounds_{};  // letters, by the first of them
};

std::vector<std::string_view> words_of(std::string_view folded);  // views of `folded`

// Without blanks: "f 16" -> "f16", "air bus" -> "airbus".
std::string compact(std::string_view folded);

// The last word in the singular when it plainly is a plural: "storm shadows" -> "storm shadow".
std::string singular(std::string_view folded);

// Whether one list of middle names or initials can be a shorter writing of the other: "w" and "walker", nothing and anything.
bool middles_agree(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b);

}  // namespace relata
