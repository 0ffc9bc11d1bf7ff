// Edges of a graph that stays on the server: blocks of table `edges`, fetched for many entities at once.
#include <algorithm>
#include <tuple>

#include "storage/postgres/distant_view.h"

namespace relata::storage {

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

void DistantView::fetch_edges(const std::vector<Node>& nodes, Day from, Day until) const {
  constexpr std::size_t kAtOnce = 1000, kBytesAnEdge = 24;
  const bool all_days = from == kFirstDay && until == kLastDay;
  const std::string sql = std::string("SELECT shard, value FROM edges WHERE shard = ANY($1::bigint[])") + (all_days ? "" : " AND last_day >= $2::bigint AND first_day <= $3::bigint");
  for (std::size_t begin = 0; begin < nodes.size() && !error_; begin += kAtOnce) {
    const std::size_t end = std::min(nodes.size(), begin + kAtOnce);
    std::vector<std::int64_t> shards;
    for (std::size_t i = begin; i < end; ++i) shards.push_back(static_cast<std::int64_t>(ids_[nodes[i]].value));
    Parameters parameters;
    parameters.numbers(shards);
    if (!all_days) parameters.number(from.number).number(until.number);
    const auto rows = read(sql, parameters);
    if (!rows) return fail(rows.error());
    std::vector<std::pair<Node, int>> blocks;
    for (int i = 0; i < rows->size(); ++i) blocks.emplace_back(numbers_.find(static_cast<std::uint64_t>(rows->number(i, 0))), i);
    std::sort(blocks.begin(), blocks.end());
    auto block = blocks.begin();
    for (std::size_t i = begin; i < end && !error_; ++i) {
      auto run = std::make_unique<Run>(Run{{}, from, until});
      const auto first = block;
      std::size_t bytes = 0;
      for (; block != blocks.end() && block->first == nodes[i]; ++block) bytes += rows->bytes(block->second, 1).size();
      run->edges.reserve(bytes / kBytesAnEdge);
      for (auto each = first; each != block; ++each)
        if (!take_block(rows->bytes(each->second, 1), *run)) return fail(corrupt("table edges: a block does not decode; restore the graph from a backup"));
      keep_run(nodes[i], std::move(run));
    }
  }
}

void DistantView::expect_edges(std::span<const Node> nodes, Day from, Day until) const {
  const std::lock_guard lock(mutex_);
  std::vector<Node> missing;
  for (const Node node : nodes)
    if (const Run* run = runs_[node].get(); run == nullptr || from < run->from || run->until < until) missing.push_back(node);
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

}  // namespace relata::storage
