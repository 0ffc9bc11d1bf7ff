// What words do to the clauses they govern, and which words report speech: data/stance/*.tsv in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/labels.h"
#include "graph/kinds.h"
#include "graph/result.h"

namespace relata::stance {

// Where the complement of a word stands: the names of the data files' columns.
enum class Complement : std::uint8_t {
  that, to, objto, ing, noun, subject, as, oprd, quote, of, for_, from, against, on, in, into, about, over, at, with, none,
};
Complement parse_complement(std::string_view name);  // `none` for an unknown one

// What a governing word does to the event it governs.
struct Effect {
  bool own = false;                  // the clause speaks for itself
  bool turn = false;                 // polarity is turned
  std::optional<Modality> modality;  // overrides that of the governing clause
};

enum class Part : std::uint8_t { verb, noun, adjective, modifier, preposition };

enum class CueClass : std::uint8_t { say, ask, judge, think, know, intend };

struct Cue {
  CueClass kind = CueClass::say;
  std::uint32_t content = 0;  // bit set of Complement
  bool takes(Complement c) const { return (content >> static_cast<unsigned>(c) & 1u) != 0; }
};

enum class Marker : std::uint8_t {
  negation, negative, focus, possible, future, conditional, requested, hypothetical, condition, question, time, replaced,
};

// Immutable once read; shared by all threads.
class Lexicon {
 public:
  static Result<Lexicon> read();

  // The effect of a word, affirmed or denied, on the complement; nothing when the word is not listed for it.
  std::optional<Effect> effect(Part part, std::string_view lemma, Complement complement, bool denied) const;
  const Cue* cue(Part part, std::string_view lemma) const;
  bool marks(std::string_view word, Marker marker) const;
  // The modality a modal verb or weakening adverb gives its clause.
  std::optional<Modality> weakens(std::string_view word) const;

 private:
  struct Signature {
    std::uint32_t complements = 0;
    Effect affirmed, denied;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <typename T>
  using Table = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  Result<void> read_signatures();
  Result<void> read_cues();
  Result<void> read_markers();
  Result<void> read_lemmas();

  Table<std::vector<Signature>> signatures_[5];
  Table<Cue> cues_[3];
  Table<std::uint32_t> markers_;
};

// The lexicon of data/stance, read on first use. Without its files it is empty: everything is then positive, actual and the
// article's own; check_stance_data tells.
const Lexicon& stance_lexicon();
Result<void> check_stance_data();

}  // namespace relata::stance
