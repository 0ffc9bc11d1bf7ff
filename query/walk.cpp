#include "query/walk.h"

#include <algorithm>

#include "query/marks.h"

namespace relata {
namespace {

// Breadth-first from both ends. A mark is the distance, and in its lowest bit the end it is from.
class Meeting {
 public:
  Meeting(const GraphView& view, const EdgeTest& test, std::size_t& budget) : view_(view), test_(test), budget_(budget), borrowed_(view.nodes()), marks_(*borrowed_) {}

  std::optional<int> between(Node source, Node target, int most) {
    if (source == target) return 0;
    marks_.set(source, 0);
    marks_.set(target, 1);
    rims_[0] = {source};
    rims_[1] = {target};
    while (!rims_[0].empty() && !rims_[1].empty() && depths_[0] + depths_[1] < most) {
      if (const auto met = grow(rims_[0].size() <= rims_[1].size() ? 0 : 1)) return met;
      if (budget_ == 0) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  // One level more on a side. The first node met of the other side is on a shortest walk: it lies on that side's rim, for if it lay behind it,
  // its own expansion would have met this side.
  std::optional<int> grow(std::uint32_t side) {
    const int depth = ++depths_[side];
    const std::uint32_t mark = static_cast<std::uint32_t>(depth) << 1 | side;
    next_.clear();
    view_.expect_edges(rims_[side], test_.from(), test_.until());
    for (const Node node : rims_[side]) {
      const std::span<const Edge> edges = candidates_of(view_, node, test_);
      budget_ -= std::min(budget_, edges.size());
      for (const Edge& edge : edges) {
        if (marks_.has(edge.other)) {
          const std::uint32_t met = marks_.value(edge.other);
          if ((met & 1u) != side && test_(edge)) return depth + static_cast<int>(met >> 1);
        } else if (test_(edge)) {
          marks_.set(edge.other, mark);
          next_.push_back(edge.other);
        }
      }
      if (budget_ == 0) break;
    }
    rims_[side].swap(next_);
    return std::nullopt;
  }

  const GraphView& view_;
  const EdgeTest& test_;
  std::size_t& budget_;
  BorrowedMarks borrowed_;
  Marks& marks_;
  std::vector<Node> rims_[2], next_;
  int depths_[2] = {0, 0};
};

// The next few of a list, and more of them the further it has come: where the next begin.
std::size_t expect_some(const GraphView& view, std::span<const Node> nodes, std::size_t at, const EdgeTest& test, std::size_t limit) {
  const std::size_t end = std::min(nodes.size(), std::max<std::size_t>(at * 4, 4));
  view.expect_some_edges(nodes.subspan(at, end - at), test.from(), test.until(), GraphView::Side::first, limit);
  return end;
}

}  // namespace

std::span<const Edge> candidates_of(const GraphView& view, Node node, const EdgeTest& test) {
  return test.timed() ? view.edges_touching(node, test.from(), test.until()) : view.edges(node);
}

namespace {

// Newest first, of edges that begin on `from` or later.
void newest_of(std::span<const Edge> edges, Day from, const EdgeTest& test, std::size_t limit, std::vector<const Edge*>& found) {
  found.clear();
  for (std::size_t i = edges.size(); i-- > 0;) {
    const Edge& edge = edges[i];
    if (found.size() >= limit && (found.empty() || edge.begin != found.back()->begin)) return;
    if (edge.dated() && edge.begin >= from && test(edge)) found.push_back(&edge);
  }
}

}  // namespace

void newest(const GraphView& view, Node node, const EdgeTest& test, std::size_t limit, std::vector<const Edge*>& found) {
  for (std::size_t count = limit;; count *= 8) {  // as little of its past as is enough
    const GraphView::Stretch stretch = view.some_edges(node, test.from(), test.until(), GraphView::Side::last, count);
    newest_of(stretch.edges, stretch.begins, test, limit, found);
    if (found.size() >= limit || stretch.begins == kFirstDay) return;
  }
}

void expect_newest(const GraphView& view, std::span<const Node> nodes, const EdgeTest& test, std::size_t limit) {
  view.expect_some_edges(nodes, test.from(), test.until(), GraphView::Side::last, limit);
}

std::vector<Node> within(const GraphView& view, Node centre, int hops, const EdgeTest& test, std::size_t limit) {
  BorrowedMarks borrowed(view.nodes());
  Marks& known = *borrowed;
  known.set(centre, 0);
  std::vector<Node> met;
  std::size_t level = 0;
  const auto look = [&](Node node) {
    for (std::size_t count = limit;; count *= 8) {
      const GraphView::Stretch stretch = view.some_edges(node, test.from(), test.until(), GraphView::Side::first, count);
      for (const Edge& edge : stretch.edges) {
        if (met.size() >= limit) return;
        if (edge.begin > stretch.ends) break;
        if (known.has(edge.other) || !test(edge)) continue;
        known.set(edge.other, 0);
        met.push_back(edge.other);
      }
      if (stretch.ends == kLastDay) return;
    }
  };
  if (hops > 0) look(centre);
  for (int hop = 1; hop < hops && met.size() < limit; ++hop) {
    const std::size_t end = met.size();
    // The limit may end it long before the level does.
    for (std::size_t ahead = level; level < end && met.size() < limit; look(met[level++]))
      if (level == ahead) ahead = expect_some(view, std::span(met).first(end), ahead, test, limit);
  }
  return met;
}

std::optional<int> distance(const GraphView& view, Node source, Node target, const EdgeTest& test, int most, std::size_t& budget) {
  return Meeting(view, test, budget).between(source, target, most);
}

}  // namespace relata
