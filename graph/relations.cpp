#include "graph/relations.h"

#include <algorithm>
#include <tuple>

#include "graph/voices.h"

namespace relata {
namespace {

constexpr std::string_view kUndated = "undated";
constexpr std::string_view kTo = "--";  // ISO 8601 allows it for "/", which an address would have to escape

bool parse_time_name(std::string_view text, RelationKey& key) {
  if (text == kUndated) return true;
  if (const auto to = text.find(kTo); to != std::string_view::npos) {
    const auto begin = parse_day(text.substr(0, to)), end = parse_day(text.substr(to + kTo.size()));
    if (!begin || !end || *begin > *end) return false;
    key.begin = *begin;
    key.end = *end;
    return true;
  }
  const std::optional<When> when = parse_when(text);
  if (!when) return false;
  key.begin = when->begin;
  key.end = when->end;
  return true;
}

int doubt_of(std::span<const Edge* const> edges, std::uint32_t asserted) {
  if (asserted == 0) return 2;
  const bool happened = std::any_of(edges.begin(), edges.end(), [](const Edge* e) { return e->polarity == Polarity::positive && e->modality == Modality::actual; });
  return happened ? 0 : 1;
}

}  // namespace

std::string time_name(Day begin, Day end) {
  if (begin > end) return std::string(kUndated);
  if (begin == end) return to_string(begin);
  const YearMonthDay first = civil(begin), last = civil(end);
  const bool whole_months = first.day == 1 && last.day == days_in_month(last.year, last.month);
  if (whole_months && first.year == last.year) {
    if (first.month == last.month) return to_string(begin).substr(0, 7);
    if (first.month == 1 && last.month == 12) return to_string(begin).substr(0, 4);
  }
  return to_string(begin) + std::string(kTo) + to_string(end);
}

std::string relation_id(const GraphView& view, const RelationKey& key) {
  std::string id = to_string(view.entity_id(key.source));
  id.reserve(80);
  id += '.';
  id += view.relation_types()[key.type];
  id += '.';
  id += to_string(view.entity_id(key.target));
  id += '.';
  return id += time_name(key.begin, key.end);
}

Result<RelationKey> parse_relation_id(const GraphView& view, std::string_view id) {
  const auto malformed = [&] {
    return bad_input("relation '" + std::string(id.substr(0, 120)) + "': an id reads <entity>.<TYPE>.<entity>.<time or undated>");
  };
  std::array<std::string_view, 3> parts;
  std::string_view rest = id;
  for (std::string_view& part : parts) {
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos) return malformed();
    part = rest.substr(0, dot);
    rest.remove_prefix(dot + 1);
  }
  RelationKey key;
  const auto source = parse_entity_id(parts[0]), target = parse_entity_id(parts[2]);
  if (!source || !target || !parse_time_name(rest, key)) return malformed();
  const auto source_node = view.node(*source), target_node = view.node(*target);
  const auto types = view.relation_types();
  const auto type = std::find(types.begin(), types.end(), parts[1]);
  if (!source_node || !target_node || type == types.end()) return not_found("relation '" + std::string(id) + "': no such relation");
  key.source = *source_node;
  key.target = *target_node;
  key.type = static_cast<TypeIndex>(type - types.begin());
  return key;
}

Summary summarize(const GraphView& view, std::span<const Edge* const> edges, Version version) {
  Summary summary;
  for (const Edge* edge : edges) {
    ++(edge->polarity == Polarity::positive ? summary.asserted : summary.denied);
    ++summary.modalities[static_cast<std::size_t>(edge->modality)];
  }
  Voices voices;
  for (const Edge* edge : edges)
    if (edge->polarity == voice(summary.asserted)) voices.emplace_back(view.voice_key(edge->statement, version), edge->confidence / 255.0);
  summary.confidence = noisy_or(voices, summary.publishers);
  summary.doubt = doubt_of(edges, summary.asserted);
  return summary;
}

Grouping::Grouping(const GraphView& view, const Filter& filter, std::vector<Node> named, std::vector<Node> avoided)
    : view_(view), filter_(filter), edge_test_(filter, view), node_test_(filter, view, std::move(named), std::move(avoided)), statement_test_(filter, view) {}

// What the tests of entities and statements will read.
void Grouping::expect_around(Node node) const {
  if (node_test_.all() && !filter_.attributed_to && filter_.publisher.empty()) return;
  std::vector<Node> others;
  std::vector<StatementIndex> statements;
  for (const Edge& edge : candidates(node)) {
    if (!edge_test_(edge)) continue;
    others.push_back(edge.other);
    statements.push_back(edge.statement);
  }
  if (!node_test_.all()) view_.expect_entities(others);
  if (filter_.attributed_to) view_.expect_statements(statements);
}

std::vector<Group> Grouping::form(std::vector<Member> members) {
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return std::tie(a.key, a.edge->statement) < std::tie(b.key, b.edge->statement); });
  std::vector<Group> groups;
  for (const Member& member : members) {
    if (groups.empty() || groups.back().key != member.key) groups.push_back({member.key, {}, edge_test_.version()});
    groups.back().edges.push_back(member.edge);
  }
  std::erase_if(groups, [&](const Group& group) { return !welcome(group); });
  return groups;
}

bool Grouping::decided_by_edges() const {
  return node_test_.all() && statement_test_.all() && !filter_.contested && filter_.min_publishers <= 1 && filter_.min_confidence <= 0;
}

std::vector<Group> Grouping::around(Node node, std::size_t& budget) {
  return among(node, [](Node) { return true; }, budget);
}

namespace {

// Outlines of one begin, each of one statement so far, become one for each relation.
void merge(std::vector<Outline>& all, std::size_t first) {
  if (all.size() - first < 2) return;
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, all.end(), [](const Outline& a, const Outline& b) { return a.key < b.key; });
  auto last = begin;
  for (auto one = begin + 1; one != all.end(); ++one) {
    if (one->key == last->key)
      last->weight += one->weight;
    else
      *++last = *one;
  }
  all.erase(last + 1, all.end());
}

}  // namespace

void Grouping::outlines(Node node, std::size_t& budget, std::vector<Outline>& into) {
  if (judges()) {
    const std::size_t before = into.size();
    for (const Group& group : around(node, budget)) {
      Outline& one = into.emplace_back(Outline{group.key, 0});
      for (const Edge* edge : group.edges) one.weight += edge->confidence;
    }
    std::stable_sort(into.begin() + static_cast<std::ptrdiff_t>(before), into.end(), [](const Outline& a, const Outline& b) { return a.key.begin < b.key.begin; });
    return;
  }
  std::size_t first = into.size();
  each(node, [](Node) { return true; }, budget, [&](const Edge& edge) {
    if (into.size() > first && into[first].key.begin != edge.begin) {
      merge(into, first);
      first = into.size();
    }
    into.push_back({key_of(node, edge), edge.confidence});
  });
  merge(into, first);
}

std::vector<Group> Grouping::leaving(Node node) {
  std::vector<Member> members;
  for (const Edge& edge : view_.edges(node))
    if (edge.outgoing && edge_test_(edge) && node_test_(edge.other) && statement_test_(edge.statement)) members.push_back({key_of(node, edge), &edge});
  return form(std::move(members));
}

std::vector<Group> Grouping::between(Node a, Node b, std::size_t& budget) {
  if (view_.edges(a).size() > view_.edges(b).size()) std::swap(a, b);
  return among(a, [&](Node other) { return other == b; }, budget);
}

namespace {

// From the first edge on that does not begin before the day.
std::span<const Edge> beginning_with(std::span<const Edge> edges, Day day) {
  const auto first = std::lower_bound(edges.begin(), edges.end(), day, [](const Edge& edge, Day begin) { return edge.begin < begin; });
  return edges.subspan(static_cast<std::size_t>(first - edges.begin()));
}

}  // namespace

std::optional<Group> Grouping::exactly(const RelationKey& key) {
  const Node node = view_.edges(key.source).size() <= view_.edges(key.target).size() ? key.source : key.target;
  return among_edges(beginning_with(view_.edges(node), key.begin), key, node);
}

std::optional<Group> Grouping::exactly(const RelationKey& key, Node node) {
  constexpr std::size_t kFew = 64;
  const auto edges = beginning_with(view_.whole() ? view_.edges(node) : candidates(node), key.begin);
  const bool many = edges.size() > kFew && edges[kFew].begin == key.begin;
  return many && view_.whole() ? exactly(key) : among_edges(edges, key, node);
}

// `edges`: of `node`, from the first on that may be of the relation.
std::optional<Group> Grouping::among_edges(std::span<const Edge> edges, const RelationKey& key, Node node) {
  const bool from_source = node == key.source;
  Group group{key, {}, edge_test_.version()};
  for (auto edge = edges.begin(); edge != edges.end() && edge->begin == key.begin; ++edge)
    if (edge->outgoing == from_source && key_of(node, *edge) == key && edge_test_(*edge) && statement_test_(edge->statement)) group.edges.push_back(&*edge);
  std::sort(group.edges.begin(), group.edges.end(), [](const Edge* a, const Edge* b) { return a->statement < b->statement; });
  if (group.edges.empty() || !welcome(group)) return std::nullopt;
  return group;
}

bool Grouping::confident(const Group& group, const Summary& summary) const {
  constexpr double kStep = 1.0 / 255;
  if (summary.confidence >= filter_.min_confidence + kStep) return true;
  if (summary.confidence < filter_.min_confidence - kStep * summary.publishers) return false;
  const Result<Relation> exact = relation(view_, group, 1);  // so near the threshold that the steps of the edges decide wrongly
  return exact && static_cast<double>(exact->confidence) >= filter_.min_confidence - 1e-6;
}

bool Grouping::welcome(const Group& group) {
  if (!judges()) return true;
  const Summary summary = summarize(view_, group.edges, group.version);
  if (filter_.polarity && (*filter_.polarity == Polarity::positive ? summary.asserted : summary.denied) == 0) return false;
  if (filter_.contested && *filter_.contested != summary.contested()) return false;
  return summary.publishers >= filter_.min_publishers && (filter_.min_confidence <= 0 || confident(group, summary));
}

void expect_told(const GraphView& view, std::span<const Group* const> groups) {
  if (view.whole()) return;
  std::vector<StatementIndex> statements;
  for (const Group* group : groups)
    for (std::size_t i = 0; i < std::min(group->edges.size(), kReadForRelation); ++i) statements.push_back(group->edges[i]->statement);
  view.expect_statements(statements);
}

void expect_told(const GraphView& view, std::span<const Group> groups) {
  std::vector<const Group*> all;
  for (const Group& group : groups) all.push_back(&group);
  expect_told(view, all);
}

}  // namespace relata
