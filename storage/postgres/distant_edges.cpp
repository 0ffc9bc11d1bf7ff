// Edges of a graph that stays on the server: blocks of table `edges`, fetched for many entities at once.
#include <algorithm>
#include <tuple>

#include "storage/postgres/distant_view.h"

namespace relata::storage {

struct DistantView::Placed {
  std::uint64_t order;  // by begin, then roughly by article
  std::uint32_t telling;
  Edge edge;
};

bool DistantView::take_block(std::string_view block, std::vector<Placed>& run) const {
  return each_in_block(block, [&](std::string_view place_bytes, std::string_view bytes) {
    const auto place = decode_place(place_bytes);
    const auto adjacent = decode_adjacent(bytes);
    if (!place || !adjacent) return false;
    const std::uint32_t at = telling(place->article, adjacent->statements, adjacent->publisher);
    tellings_[at].voices = adjacent->voices;
    for (const AdjacentEdge& each : adjacent->edges) {
      Edge edge;
      edge.other = number(each.other);
      edge.statement = tellings_[at].first + each.ordinal;
      edge.begin = each.begin;
      edge.end = each.end;
      edge.published = place->published.value_or(kFirstDay);
      edge.published_known = place->published.has_value();
      edge.added = each.added;
      edge.removed = each.removed;
      edge.type = each.type;
      edge.confidence = each.confidence;
      edge.polarity = each.polarity;
      edge.modality = each.modality;
      edge.outgoing = each.outgoing;
      const auto day = static_cast<std::uint32_t>(each.begin.number) ^ 0x80000000u;
      run.push_back({std::uint64_t{day} << 32 | place->article.id.value >> 32, at, edge});
    }
    return true;
  });
}

void DistantView::keep_run(Node node, std::vector<Placed>& placed, Day from, Day until) const {
  std::sort(placed.begin(), placed.end(), [&](const Placed& a, const Placed& b) {
    if (a.order != b.order) return a.order < b.order;
    const Told &x = tellings_[a.telling], &y = tellings_[b.telling];
    return std::tuple(x.key.id, a.edge.statement - x.first, a.edge.added) < std::tuple(y.key.id, b.edge.statement - y.first, b.edge.added);
  });
  auto run = std::make_unique<Run>();
  run->from = from;
  run->until = until;
  run->edges.reserve(placed.size());
  for (const Placed& each : placed) {
    run->edges.push_back(each.edge);
    if (each.edge.dated()) run->longest = std::max(run->longest, each.edge.end.number - each.edge.begin.number);
  }
  held_ += placed.size();
  if (held_ > limits_.edges)
    fail(bad_input("the question touches more than " + std::to_string(limits_.edges) + " statements, more than are fetched for one: narrow it by from, until, relation or fewer hops"));
  if (runs_[node]) replaced_.push_back(std::move(runs_[node]));
  runs_[node] = std::move(run);
}

void DistantView::fetch_edges(const std::vector<Node>& nodes, Day from, Day until) const {
  constexpr std::size_t kAtOnce = 1000;
  const bool all_days = from == kFirstDay && until == kLastDay;
  const std::string sql = std::string("SELECT shard, value FROM edges WHERE shard = ANY($1::bigint[])") + (all_days ? "" : " AND last_day >= $2::bigint AND first_day <= $3::bigint");
  for (std::size_t begin = 0; begin < nodes.size() && !error_; begin += kAtOnce) {
    const std::size_t end = std::min(nodes.size(), begin + kAtOnce);
    std::vector<std::int64_t> shards;
    std::unordered_map<Node, std::vector<Placed>> placed;
    for (std::size_t i = begin; i < end; ++i) {
      shards.push_back(static_cast<std::int64_t>(ids_[nodes[i]].value));
      placed[nodes[i]];
    }
    Parameters parameters;
    parameters.numbers(shards);
    if (!all_days) parameters.number(from.number).number(until.number);
    const auto rows = read(sql, parameters);
    if (!rows) return fail(rows.error());
    for (int i = 0; i < rows->size(); ++i) {
      const Node node = numbers_.at(EntityId{static_cast<std::uint64_t>(rows->number(i, 0))});
      if (!take_block(rows->bytes(i, 1), placed[node])) return fail(corrupt("table edges: a block does not decode; restore the graph from a backup"));
      if (error_) return;
    }
    for (auto& [node, list] : placed) keep_run(node, list, from, until);
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
