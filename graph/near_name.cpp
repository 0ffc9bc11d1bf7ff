#include "graph/near_name.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "graph/identity.h"

namespace relata {
namespace {

constexpr std::size_t kLongest = 64;  // bytes of a name that slips are looked for in

std::size_t slips_in(std::size_t bytes) { return bytes < 4 || bytes > kLongest ? 0 : bytes < 8 ? 1 : 2; }

}  // namespace

std::size_t edits_between(std::string_view a, std::string_view b, std::size_t most) {
  const std::size_t apart = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (apart > most || a.size() > kLongest || b.size() > kLongest) return most + 1;
  std::array<std::array<std::uint8_t, kLongest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto &row = rows[i % 3], &last = rows[(i + 2) % 3], &before = rows[(i + 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    std::uint8_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      int cost = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = std::min(cost, before[j - 2] + 1);
      row[j] = static_cast<std::uint8_t>(cost);
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return std::min<std::size_t>(rows[a.size() % 3][b.size()], most + 1);
}

std::uint64_t letters_of(std::string_view folded) {
  constexpr unsigned kLetters = 26, kOthers = 64 - 2 * kLetters;
  std::uint64_t letters = 0;
  for (const char c : folded) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 'a' || byte > 'z') {
      letters |= std::uint64_t{1} << (2 * kLetters + byte % kOthers);
      continue;
    }
    const std::uint64_t first = std::uint64_t{1} << (byte - unsigned{'a'});
    letters |= first | (letters & first) << kLetters;
  }
  return letters;
}

TypedName::TypedName(std::string_view text) : folded_(fold_name(text)), slips_(slips_in(folded_.size())), letters_(letters_of(folded_)) {}

std::optional<Nearness> TypedName::fit(std::string_view name) const {
  if (name.starts_with(folded_)) return std::nullopt;
  std::optional<Nearness> best;
  const auto offer = [&](Nearness one) {
    if (!best || one < *best) best = one;
  };
  for (std::size_t at = 0; at < name.size(); at = std::min(name.find(' ', at), name.size() - 1) + 1) {
    const std::string_view rest = name.substr(at);
    if (rest.starts_with(folded_)) {
      offer({rest.size() == folded_.size() ? Nearness::ending : Nearness::word, 0});
      continue;
    }
    const std::size_t apart = rest.size() > folded_.size() ? rest.size() - folded_.size() : folded_.size() - rest.size();
    if (slips_ == 0 || apart > slips_) continue;
    const std::size_t edits = edits_between(folded_, rest, slips_);
    if (edits <= slips_) offer({Nearness::slip, static_cast<std::uint8_t>(edits)});
  }
  return best;
}

std::optional<Nearness> TypedName::fit(const Entity& entity) const {
  Nearness best;
  bool any = false;
  const auto begins = [&](const std::string& name) {
    const std::string folded = fold_name(name);
    if (folded.starts_with(folded_)) return true;
    if (const std::optional<Nearness> one = fit(folded)) {
      best = any ? std::min(best, *one) : *one;
      any = true;
    }
    return false;
  };
  if (begins(entity.name) || std::any_of(entity.aliases.begin(), entity.aliases.end(), begins) || !any) return std::nullopt;
  return best;
}

std::vector<NearMatch> best_near(const GraphView& view, std::vector<NearCandidate> candidates, std::size_t limit) {
  const auto key = [](const NearCandidate& c) { return std::tuple(c.articles == 0, c.nearness, ~c.articles); };
  const auto before = [&](const NearCandidate& a, const NearCandidate& b) {
    if (key(a) != key(b)) return key(a) < key(b);
    return view.entity_id(a.node) < view.entity_id(b.node);
  };
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(limit, candidates.size()));
  std::partial_sort(candidates.begin(), end, candidates.end(), before);
  std::vector<NearMatch> best;
  for (auto each = candidates.begin(); each != end; ++each) best.push_back({each->node, each->nearness.fit == Nearness::ending});
  return best;
}

std::vector<NearMatch> GraphView::near_named(std::string_view text, std::size_t limit) const {
  const TypedName typed(text);
  std::vector<NearCandidate> candidates;
  if (typed.empty()) return {};
  for (Node node = 0; node < nodes(); ++node) {
    const Entity one = entity(node);
    if (const std::optional<Nearness> fit = typed.fit(one)) candidates.push_back({*fit, node, one.articles});
  }
  return best_near(*this, std::move(candidates), limit);
}

}  // namespace relata
