#include "storage/name_index.h"

#include <algorithm>
#include <tuple>

namespace relata::storage {

class NameIndex::Segment {
 public:
  explicit Segment(std::vector<FoldedName> names) {
    const auto less = [](const FoldedName& a, const FoldedName& b) { return std::tie(a.text, a.node) < std::tie(b.text, b.node); };
    std::sort(names.begin(), names.end(), less);
    std::size_t bytes = 0;
    for (const FoldedName& name : names) bytes += name.text.size();
    reserve(names.size(), bytes);
    for (const FoldedName& name : names) append(name.text, name.node);
  }

  Segment(const Segment& a, const Segment& b) {
    reserve(a.size() + b.size(), a.text_.size() + b.text_.size());
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
      const bool from_a = j == b.size() || (i < a.size() && std::tuple(a.text(i), a.nodes_[i]) <= std::tuple(b.text(j), b.nodes_[j]));
      const Segment& source = from_a ? a : b;
      std::size_t& at = from_a ? i : j;
      append(source.text(at), source.nodes_[at]);
      ++at;
    }
  }

  std::size_t size() const { return nodes_.size(); }

  void find(std::string_view prefix, std::vector<Match>& matches) const {
    std::size_t low = 0, high = size();
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (text(middle) < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (; low < size() && text(low).starts_with(prefix); ++low) matches.push_back({nodes_[low], text(low).size() == prefix.size()});
  }

  void find_near(const TypedName& typed, std::vector<Near>& near) const {
    for (std::size_t i = 0; i < size(); ++i)
      if (const std::optional<Nearness> fit = typed.fit(text(i))) near.push_back({nodes_[i], *fit});
  }

 private:
  std::string_view text(std::size_t i) const {
    const std::uint64_t begin = i == 0 ? 0 : ends_[i - 1];
    return {text_.data() + begin, static_cast<std::size_t>(ends_[i] - begin)};
  }
  void reserve(std::size_t names, std::size_t bytes) {
    text_.reserve(bytes);
    nodes_.reserve(names);
    ends_.reserve(names);
  }
  void append(std::string_view text, Node node) {
    if (!nodes_.empty() && nodes_.back() == node && this->text(size() - 1) == text) return;
    text_ += text;
    nodes_.push_back(node);
    ends_.push_back(text_.size());
  }

  std::string text_;  // all names, one behind the other
  std::vector<std::uint64_t> ends_;
  std::vector<Node> nodes_;
};

NameIndex NameIndex::with(std::vector<FoldedName> names) const {
  NameIndex next = *this;
  if (names.empty()) return next;
  next.segments_.push_back(std::make_shared<const Segment>(std::move(names)));
  auto& segments = next.segments_;
  while (segments.size() > 1 && segments[segments.size() - 2]->size() <= 2 * segments.back()->size()) {
    auto merged = std::make_shared<const Segment>(*segments[segments.size() - 2], *segments.back());
    segments.pop_back();
    segments.back() = std::move(merged);
  }
  return next;
}

std::vector<NameIndex::Match> NameIndex::find(std::string_view prefix) const {
  std::vector<Match> matches;
  for (const auto& segment : segments_) segment->find(prefix, matches);
  const auto exact_first = [](const Match& a, const Match& b) { return std::tuple(a.node, !a.exact) < std::tuple(b.node, !b.exact); };
  const auto same_node = [](const Match& a, const Match& b) { return a.node == b.node; };
  std::sort(matches.begin(), matches.end(), exact_first);
  matches.erase(std::unique(matches.begin(), matches.end(), same_node), matches.end());
  return matches;
}

std::vector<NameIndex::Near> NameIndex::find_near(const TypedName& typed) const {
  std::vector<Near> near;
  for (const auto& segment : segments_) segment->find_near(typed, near);
  const auto best_first = [](const Near& a, const Near& b) { return std::tie(a.node, a.nearness) < std::tie(b.node, b.nearness); };
  const auto same_node = [](const Near& a, const Near& b) { return a.node == b.node; };
  std::sort(near.begin(), near.end(), best_first);
  near.erase(std::unique(near.begin(), near.end(), same_node), near.end());
  return near;
}

}  // namespace relata::storage
