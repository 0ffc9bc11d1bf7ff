// The copies among many articles at once, band after band: who stands alone in his bucket, as nearly all do, is told by two bits.
#include <algorithm>
#include <bit>
#include <limits>
#include <span>
#include <tuple>

#include "graph/copies.h"

namespace relata {
namespace {

using Place = std::uint32_t;  // among the articles
constexpr Place kNone = std::numeric_limits<Place>::max();

// What was met once, and what was met again; some that were met once count as met again.
class Meetings {
 public:
  explicit Meetings(std::size_t expected) : shift_(32 - bits(expected)), once_(words()), again_(words()) {}

  void clear() {
    std::fill(once_.begin(), once_.end(), 0);
    std::fill(again_.begin(), again_.end(), 0);
  }
  void meet(std::uint32_t value) {
    const std::size_t at = slot(value);
    const std::uint64_t bit = std::uint64_t{1} << (at & 63);
    again_[at >> 6] |= once_[at >> 6] & bit;
    once_[at >> 6] |= bit;
  }
  bool again(std::uint32_t value) const {
    const std::size_t at = slot(value);
    return (again_[at >> 6] >> (at & 63) & 1) != 0;
  }

 private:
  // Sixteen slots for each, so that one in sixteen shares its own with another.
  static int bits(std::size_t expected) { return std::clamp(static_cast<int>(std::bit_width(expected)) + 4, 10, 31); }
  std::size_t words() const { return (std::size_t{1} << (32 - shift_)) / 64; }
  std::size_t slot(std::uint32_t value) const { return (value * 0x9e3779b1u) >> shift_; }

  int shift_;
  std::vector<std::uint64_t> once_, again_;
};

class Finder {
 public:
  explicit Finder(const std::vector<Sketched>& articles) : articles_(articles), parents_(articles.size(), kNone) {
    for (std::size_t i = 0; i < articles.size(); ++i)
      if (articles[i].sketch->shingles > 0) compared_.push_back(static_cast<Place>(i));
  }

  // The earliest that each article is a copy of, of the firsts of its buckets.
  const std::vector<Place>& parents() {
    Meetings meetings(compared_.size());
    std::vector<std::uint32_t> values(compared_.size() * kTogether);
    for (std::size_t band = 0; band < kBands; band += kTogether) {
      for (std::size_t i = 0; i < compared_.size(); ++i)
        for (std::size_t j = 0; j < kTogether; ++j) values[j * compared_.size() + i] = articles_[compared_[i]].sketch->band(band + j);
      for (std::size_t j = 0; j < kTogether; ++j) compare({values.data() + j * compared_.size(), compared_.size()}, meetings);
    }
    return parents_;
  }

 private:
  static constexpr std::size_t kTogether = 8;  // bands that are taken out of the sketches at once
  static_assert(kBands % kTogether == 0);

  bool earlier(Place a, Place b) const {
    const auto time = [this](Place place) { return std::tuple(!articles_[place].published, articles_[place].published.value_or(kFirstDay), articles_[place].id); };
    return time(a) < time(b);
  }

  void compare(std::span<const std::uint32_t> values, Meetings& meetings) {
    meetings.clear();
    for (const std::uint32_t value : values) meetings.meet(value);
    std::vector<std::pair<std::uint32_t, Place>> standing;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (meetings.again(values[i])) standing.emplace_back(values[i], compared_[i]);
    std::sort(standing.begin(), standing.end());
    for (std::size_t begin = 0, end = 0; begin < standing.size(); begin = end) {
      Place first = standing[begin].second;
      for (end = begin + 1; end < standing.size() && standing[end].first == standing[begin].first; ++end)
        if (earlier(standing[end].second, first)) first = standing[end].second;
      for (std::size_t i = begin; i < end; ++i) offer(standing[i].second, first);
    }
  }

  void offer(Place copy, Place first) {
    if (copy == first || (parents_[copy] != kNone && !earlier(first, parents_[copy]))) return;
    if (copied(*articles_[first].sketch, *articles_[copy].sketch)) parents_[copy] = first;
  }

  const std::vector<Sketched>& articles_;
  std::vector<Place> compared_;
  std::vector<Place> parents_;
};

}  // namespace

std::vector<CopyOf> copies_among(const std::vector<Sketched>& articles) {
  Finder finder(articles);
  const std::vector<Place>& parents = finder.parents();
  std::vector<CopyOf> copies;
  for (Place place = 0; place < parents.size(); ++place) {
    if (parents[place] == kNone) continue;
    Place original = parents[place];
    while (parents[original] != kNone) original = parents[original];  // each is earlier than the one before: it ends
    copies.push_back({place, original});
  }
  return copies;
}

}  // namespace relata
