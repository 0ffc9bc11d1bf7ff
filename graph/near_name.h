// Names that are meant although they were typed otherwise: by a surname alone, or with a slip of the keyboard.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"

namespace relata {

// How a name fits what was typed; the smaller, the better.
struct Nearness {
  enum Fit : std::uint8_t { ending, word, slip };  // "merkel" and "merk" of "angela merkel"; "merkle"
  Fit fit = slip;
  std::uint8_t edits = 0;  // of a slip
  auto operator<=>(const Nearness&) const = default;
};

// Which letters a folded text has, as bits: of a to z whether there is one and whether there are two, of other bytes whether there is one of
// a twelfth of them. A slip takes away one bit at most, and so does a change of a byte.
std::uint64_t letters_of(std::string_view folded);

// One typed text, made ready to be held against many names. Immutable.
//
// A slip is a letter more, less, another, or two exchanged (optimal string alignment: Damerau 1964, Levenshtein 1966), counted
// in bytes of the folded text: one in 4 to 7 bytes, two in 8 and more, none in less. It may lie in the whole name or in
// what follows from a later word on.
class TypedName {
 public:
  explicit TypedName(std::string_view text);  // folds it

  bool empty() const { return folded_.empty(); }
  // The best fit of a folded name; nothing when it begins with the text (GraphView::named finds it) or is another.
  // Time is linear in the name but for few words of like length: those cost at most 1,000 steps each.
  std::optional<Nearness> fit(std::string_view folded_name) const;
  // The best fit of its names; nothing when one of them begins with the text.
  std::optional<Nearness> fit(const Entity& entity) const;
  // False only when no name of these letters fits: told from eight bytes a name, where fit() reads it.
  bool may_fit(std::uint64_t letters) const { return static_cast<std::size_t>(std::popcount(letters_ & ~letters)) <= slips_; }

 private:
  std::string folded_;
  std::size_t slips_ = 0;
  std::uint64_t letters_ = 0;
};

// Optimal string alignment distance of a and b if at most `most` (<= 2), else most + 1. At most 64 bytes of each are looked at.
std::size_t edits_between(std::string_view a, std::string_view b, std::size_t most);

// Puts matches in the order of GraphView::near_named and keeps the best `limit`.
struct NearCandidate {
  Nearness nearness;
  Node node = 0;
  std::uint32_t articles = 0;
};
std::vector<NearMatch> best_near(const GraphView& view, std::vector<NearCandidate> candidates, std::size_t limit);

}  // namespace relata
