// What is known of names before an article is read: data/names/*.tsv, compiled for one look-up a word.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/kinds.h"
#include "graph/result.h"

namespace relata::names {

enum class Gender : std::uint8_t { unknown, male, female, thing };

// A name known beforehand. Names of one `group` mean the same thing ("Britain", "UK", "British").
struct Known {
  EntityType type = EntityType::org;
  std::uint8_t strength = 0;  // 3: written by hand; 1: from a long list, and so often somebody's surname too
  bool adjective = false;     // "Russian", "Russians": type is that of the place it belongs to, or NORP when it belongs to none
  std::uint32_t group = 0;
  std::uint32_t kinds = 0;  // into Lexicon::kinds(): the nouns that may stand for it
};

enum class TitleKind : std::uint8_t { honorific, office, part };
struct Title {
  Gender gender = Gender::unknown;
  TitleKind kind = TitleKind::office;
};

enum class HeadPlace : std::uint8_t { last, first, any };
struct HeadWord {
  EntityType type = EntityType::org;
  HeadPlace place = HeadPlace::last;
};

// A common noun that can refer to a named thing.
struct Noun {
  std::uint16_t types = 0;  // bit of each EntityType
  Gender gender = Gender::unknown;
  bool group = false;  // "it" or "they"
};
constexpr std::uint16_t type_bit(EntityType type) { return static_cast<std::uint16_t>(1u << static_cast<unsigned>(type)); }

class Lexicon {
 public:
  // Reads data/names/. io or bad_input naming file and row.
  static Result<Lexicon> load();

  // `key`: the words of a name without the white space between them, in the spelling of the text.
  const Known* known(std::string_view key) const {
    const std::size_t bit = Hash{}(key) % kFilterBits;
    return (filter_[bit / 64] >> (bit % 64) & 1) == 0 ? nullptr : find(known_, key);
  }
  // nullptr: no given name; unknown: given to both.
  const Gender* given(std::string_view word) const { return find(given_, word); }
  // The full forms of a short given name ("Bill": "William"), nullptr when it is none.
  const std::vector<std::string>* full_forms(std::string_view word) const { return find(nicknames_, word); }
  bool surname(std::string_view word) const { return find(surnames_, word) != nullptr; }
  // "inc", "gmbh": a folded word that tells a company's legal form.
  bool legal_form(std::string_view folded) const { return find(legal_forms_, folded) != nullptr; }
  // Exact spelling, or capitalized ("president" and "President").
  const Title* title(std::string_view word) const { return find(titles_, word); }
  // Offices whose holder this noun stands for too ("leader": "president"), nullptr when it stands for none.
  const std::vector<std::string>* also_called(std::string_view noun) const { return find(also_called_, noun); }
  const HeadWord* head(std::string_view word) const { return find(heads_, word); }
  // "Photo", "FYI": neither a name nor the first or last word of one.
  bool no_name(std::string_view word) const { return find(no_names_, word) != nullptr; }
  // The subject of this verb is nearly always somebody.
  bool person_verb(std::string_view lemma) const { return find(person_verbs_, lemma) != nullptr; }
  const Noun* noun(std::string_view lemma) const { return find(nouns_, lemma); }
  const std::vector<std::string>& kinds(std::uint32_t index) const { return kinds_[index]; }
  const std::string& canonical(std::uint32_t group) const { return canonical_[group]; }
  // The state whose capital or seat bears this name, as a group; 0 when none.
  std::uint32_t seat_of(std::string_view key) const {
    const std::uint32_t* group = find(seats_, key);
    return group == nullptr ? 0 : *group;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <typename T>
  using Map = std::unordered_map<std::string, T, Hash, std::equal_to<>>;
  template <typename T>
  static const T* find(const Map<T>& map, std::string_view key) {
    const auto it = map.find(key);
    return it == map.end() ? nullptr : &it->second;
  }

  void add(std::string_view name, const Known& known);
  void insert(std::string key, const Known& known);
  std::uint32_t new_group(std::string canonical);
  Result<void> load_countries();
  Result<void> load_known();
  Result<void> load_places();
  Result<void> load_words();
  Result<void> load_nouns();

  // Most words of a text are no name of the lexicon: one bit in the cache spares the look-up.
  static constexpr std::size_t kFilterBits = std::size_t{1} << 20;
  std::vector<std::uint64_t> filter_ = std::vector<std::uint64_t>(kFilterBits / 64);
  Map<Known> known_;
  Map<Gender> given_;
  Map<std::vector<std::string>> nicknames_, also_called_;
  Map<bool> surnames_, person_verbs_, no_names_, legal_forms_;
  Map<Title> titles_;
  Map<HeadWord> heads_;
  Map<Noun> nouns_;
  Map<std::uint32_t> seats_;
  std::vector<std::vector<std::string>> kinds_{{}};
  std::vector<std::string> canonical_{""};  // 0: no group
};

// The one lexicon of the process, read at the first call. Safe from any thread. An unreadable data/ gives an empty lexicon:
// names are then the recognizer's alone; check_lexicon() tells why.
const Lexicon& lexicon();
Result<void> check_lexicon();

}  // namespace relata::names
