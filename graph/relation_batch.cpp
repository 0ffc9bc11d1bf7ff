#include "graph/relation_batch.h"

#include <array>
#include <cstring>
#include <tuple>

#include "graph/voices.h"

namespace relata {
namespace {

// Evidence order: what best shows that it happened comes first.
void rank(const GraphView& view, std::span<const Edge*> edges) {
  if (edges.size() > 1)
    std::sort(edges.begin(), edges.end(), [&](const Edge* a, const Edge* b) {
      const auto key = [](const Edge* e) { return std::tuple(e->polarity, e->modality, 255 - e->confidence, e->published); };
      return key(a) != key(b) ? key(a) < key(b) : view.statement_id(a->statement) < view.statement_id(b->statement);
    });
}

// A telling as it is kept: this, then the bytes of its texts, then for each verb its length and its bytes.
constexpr std::array kTexts = {&Telling::predicate, &Telling::time, &Telling::mod, &Telling::sentence, &Telling::uri, &Telling::title, &Telling::publisher};
struct Packed {
  float confidence;
  Span span;
  Day published;
  std::array<std::uint32_t, kTexts.size()> lengths;
  std::uint32_t verbs;
  bool timed, published_known;
  Polarity polarity;
  Modality modality;
};

char* put(char* place, std::string_view text) { return std::copy(text.begin(), text.end(), place); }

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

void RelationBatch::add(const Group& group) {
  Planned planned{group.key, group.version, edges_.size(), 0, reads_.size(), 0};
  edges_.insert(edges_.end(), group.edges.begin(), group.edges.end());
  planned.end_edge = edges_.size();
  const std::span<const Edge*> order = std::span(edges_).subspan(planned.first_edge);
  rank(view_, order);
  std::size_t evidence = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool proves = evidence < proofs_.each && (!proofs_.polarity || order[i]->polarity == *proofs_.polarity);
    evidence += proves;
    if (proves || i < kReadForRelation) reads_.push_back({order[i], i < kReadForRelation, proves});
  }
  planned.end = reads_.size();
  planned_.push_back(planned);
}

Result<void> RelationBatch::read() {
  tellings_.resize(reads_.size());
  std::vector<StatementIndex> statements;
  statements.reserve(reads_.size());
  for (const Read& read : reads_) statements.push_back(read.edge->statement);
  return view_.tell(statements, [this](std::size_t i, const Telling& told) { keep(i, told); });
}

void RelationBatch::keep(std::size_t read, const Telling& told) {
  const bool evidence = reads_[read].evidence, verbs = evidence && proofs_.speakers;
  Packed head{told.confidence, told.span, told.published.value_or(kFirstDay), {}, verbs ? static_cast<std::uint32_t>(told.verbs.size()) : 0, told.timed, told.published.has_value(),
              told.polarity, told.modality};
  std::size_t size = sizeof head;
  for (std::size_t i = 0; i < (evidence ? kTexts.size() : 3); ++i) size += head.lengths[i] = static_cast<std::uint32_t>((told.*kTexts[i]).size());
  for (std::size_t i = 0; i < head.verbs; ++i) size += sizeof(std::uint32_t) + told.verbs[i].size();
  char* place = static_cast<char*>(bytes_.allocate(size, 1));
  tellings_[read] = place;
  std::memcpy(place, &head, sizeof head);
  place += sizeof head;
  for (std::size_t i = 0; i < kTexts.size(); ++i) place = put(place, (told.*kTexts[i]).substr(0, head.lengths[i]));
  for (std::size_t i = 0; i < head.verbs; ++i) {
    const auto length = static_cast<std::uint32_t>(told.verbs[i].size());
    std::memcpy(place, &length, sizeof length);
    place = put(place + sizeof length, told.verbs[i]);
  }
}

Telling RelationBatch::kept(std::size_t read, std::vector<std::string_view>& verbs) const {
  const char* place = tellings_[read];
  Packed head;
  std::memcpy(&head, place, sizeof head);
  place += sizeof head;
  Telling told;
  told.confidence = head.confidence;
  told.span = head.span;
  if (head.published_known) told.published = head.published;
  told.timed = head.timed;
  told.polarity = head.polarity;
  told.modality = head.modality;
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    told.*kTexts[i] = {place, head.lengths[i]};
    place += head.lengths[i];
  }
  verbs.clear();
  for (std::size_t i = 0; i < head.verbs; ++i) {
    std::uint32_t length = 0;
    std::memcpy(&length, place, sizeof length);
    verbs.emplace_back(place + sizeof length, length);
    place += sizeof length + length;
  }
  told.verbs = verbs;
  return told;
}

void RelationBatch::tell(std::size_t i, Relation& into) const {
  const Planned& planned = planned_[i];
  const RelationKey& key = planned.key;
  const Summary summary = summarize(view_, edges(planned), planned.version);
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
    if (edge.polarity == voice(summary.asserted)) voices.emplace_back(view_.voice_key(edge.statement, planned.version), confidence);
  };
  std::vector<std::string_view> verbs;
  for (std::size_t at = planned.first; at < planned.end; ++at) {
    if (!reads_[at].counts) continue;
    const Telling told = kept(at, verbs);
    predicates.push_back(told.predicate);
    if (told.timed) times.emplace_back(told.time, told.mod);
    speaks(*reads_[at].edge, told.confidence);
  }
  for (std::size_t beyond = kReadForRelation; beyond < edges(planned).size(); ++beyond) speaks(*edges(planned)[beyond], edges(planned)[beyond]->confidence / 255.0);
  into.confidence = static_cast<float>(noisy_or(voices, into.publishers));
  predicates = by_frequency(std::move(predicates));
  into.predicates.assign(predicates.begin(), predicates.end());
  into.time = time_of(planned.key, std::move(times));
}

void RelationBatch::tell_evidence(const Planned& planned, Relation& into) const {
  std::vector<std::string_view> verbs;
  std::size_t proofs = 0;
  for (std::size_t at = planned.first; at < planned.end; ++at) {
    if (!reads_[at].evidence) continue;
    if (into.evidence.size() <= proofs) into.evidence.emplace_back();
    const Telling told = kept(at, verbs);
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
