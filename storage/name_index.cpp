#include "storage/name_index.h"

#include <algorithm>
#include <mutex>
#include <tuple>

namespace relata::storage {

class NameIndex::Segment {
 public:
  explicit Segment(Columns columns) : columns_(std::move(columns)) { mark_out(); }

  explicit Segment(std::vector<FoldedName> names) {
    const auto less = [](const FoldedName& a, const FoldedName& b) { return std::tie(a.text, a.node) < std::tie(b.text, b.node); };
    std::sort(names.begin(), names.end(), less);
    std::size_t bytes = 0;
    for (const FoldedName& name : names) bytes += name.text.size();
    reserve(names.size(), bytes);
    for (const FoldedName& name : names) append(name.text, name.node);
    columns_ = {nullptr, text_, ends_, nodes_};
    mark_out();
  }

  Segment(const Segment& a, const Segment& b) {
    reserve(a.size() + b.size(), a.columns_.text.size() + b.columns_.text.size());
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
      const bool from_a = j == b.size() || (i < a.size() && std::tuple(a.text(i), a.node(i)) <= std::tuple(b.text(j), b.node(j)));
      const Segment& source = from_a ? a : b;
      std::size_t& at = from_a ? i : j;
      append(source.text(at), source.node(at));
      ++at;
    }
    columns_ = {nullptr, text_, ends_, nodes_};
    mark_out();
  }
  Segment(const Segment&) = delete;  // columns_ point into the segment
  Segment& operator=(const Segment&) = delete;

  const Columns& columns() const { return columns_; }
  std::size_t size() const { return columns_.nodes.size(); }
  Node node(std::size_t i) const { return columns_.nodes[i]; }
  std::string_view text(std::size_t i) const {
    const std::uint64_t begin = i == 0 ? 0 : columns_.ends[i - 1];
    return columns_.text.substr(begin, columns_.ends[i] - begin);
  }

  // The first name that does not come before `prefix`.
  std::size_t first(std::string_view prefix) const {
    // Among the marks first, which lie in the processor's cache.
    const std::uint64_t begin = beginning(prefix);
    const auto from = std::lower_bound(marks_.begin(), marks_.end(), begin), until = std::upper_bound(from, marks_.end(), begin);
    std::size_t low = from == marks_.begin() ? 0 : static_cast<std::size_t>(from - marks_.begin() - 1) * kStride;
    std::size_t high = until == marks_.end() ? size() : static_cast<std::size_t>(until - marks_.begin()) * kStride;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (text(middle) < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void find(std::string_view prefix, std::vector<Match>& matches) const {
    for (std::size_t i = first(prefix); i < size() && text(i).starts_with(prefix); ++i) matches.push_back({node(i), text(i).size() == prefix.size()});
  }

  void find_near(const TypedName& typed, std::vector<Near>& near) const {
    std::call_once(lettered_, [this] {
      letters_.reserve(size());
      for (std::size_t i = 0; i < size(); ++i) letters_.push_back(letters_of(text(i)));
    });
    for (std::size_t i = 0; i < size(); ++i) {
      if (!typed.may_fit(letters_[i])) continue;
      if (const std::optional<Nearness> fit = typed.fit(text(i))) near.push_back({node(i), *fit});
    }
  }

 private:
  static constexpr std::size_t kStride = 64;

  // The first eight bytes as a number that is in order as texts are; what is missing is zero.
  static std::uint64_t beginning(std::string_view text) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    return number;
  }
  void mark_out() {
    marks_.reserve(size() / kStride + 1);
    for (std::size_t i = 0; i < size(); i += kStride) marks_.push_back(beginning(text(i)));
  }

  void reserve(std::size_t names, std::size_t bytes) {
    text_.reserve(bytes);
    nodes_.reserve(names);
    ends_.reserve(names);
  }
  void append(std::string_view text, Node node) {
    if (!nodes_.empty() && nodes_.back() == node && last_ == text) return;
    text_ += text;
    nodes_.push_back(node);
    ends_.push_back(text_.size());
    last_ = std::string_view(text_).substr(text_.size() - text.size());  // text_ was reserved and does not move
  }

  // Empty when the columns are somebody else's.
  std::string text_;
  std::vector<std::uint64_t> ends_;
  std::vector<Node> nodes_;
  std::string_view last_;
  Columns columns_;
  std::vector<std::uint64_t> marks_;  // beginnings of every kStride-th name
  // Of each name, made when somebody mistypes for the first time.
  mutable std::once_flag lettered_;
  mutable std::vector<std::uint64_t> letters_;
};

NameIndex::NameIndex(Columns columns) {
  if (!columns.nodes.empty()) segments_.push_back(std::make_shared<const Segment>(std::move(columns)));
}

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

void NameIndex::walk(std::string_view prefix, const Visitor& visit) const {
  std::vector<std::size_t> at;
  for (const auto& segment : segments_) at.push_back(segment->first(prefix));
  for (;;) {
    std::size_t next = segments_.size();
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      if (at[i] == segments_[i]->size() || !segments_[i]->text(at[i]).starts_with(prefix)) continue;
      const auto place = [&](std::size_t of) { return std::tuple(segments_[of]->text(at[of]), segments_[of]->node(at[of])); };
      if (next == segments_.size() || place(i) < place(next)) next = i;
    }
    if (next == segments_.size() || !visit(segments_[next]->text(at[next]), segments_[next]->node(at[next]))) return;
    ++at[next];
  }
}

NameIndex::Columns NameIndex::merged() const {
  if (segments_.empty()) return {};
  std::shared_ptr<const Segment> all = segments_.back();
  for (std::size_t i = segments_.size() - 1; i-- > 0;) all = std::make_shared<const Segment>(*segments_[i], *all);
  Columns columns = all->columns();
  if (!columns.owner) columns.owner = all;
  return columns;
}

}  // namespace relata::storage
