#include "graph/relations.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace relata {
namespace {

constexpr std::string_view kUndated = "undated";
constexpr std::string_view kTo = "--";  // ISO 8601 allows it for "/", which an address would have to escape

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

// The statements that say it (asserting ones, or the denials when nobody asserts) speak for a relation.
Polarity voice(std::uint32_t asserted) { return asserted > 0 ? Polarity::positive : Polarity::negative; }

// Best confidence of each publisher, as (publisher, confidence).
using Voices = std::vector<std::pair<std::uint64_t, double>>;

double noisy_or(Voices& voices, std::uint32_t& publishers) {
  std::sort(voices.begin(), voices.end());
  double doubt = 1;
  publishers = 0;
  for (std::size_t i = 0; i < voices.size(); ++i) {
    if (i + 1 < voices.size() && voices[i + 1].first == voices[i].first) continue;  // the last of a publisher is its best
    ++publishers;
    doubt *= 1 - std::clamp(voices[i].second, 0.0, 1.0);
  }
  return 1 - doubt;
}

int doubt_of(std::span<const Edge* const> edges, std::uint32_t asserted) {
  if (asserted == 0) return 2;
  const bool happened = std::any_of(edges.begin(), edges.end(), [](const Edge* e) { return e->polarity == Polarity::positive && e->modality == Modality::actual; });
  return happened ? 0 : 1;
}

}  // namespace

std::string relation_id(const GraphView& view, const RelationKey& key) {
  return to_string(view.entity_id(key.source)) + "." + view.relation_types()[key.type] + "." + to_string(view.entity_id(key.target)) + "." + time_name(key.begin, key.end);
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

std::vector<Group> Grouping::between(Node a, Node b, std::size_t& budget) {
  if (view_.edges(a).size() > view_.edges(b).size()) std::swap(a, b);
  return among(a, [&](Node other) { return other == b; }, budget);
}

std::optional<Group> Grouping::exactly(const RelationKey& key) {
  const bool from_source = view_.edges(key.source).size() <= view_.edges(key.target).size();
  const Node node = from_source ? key.source : key.target;
  const auto edges = view_.edges(node);
  const auto first = std::lower_bound(edges.begin(), edges.end(), key.begin, [](const Edge& edge, Day day) { return edge.begin < day; });
  Group group{key, {}, edge_test_.version()};
  for (auto edge = first; edge != edges.end() && edge->begin == key.begin; ++edge)
    if (edge->outgoing == from_source && key_of(node, *edge) == key && edge_test_(*edge) && statement_test_(edge->statement)) group.edges.push_back(&*edge);
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
  if (!filter_.polarity && !filter_.contested && filter_.min_publishers <= 1 && filter_.min_confidence <= 0) return true;
  const Summary summary = summarize(view_, group.edges, group.version);
  if (filter_.polarity && (*filter_.polarity == Polarity::positive ? summary.asserted : summary.denied) == 0) return false;
  if (filter_.contested && *filter_.contested != summary.contested()) return false;
  return summary.publishers >= filter_.min_publishers && (filter_.min_confidence <= 0 || confident(group, summary));
}

namespace {

// Evidence order: what best shows that it happened comes first.
std::vector<const Edge*> ranked(const GraphView& view, const Group& group, std::optional<Polarity> polarity) {
  std::vector<const Edge*> edges;
  for (const Edge* edge : group.edges)
    if (!polarity || edge->polarity == *polarity) edges.push_back(edge);
  std::sort(edges.begin(), edges.end(), [&](const Edge* a, const Edge* b) {
    const auto key = [](const Edge* e) { return std::tuple(e->polarity, e->modality, 255 - e->confidence, e->published); };
    return key(a) != key(b) ? key(a) < key(b) : view.statement_id(a->statement) < view.statement_id(b->statement);
  });
  return edges;
}

// The most frequent, ties by byte order.
template <typename Key>
std::vector<Key> by_frequency(const std::map<Key, int>& counts) {
  std::vector<std::pair<int, Key>> order;
  for (const auto& [key, count] : counts) order.emplace_back(-count, key);
  std::sort(order.begin(), order.end());
  std::vector<Key> keys;
  for (auto& [count, key] : order) keys.push_back(std::move(key));
  return keys;
}

struct Reading {
  std::map<std::string, int> predicates;
  std::map<std::pair<std::string, std::string>, int> times;  // (value, mod)
  Voices voices;
};

Result<void> read(const GraphView& view, const Edge& edge, Version version, bool speaks, Reading& reading) {
  Result<Statement> statement = view.statement_value(edge.statement);
  if (!statement) return statement.error();
  ++reading.predicates[statement->predicate];
  if (statement->time) ++reading.times[{statement->time->value, statement->time->mod}];
  if (speaks) reading.voices.emplace_back(view.voice_key(edge.statement, version), statement->confidence);
  return {};
}

std::optional<When> time_of(const RelationKey& key, const Reading& reading) {
  if (key.begin > key.end) return std::nullopt;
  const auto values = by_frequency(reading.times);
  const auto [value, mod] = values.empty() ? std::pair(time_name(key.begin, key.end), std::string()) : values.front();
  const std::optional<When> when = parse_when(value, mod);
  if (when && when->begin == key.begin && when->end == key.end) return when;
  return When{value, mod, key.begin, key.end, key.begin == key.end ? Precision::day : Precision::interval};
}

}  // namespace

Result<Relation> relation(const GraphView& view, const Group& group, std::size_t evidence_limit, std::optional<Polarity> polarity) {
  const Summary summary = summarize(view, group.edges, group.version);
  Relation told;
  told.id = relation_id(view, group.key);
  told.source = view.entity_id(group.key.source);
  told.target = view.entity_id(group.key.target);
  told.type = view.relation_types()[group.key.type];
  told.asserted = summary.asserted;
  told.denied = summary.denied;
  told.modalities = summary.modalities;
  told.contested = summary.contested();
  const std::vector<const Edge*> order = ranked(view, group, std::nullopt);
  Reading reading;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool speaks = order[i]->polarity == voice(summary.asserted);
    if (i < kReadForRelation) {
      if (Result<void> done = read(view, *order[i], group.version, speaks, reading); !done) return done.error();
    } else if (speaks) {
      reading.voices.emplace_back(view.voice_key(order[i]->statement, group.version), order[i]->confidence / 255.0);
    }
  }
  told.confidence = static_cast<float>(noisy_or(reading.voices, told.publishers));
  told.predicates = by_frequency(reading.predicates);
  told.time = time_of(group.key, reading);
  for (const Edge* edge : polarity ? ranked(view, group, polarity) : order) {
    if (told.evidence.size() == evidence_limit) break;
    Result<Evidence> proof = view.evidence(edge->statement);
    if (!proof) return proof.error();
    told.evidence.push_back(*std::move(proof));
  }
  return told;
}

}  // namespace relata
