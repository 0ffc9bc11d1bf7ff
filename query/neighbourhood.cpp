// What stands around an entity, most important first.
#include <algorithm>
#include <map>

#include "query/answer.h"
#include "query/check.h"
#include "query/marks.h"
#include "query/pages.h"
#include "query/resolve.h"

namespace relata {
namespace {

struct Found {
  Outline outline;   // its weight: much and surely told is important
  int distance = 0;  // of its nearer end from the centre
  Node from = 0;     // that end
};

struct Order {
  const GraphView& view;
  bool operator()(const Found& a, const Found& b) const {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.outline.weight != b.outline.weight ? a.outline.weight > b.outline.weight : before(view, a.outline.key, b.outline.key);
  }
};

// Keeps the first `most` of what it is offered, in the order of the answer, and counts the rest.
class Best {
 public:
  // Precondition: most > 0.
  Best(const GraphView& view, std::size_t most) : view_(view), order_{view}, most_(most), types_(view.relation_types().size()) {}

  void offer(const Found& one) {
    ++count_;
    ++types_[one.outline.key.type];
    if (full_ && !order_(one, last_)) return;
    kept_.push_back(one);
    if (kept_.size() >= 2 * most_ + kSpare) drop_the_rest();
  }
  std::size_t count() const { return count_; }

  // What was kept, first to last. Ends the offers.
  std::span<const Found> sorted() {
    if (kept_.size() > most_) drop_the_rest();
    std::sort(kept_.begin(), kept_.end(), order_);
    return kept_;
  }
  std::map<std::string, std::size_t> types_of_the_rest() const {
    std::vector<std::size_t> left = types_;
    for (const Found& one : kept_) --left[one.outline.key.type];
    std::map<std::string, std::size_t> named;
    for (std::size_t type = 0; type < left.size(); ++type)
      if (left[type] > 0) named.emplace(view_.relation_types()[type], left[type]);
    return named;
  }

 private:
  static constexpr std::size_t kSpare = 64;

  void drop_the_rest() {
    const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(most_ - 1);
    // By what is at hand; ids, which are far away in memory, decide only among those that are as good as the last.
    const auto better = [](const Found& a, const Found& b) { return a.distance != b.distance ? a.distance < b.distance : a.outline.weight > b.outline.weight; };
    std::nth_element(kept_.begin(), last, kept_.end(), better);
    const Found at = *last;
    const auto as_good = std::partition(kept_.begin(), last + 1, [&](const Found& one) { return better(one, at); });
    const auto worse = std::partition(last + 1, kept_.end(), [&](const Found& one) { return !better(at, one); });
    std::nth_element(as_good, last, worse, order_);
    last_ = *last;
    full_ = true;
    kept_.erase(last + 1, kept_.end());
  }

  const GraphView& view_;
  const Order order_;
  const std::size_t most_;
  std::size_t count_ = 0;
  std::vector<std::size_t> types_;
  std::vector<Found> kept_;  // all that may be among the first, in any order
  Found last_;               // of the first `most` when they were last chosen
  bool full_ = false;        // they were
};

// All relations of the centre itself.
void look_around(Grouping& grouping, Node centre, std::size_t& budget, Best& best) {
  std::vector<Outline> around;
  grouping.outlines(centre, budget, around);
  for (const Outline& outline : around) best.offer({outline, 0, centre});
}

// All relations on walks of at most `depth` hops from the centre, level by level. Returns the number of entities met, the centre included.
std::size_t reach(const GraphView& view, Grouping& grouping, Node centre, int depth, std::size_t& budget, const Budget& whole, bool& late, Best& best) {
  constexpr std::uint32_t kSeen = 0, kExpanded = 1;
  BorrowedMarks borrowed(view.nodes());
  Marks& marks = *borrowed;
  std::size_t met = 1;
  marks.set(centre, kSeen);
  std::vector<Node> level{centre}, next;
  std::vector<Outline> around;
  for (int distance = 0; distance < depth && !level.empty(); ++distance) {
    next.clear();
    view.expect_edges(level, grouping.edge_test().from(), grouping.edge_test().until());
    for (const Node node : level) {
      if ((late = late || whole.late())) return met;
      around.clear();
      grouping.outlines(node, budget, around);
      for (const Outline& outline : around) {
        const Node other = outline.key.source == node ? outline.key.target : outline.key.source;
        if (marks.has(other)) {
          if (marks.value(other) == kExpanded) continue;
        } else {
          marks.set(other, kSeen);
          ++met;
          if (distance + 1 < depth) next.push_back(other);
        }
        best.offer({outline, distance, node});
      }
      marks.set(node, kExpanded);
    }
    std::sort(next.begin(), next.end(), [&](Node a, Node b) { return view.entity_id(a) < view.entity_id(b); });
    level.swap(next);
  }
  return met;
}

}  // namespace

Result<RelationsAnswer> neighbourhood(const NeighbourhoodQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> fine = check_range("depth", question.depth, 1, kMaxDepth); !fine) return fine.error();
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<Node> centre = resolve(view, "entity", question.entity);
  if (!centre) return centre.error();
  const std::string print = fingerprint("neighbourhood", {to_string(view.entity_id(*centre)), std::to_string(question.depth)}, question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  Filter filter = question.filter;
  filter.version = where->version;
  Grouping grouping(view, filter, {*centre});
  std::size_t left = budget.edges;
  bool late = false;
  Best best(view, std::min(where->offset, budget.edges) + question.page.limit);
  std::size_t met = 0;
  if (question.depth == 1 && !budget.visited)
    look_around(grouping, *centre, left, best);
  else
    met = reach(view, grouping, *centre, question.depth, left, budget, late, best);
  const std::span<const Found> found = best.sorted();
  std::vector<Shown> page;
  for (std::size_t i = where->offset; i < found.size(); ++i) page.push_back({found[i].outline.key, found[i].from});
  Cast cast(view);
  cast.add(*centre);
  Result<RelationPage> part = tell(view, grouping, page, {*where, best.count(), print, budget.kept}, cast);
  if (!part) return part.error();
  Cast::Told entities = cast.told(budget.kept);
  RelationsAnswer told{std::move(entities.entities), std::move(part->relations), part->left_out, std::move(part->next), grouping.cut() || late, {},
                       std::move(entities.written), std::move(part->written)};
  if (part->left_out > 0) told.left_out_types = best.types_of_the_rest();
  budget.tell(left, met, best.count());
  return told;
}

}  // namespace relata
