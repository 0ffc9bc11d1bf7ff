#include "query/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace relata {

std::uint64_t flaws(const Summary& summary) {
  const auto doubt = static_cast<std::uint64_t>(summary.doubt);
  const std::uint64_t alone = (1u << 16) / std::max<std::uint32_t>(summary.publishers, 1);
  const auto unsure = static_cast<std::uint64_t>(std::lround((1 - summary.confidence) * 65535));
  return doubt << 44 | alone << 22 | unsure;
}

namespace {

std::int64_t weakness(double confidence) {
  return std::llround(-std::log2(std::clamp(confidence, 1e-9, 1.0)) * (1 << 20));
}

}  // namespace

Cost Ranking::infinity() { return {std::numeric_limits<std::int64_t>::max(), 0, 0}; }

std::optional<Cost> Ranking::add(const Cost& so_far, const HopChoice& choice) const {
  Cost cost{so_far.primary, so_far.hops + 1, so_far.flaws + flaws(choice.summary)};
  switch (mode_) {
    case PathMode::shortest: ++cost.primary; break;
    case PathMode::strongest: cost.primary += weakness(choice.summary.confidence); break;
    case PathMode::time_respecting:
    case PathMode::latest_departure: {
      const RelationKey& key = choice.group.key;
      const auto [begin, end] = on_line(key);
      if (key.begin > key.end || end < so_far.primary) return std::nullopt;
      cost.primary = std::max(so_far.primary, begin);
    }
  }
  return cost;
}

std::optional<Taken> Ranking::hop(const Cost& so_far, const std::vector<HopChoice>& pair) const {
  std::optional<Taken> best;
  for (std::size_t i = 0; i < pair.size(); ++i) {
    const std::optional<Cost> cost = add(so_far, pair[i]);
    if (cost && (!best || *cost < best->cost)) best = Taken{*cost, i};
  }
  return best;
}

}  // namespace relata
