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
  std::int64_t primary = 0;  // shortest: hops; strongest: -log2 of the product of confidences (2^-20 steps); time_respecting: day of arrival; latest_departure: day of departure, negated
  std::uint32_t hops = 0;
  std::uint64_t flaws = 0;  // doubt first, then few publishers, then low confidence, each summed over the hops
  auto operator<=>(const Cost&) const = default;
};

// How little a relation convinces, as one number that sums like three: with at most 8 hops no part runs into the next.
std::uint64_t flaws(const Summary& summary);

struct Taken {
  Cost cost;
  std::size_t choice = 0;  // which relation of the pair
};

class Ranking {
 public:
  // `start`: the day on which a time-respecting path begins, kFirstDay if any. For latest_departure, whose paths are ranked from
  // their target: the day on which they must be there, kLastDay if any.
  Ranking(PathMode mode, Day start) : mode_(mode), start_(start) {}

  bool timed() const { return mode_ == PathMode::time_respecting || backwards(); }
  bool backwards() const { return mode_ == PathMode::latest_departure; }
  Cost zero() const { return {timed() ? on_line(start_) : 0, 0, 0}; }
  // Time as the search walks it: the days of a relation as an interval of a line on which every path goes up.
  std::int64_t on_line(Day day) const { return backwards() ? -std::int64_t{day.number} : day.number; }
  std::pair<std::int64_t, std::int64_t> on_line(const RelationKey& key) const {
    return backwards() ? std::pair(on_line(key.end), on_line(key.begin)) : std::pair(on_line(key.begin), on_line(key.end));
  }
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
