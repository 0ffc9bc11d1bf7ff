// Who speaks for a relation, and how sure that makes it. Private to what tells of relations.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/kinds.h"

namespace relata {

// The statements that say it (asserting ones, or the denials when nobody asserts) speak for a relation.
inline Polarity voice(std::uint32_t asserted) { return asserted > 0 ? Polarity::positive : Polarity::negative; }

// Confidences with the publisher whose they are.
using Voices = std::vector<std::pair<std::uint64_t, double>>;

// Of the best of each publisher; `publishers`: their number. Leaves them sorted.
inline double noisy_or(Voices& voices, std::uint32_t& publishers) {
  std::sort(voices.begin(), voices.end());
  double doubt = 1;
  publishers = 0;
  for (std::size_t i = 0; i < voices.size(); ++i) {
    if (i + 1 < voices.size() && voices[i + 1].first == voices[i].first) continue;  // the last of a publisher is its best
    ++publishers;
    doubt *= 1 - std::clamp(voices[i].second, 0.0, 1.0);
  }
  return 1 - doubt;
}

}  // namespace relata
