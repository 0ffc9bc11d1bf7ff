// What makes one path better than another. Private to the path search.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "query/corridor.h"
#include "query/questions.h"

namespace relata {

// Compared from first to last; smaller is better.
struct Cost {
  std::int64_t primary = 0;  // shortest: hops; strongest: -log2 of the product of confidences (2^-20 steps); time_respecting: day of arrival
  std::uint32_t hops = 0;
  std::uint64_t flaws = 0;  // doubt first, then few publishers, then low confidence, each summed over the hops
  auto operator<=>(const Cost&) const = default;
};

struct Taken {
  Cost cost;
  std::size_t choice = 0;  // which relation of the pair
};

class Ranking {
 public:
  // `start`: the day on which a time-respecting path begins, kFirstDay if any.
  Ranking(PathMode mode, Day start) : mode_(mode), start_(start) {}

  Cost zero() const { return {mode_ == PathMode::time_respecting ? start_.number : 0, 0, 0}; }
  static Cost infinity();

  // The best hop over a pair for a path that has cost so far; nothing if it cannot be walked: in time_respecting, a relation
  // that is undated or was over before the path arrived. Source of that order: temporal networks with interval edges
  // (Holme & Saramäki 2012): a hop can be made on any of the relation's days, on the first not before the arrival.
  std::optional<Taken> hop(const Cost& so_far, const std::vector<HopChoice>& pair) const;

 private:
  std::optional<Cost> add(const Cost& so_far, const HopChoice& choice) const;
  PathMode mode_;
  Day start_;
};

}  // namespace relata
