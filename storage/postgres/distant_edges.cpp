// Edges of a graph that stays on the server: blocks of table `edges`, fetched for many entities at once.
#include <algorithm>
#include <bit>
#include <tuple>

#include "storage/postgres/distant_view.h"

namespace relata::storage {

namespace {

constexpr std::size_t kNodesAtOnce = 1000;

}  // namespace

// Rows whose first column is a shard, by node; those of a node in their order.
class DistantView::Blocks {
 public:
  Blocks(const Rows& rows, const Numbering& numbers) {
    for (int i = 0; i < rows.size(); ++i) sorted_.emplace_back(numbers.find(static_cast<std::uint64_t>(rows.number(i, 0))), i);
    if (!std::is_sorted(sorted_.begin(), sorted_.end())) std::sort(sorted_.begin(), sorted_.end());
    for (const auto& [node, row] : sorted_) rows_.push_back(row);
  }
  std::span<const int> of(Node node) const {
    const auto first = std::lower_bound(sorted_.begin(), sorted_.end(), std::pair(node, 0)), last = std::lower_bound(first, sorted_.end(), std::pair(node + 1, 0));
    return std::span(rows_).subspan(static_cast<std::size_t>(first - sorted_.begin()), static_cast<std::size_t>(last - first));
  }

 private:
  std::vector<std::pair<Node, int>> sorted_;
  std::vector<int> rows_;
};

std::vector<std::int64_t> DistantView::shards_of(std::span<const Node> nodes) const {
  std::vector<std::int64_t> shards;
  shards.reserve(nodes.size());
  for (const Node node : nodes) shards.push_back(static_cast<std::int64_t>(ids_[node].value));
  return shards;
}

bool DistantView::take_block(std::string_view block, Run& run) const {
  BlockReader in(block);
  AdjacentPlace place;
  Adjacent head;
  AdjacentEdge each;
  for (BlockReader ahead(block); ahead.skip(place);) firsts_.expect(place.article.id.value, place.article.added);
  while (in.next(place, head)) {
    const StatementIndex first = first_statement(place.article, head.statements, head.publisher);
    if (!head.voices.empty()) voices_[telling_of(first)] = head.voices;
    while (in.edge(each)) {
      if (!run.edges.empty()) {
        const Day last = run.edges.back().begin;
        run.sorted = run.sorted && (last < each.begin || (last == each.begin && (run.last.id < place.article.id || run.last == place.article)));
      }
      run.last = place.article;
      Edge& edge = run.edges.emplace_back();
      edge.other = number(each.other);
      edge.statement = first + each.ordinal;
      edge.begin = each.begin;
      edge.end = each.end;
      edge.published = place.published.value_or(kFirstDay);
      edge.published_known = place.published.has_value();
      edge.added = each.added;
      edge.removed = each.removed;
      edge.type = each.type;
      edge.confidence = each.confidence;
      edge.polarity = each.polarity;
      edge.modality = each.modality;
      edge.outgoing = each.outgoing;
    }
  }
  return in.ok();
}

// Puts a run into the order of GraphView::edges. Blocks follow publication, so it often is.
void DistantView::keep_run(Node node, std::unique_ptr<Run> run) const {
  const auto before = [&](const Edge& a, const Edge& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    if (a.statement == b.statement) return a.added < b.added;
    const Told &x = tellings_[telling_of(a.statement)], &y = tellings_[telling_of(b.statement)];
    return std::tuple(x.key.id, a.statement - x.first, a.added) < std::tuple(y.key.id, b.statement - y.first, b.added);
  };
  if (!run->sorted) std::sort(run->edges.begin(), run->edges.end(), before);
  for (const Edge& edge : run->edges)
    if (edge.dated()) run->longest = std::max(run->longest, edge.end.number - edge.begin.number);
  held_ += run->edges.size();
  if (held_ > limits_.edges)
    fail(bad_input("the question touches more than " + std::to_string(limits_.edges) + " statements, more than are fetched for one: narrow it by from, until, relation or fewer hops"));
  if (runs_[node]) replaced_.push_back(std::move(runs_[node]));
  runs_[node] = std::move(run);
}

// Of what is said of a node: the blocks of `rows` named by `blocks`, in that order.
bool DistantView::take_run(Node node, std::unique_ptr<Run> run, const Rows& rows, int column, std::span<const int> blocks) const {
  constexpr std::size_t kBytesAnEdge = 24;
  std::size_t bytes = 0;
  for (const int row : blocks) bytes += rows.bytes(row, column).size();
  run->edges.reserve(bytes / kBytesAnEdge);
  for (const int row : blocks)
    if (!take_block(rows.bytes(row, column), *run)) return fail(corrupt("table edges: a block does not decode; restore the graph from a backup")), false;
  keep_run(node, std::move(run));
  return !error_;
}

void DistantView::fetch_edges(const std::vector<Node>& nodes, Day from, Day until) const {
  static const std::string every = "SELECT shard, value FROM edges WHERE shard = ANY($1::bigint[])", some = every + " AND last_day >= $2::bigint AND first_day <= $3::bigint";
  const bool all_days = from == kFirstDay && until == kLastDay;
  for (std::size_t begin = 0; begin < nodes.size() && !error_; begin += kNodesAtOnce) {
    const std::size_t end = std::min(nodes.size(), begin + kNodesAtOnce);
    Parameters parameters;
    parameters.numbers(shards_of(std::span(nodes).subspan(begin, end - begin)));
    if (!all_days) parameters.number(from.number).number(until.number);
    const auto rows = read(all_days ? every : some, parameters);
    if (!rows) return fail(rows.error());
    const Blocks blocks(*rows, numbers_);
    for (std::size_t i = begin; i < end; ++i)
      if (!take_run(nodes[i], std::make_unique<Run>(Run{{}, from, until}), *rows, 1, blocks.of(nodes[i]))) return;
  }
}

void DistantView::expect_edges(std::span<const Node> nodes, Day from, Day until) const {
  const std::lock_guard lock(mutex_);
  std::vector<Node> missing;
  for (const Node node : nodes)
    if (const Run* run = runs_[node].get(); run == nullptr || !run->has(from, until)) missing.push_back(node);
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  if (!missing.empty() && !error_) fetch_edges(missing, from, until);
}

std::span<const Edge> DistantView::edges_touching(Node node, Day from, Day until) const {
  const std::lock_guard lock(mutex_);
  const Node one[] = {node};
  expect_edges(one, from, until);
  if (error_) return {};
  const Run& run = *runs_[node];
  return from == kFirstDay && until == kLastDay ? std::span<const Edge>(run.edges) : touching(run.edges, from, until, run.longest);
}

// ---- one side of what is said: as few of its blocks as have about `count` edges

bool DistantView::has_side(Node node, Day from, Day until, Side side, std::size_t count) const {
  const Run* const run = runs_[node].get();
  if (run == nullptr) return false;
  if (run->has(from, until)) return true;
  return run->asked >= count && (side == Side::last ? from <= run->from && run->until == until : run->from == from && run->until <= until);
}

void DistantView::expect_some_edges(std::span<const Node> nodes, Day from, Day until, Side side, std::size_t count) const {
  const std::lock_guard lock(mutex_);
  std::vector<Node> missing;
  for (const Node node : nodes)
    if (!has_side(node, from, until, side, count)) missing.push_back(node);
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  if (missing.empty() || error_) return;
  if (moment_->database().spread() == Spread::fdw) fetch_side_by_days(missing, from, until, side, count);
  else fetch_side(missing, from, until, side, count);
}

GraphView::Stretch DistantView::some_edges(Node node, Day from, Day until, Side side, std::size_t count) const {
  const std::lock_guard lock(mutex_);
  const Node one[] = {node};
  expect_some_edges(one, from, until, side, count);
  if (error_) return {};
  const Run& run = *runs_[node];
  if (run.has(from, until)) return {edges_touching(node, from, until)};
  if (side == Side::last) return {touching(run.edges, run.from, until, run.longest), run.from, kLastDay};
  return {touching(run.edges, from, run.until, run.longest), kFirstDay, run.until};
}

// One block more than is taken tells how far those that are taken reach.
void DistantView::fetch_side(const std::vector<Node>& nodes, Day from, Day until, Side side, std::size_t count) const {
  constexpr std::size_t kEdgesABlock = 25;  // of full ones, at least
  const bool all_days = from == kFirstDay && until == kLastDay, last = side == Side::last;
  const std::size_t most = std::min<std::size_t>(count / kEdgesABlock + 1, 1u << 20);
  const bool one = nodes.size() == 1;
  const std::string blocks_of_one = std::string("SELECT shard, ") + (last ? "last_day" : "first_day") + " AS day, value FROM edges WHERE shard = " + (one ? "$1::bigint" : "n.shard") +
                                    (all_days ? "" : " AND last_day >= $3::bigint AND first_day <= $4::bigint") + " ORDER BY " + (last ? "last_day DESC" : "first_day") + " LIMIT $2::bigint";
  const std::string sql = one ? blocks_of_one : "SELECT b.shard, b.day, b.value FROM unnest($1::bigint[]) AS n(shard), LATERAL (" + blocks_of_one + ") b";
  for (std::size_t begin = 0; begin < nodes.size() && !error_; begin += kNodesAtOnce) {
    const auto some = std::span(nodes).subspan(begin, std::min(nodes.size() - begin, kNodesAtOnce));
    Parameters parameters;
    if (one) parameters.number(shards_of(some).front());
    else parameters.numbers(shards_of(some));
    parameters.number(static_cast<std::int64_t>(most) + 1);
    if (!all_days) parameters.number(from.number).number(until.number);
    const auto rows = read(sql, parameters);
    if (!rows) return fail(rows.error());
    const Blocks blocks(*rows, numbers_);
    for (const Node node : some) {
      std::span<const int> taken = blocks.of(node);
      auto run = std::make_unique<Run>(Run{{}, from, until});
      if (taken.size() > most) {
        run->asked = count;
        const auto day = static_cast<std::int32_t>(std::clamp<std::int64_t>(rows->number(taken.back(), 1), kFirstDay.number, kLastDay.number));
        if (last) run->from = std::max(from, Day{day + 1});
        else run->until = std::min(until, Day{day - 1});
        taken = taken.first(most);
      }
      std::vector<int> ascending(taken.begin(), taken.end());
      if (last) std::reverse(ascending.begin(), ascending.end());
      if (!take_run(node, std::move(run), *rows, 2, ascending)) return;
    }
  }
}

// Foreign tables would be asked for one node after the other. Their days are taken instead in which a node may well have as many edges,
// if they are spread evenly from its first publication to its last; nodes alike in that are asked for together.
void DistantView::fetch_side_by_days(const std::vector<Node>& nodes, Day from, Day until, Side side, std::size_t count) const {
  constexpr std::int64_t kAmple = 3, kFew = 400;
  std::vector<EntityId> ids;
  for (const Node node : nodes) ids.push_back(ids_[node]);
  fetch_records(ids);
  std::map<int, std::pair<Day, std::vector<Node>>> alike;  // by the logarithm of days: how far to go
  for (const Node node : nodes) {
    const Entity entity = decoded(ids_[node], record(ids_[node]));
    const std::int64_t has = entity.statements, wanted = static_cast<std::int64_t>(std::min<std::size_t>(count, 1u << 30)) * kAmple;
    Day far = side == Side::last ? from : until;
    if (entity.first && has > std::max(kFew, wanted)) {
      const std::int64_t days = (entity.last->number - entity.first->number + 1) * wanted / has + 1;
      if (side == Side::last) far = std::max(from, Day{static_cast<std::int32_t>(std::max<std::int64_t>(std::min(*entity.last, until).number - days, kFirstDay.number))});
      else far = std::min(until, Day{static_cast<std::int32_t>(std::min<std::int64_t>(std::max(*entity.first, from).number + days, kLastDay.number))});
    }
    const auto days = static_cast<std::uint32_t>(side == Side::last ? until.number - far.number : far.number - from.number) + 1;
    auto& [farthest, some] = alike.try_emplace(std::bit_width(days) / 2, far, std::vector<Node>()).first->second;
    farthest = side == Side::last ? std::min(farthest, far) : std::max(farthest, far);
    some.push_back(node);
  }
  for (const auto& [scale, group] : alike) {
    const auto& [far, some] = group;
    fetch_edges(some, side == Side::last ? far : from, side == Side::last ? until : far);
    if (error_) return;
    for (const Node node : some) runs_[node]->asked = count;
  }
}

}  // namespace relata::storage
