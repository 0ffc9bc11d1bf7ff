#include "graph/relation_batch.h"

#include <cstring>
#include <tuple>

#include "graph/voices.h"

namespace relata {
namespace {

// Evidence order: what best shows that it happened comes first.
std::vector<const Edge*> ranked(const GraphView& view, std::vector<const Edge*> edges) {
  if (edges.size() > 1)
    std::sort(edges.begin(), edges.end(), [&](const Edge* a, const Edge* b) {
      const auto key = [](const Edge* e) { return std::tuple(e->polarity, e->modality, 255 - e->confidence, e->published); };
      return key(a) != key(b) ? key(a) < key(b) : view.statement_id(a->statement) < view.statement_id(b->statement);
    });
  return edges;
}

// Distinct ones, the most frequent first, ties by order.
template <typename Key>
std::vector<Key> by_frequency(std::vector<Key> all) {
  if (all.size() < 2) return all;
  std::sort(all.begin(), all.end());
  std::vector<std::pair<std::ptrdiff_t, Key>> order;
  for (auto same = all.begin(); same != all.end();) {
    const auto end = std::upper_bound(same, all.end(), *same);
    order.emplace_back(same - end, *same);
    same = end;
  }
  std::sort(order.begin(), order.end());
  all.clear();
  for (const auto& [count, key] : order) all.push_back(key);
  return all;
}

using TimeWords = std::pair<std::string_view, std::string_view>;  // (value, mod)

std::optional<When> time_of(const RelationKey& key, std::vector<TimeWords> words) {
  if (key.begin > key.end) return std::nullopt;
  const auto values = by_frequency(std::move(words));
  const std::string named = values.empty() ? time_name(key.begin, key.end) : std::string();
  const auto [value, mod] = values.empty() ? TimeWords(named, "") : values.front();
  std::optional<When> when = parse_when(value, mod);
  if (when && when->begin == key.begin && when->end == key.end) return when;
  return When{std::string(value), std::string(mod), key.begin, key.end, key.begin == key.end ? Precision::day : Precision::interval};
}

}  // namespace

void RelationBatch::add(Group group) {
  Planned planned{std::move(group), {}, reads_.size(), 0};
  planned.order = ranked(view_, std::exchange(planned.group.edges, {}));
  std::size_t evidence = 0;
  for (std::size_t i = 0; i < planned.order.size(); ++i) {
    const Edge* edge = planned.order[i];
    const bool proves = evidence < proofs_.each && (!proofs_.polarity || edge->polarity == *proofs_.polarity);
    evidence += proves;
    if (proves || i < kReadForRelation) reads_.push_back({edge, i < kReadForRelation, proves});
  }
  planned.end = reads_.size();
  planned_.push_back(std::move(planned));
}

Result<void> RelationBatch::read() {
  tellings_.resize(reads_.size());
  std::vector<StatementIndex> statements;
  statements.reserve(reads_.size());
  for (const Read& read : reads_) statements.push_back(read.edge->statement);
  return view_.tell(statements, [this](std::size_t i, const Telling& told) { tellings_[i] = kept(told, reads_[i].evidence); });
}

std::string_view RelationBatch::kept(std::string_view text) {
  if (text.empty()) return {};
  char* place = static_cast<char*>(words_.allocate(text.size(), 1));
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

Telling RelationBatch::kept(const Telling& told, bool evidence) {
  Telling own = told;
  own.sentence = own.uri = own.title = own.publisher = {};
  own.verbs = {};
  for (std::string_view* text : {&own.predicate, &own.time, &own.mod}) *text = kept(*text);
  if (!evidence) return own;
  own.sentence = kept(told.sentence);
  own.uri = kept(told.uri);
  own.title = kept(told.title);
  own.publisher = kept(told.publisher);
  if (!proofs_.speakers || told.verbs.empty()) return own;
  auto* verbs = static_cast<std::string_view*>(words_.allocate(told.verbs.size_bytes(), alignof(std::string_view)));
  for (std::size_t i = 0; i < told.verbs.size(); ++i) new (verbs + i) std::string_view(kept(told.verbs[i]));
  own.verbs = {verbs, told.verbs.size()};
  return own;
}

void RelationBatch::tell(std::size_t i, Relation& into) const {
  const Planned& planned = planned_[i];
  const RelationKey& key = planned.group.key;
  const Summary summary = summarize(view_, planned.order, planned.group.version);
  into.id = relation_id(view_, key);
  into.source = view_.entity_id(key.source);
  into.target = view_.entity_id(key.target);
  into.type = view_.relation_types()[key.type];
  into.asserted = summary.asserted;
  into.denied = summary.denied;
  into.modalities = summary.modalities;
  into.contested = summary.contested();
  tell_counts(planned, summary, into);
  tell_evidence(planned, into);
}

// Of the statements that were read; of those beyond, what the edges carry.
void RelationBatch::tell_counts(const Planned& planned, const Summary& summary, Relation& into) const {
  std::vector<std::string_view> predicates;
  std::vector<TimeWords> times;
  Voices voices;
  const auto speaks = [&](const Edge& edge, double confidence) {
    if (edge.polarity == voice(summary.asserted)) voices.emplace_back(view_.voice_key(edge.statement, planned.group.version), confidence);
  };
  for (std::size_t at = planned.first; at < planned.end; ++at) {
    if (!reads_[at].counts) continue;
    const Telling& told = tellings_[at];
    predicates.push_back(told.predicate);
    if (told.timed) times.emplace_back(told.time, told.mod);
    speaks(*reads_[at].edge, told.confidence);
  }
  for (std::size_t beyond = kReadForRelation; beyond < planned.order.size(); ++beyond) speaks(*planned.order[beyond], planned.order[beyond]->confidence / 255.0);
  into.confidence = static_cast<float>(noisy_or(voices, into.publishers));
  predicates = by_frequency(std::move(predicates));
  into.predicates.assign(predicates.begin(), predicates.end());
  into.time = time_of(planned.group.key, std::move(times));
}

void RelationBatch::tell_evidence(const Planned& planned, Relation& into) const {
  std::size_t proofs = 0;
  for (std::size_t at = planned.first; at < planned.end; ++at) {
    if (!reads_[at].evidence) continue;
    if (into.evidence.size() <= proofs) into.evidence.emplace_back();
    const Telling& told = tellings_[at];
    const StatementIndex statement = reads_[at].edge->statement;
    Evidence& proof = into.evidence[proofs++];
    proof.statement = view_.statement_id(statement);
    proof.uri = told.uri;
    proof.title = told.title;
    proof.publisher = told.publisher;
    proof.published = told.published;
    proof.span = told.span;
    proof.text = told.sentence;
    proof.polarity = told.polarity;
    proof.modality = told.modality;
    proof.confidence = told.confidence;
    proof.attribution.clear();
    if (told.verbs.empty()) continue;
    const std::vector<Node> sources = view_.ends(statement).attribution;
    for (std::size_t i = 0; i < std::min(sources.size(), told.verbs.size()); ++i)
      proof.attribution.push_back({view_.entity_id(sources[i]), view_.entity(sources[i]).name, std::string(told.verbs[i])});
  }
  into.evidence.resize(proofs);
}

Result<Relation> relation(const GraphView& view, const Group& group, std::size_t evidence_limit, std::optional<Polarity> polarity) {
  RelationBatch batch(view, {.each = evidence_limit, .polarity = polarity});
  batch.add(group);
  if (Result<void> done = batch.read(); !done) return done.error();
  Relation told;
  batch.tell(0, told);
  return told;
}

}  // namespace relata
