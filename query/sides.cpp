// Who asserts and who denies what is told of two entities.
#include <algorithm>
#include <map>
#include <tuple>

#include "query/answer.h"
#include "query/check.h"
#include "query/pages.h"
#include "query/resolve.h"

namespace relata {
namespace {

constexpr std::size_t kVoicesRead = 2000;  // statements of one relation

// A publisher in whose articles the same people are named as the source is one voice.
using Speaker = std::pair<std::string, std::vector<EntityId>>;

Result<std::vector<Voice>> voices(const GraphView& view, const Group& group, Polarity side, bool& cut) {
  std::map<Speaker, Voice> all;
  std::size_t read = 0;
  for (const Edge* edge : group.edges) {
    if (edge->polarity != side) continue;
    if (read++ == kVoicesRead) {
      cut = true;
      break;
    }
    Result<Evidence> proof = view.evidence(edge->statement);
    if (!proof) return proof.error();
    Speaker speaker{proof->publisher, {}};
    for (const Evidence::Source& source : proof->attribution) speaker.second.push_back(source.entity);
    const auto [at, fresh] = all.try_emplace(std::move(speaker));
    Voice& voice = at->second;
    if (fresh) {
      voice.publisher = proof->publisher;
      voice.attribution = proof->attribution;
    }
    ++voice.statements;
    if (proof->published && (!voice.first || *proof->published < *voice.first)) voice.first = proof->published;
    const auto rank = [](const Evidence& e) { return std::tuple(-e.confidence, e.published.value_or(kLastDay), e.statement); };
    if (fresh || rank(*proof) < rank(voice.evidence)) voice.evidence = *std::move(proof);
  }
  std::vector<Voice> order;
  for (auto& [speaker, voice] : all) order.push_back(std::move(voice));
  std::stable_sort(order.begin(), order.end(), [](const Voice& a, const Voice& b) { return a.first.value_or(kLastDay) < b.first.value_or(kLastDay); });
  return order;
}

}  // namespace

Result<SidesAnswer> sides(const SidesQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<Node> source = resolve(view, "source", question.source);
  if (!source) return source.error();
  const Result<Node> target = resolve(view, "target", question.target);
  if (!target) return target.error();
  if (*source == *target) return bad_input("target='" + question.target + "': is the same entity as source");
  const std::string print =
      fingerprint("sides", {to_string(view.entity_id(*source)), to_string(view.entity_id(*target)), question.all ? "all" : ""}, question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  Filter filter = question.filter;
  filter.version = where->version;
  Grouping grouping(view, filter, {*source, *target});
  std::size_t left = budget.edges;
  std::vector<std::pair<bool, Group>> order;  // uncontested?
  for (Group& group : grouping.between(*source, *target, left)) {
    const bool contested = summarize(view, group.edges, group.version).contested();
    if (contested || question.all) order.emplace_back(!contested, std::move(group));
  }
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    const auto key = [](const auto& one) { return std::tuple(one.first, one.second.key.begin, one.second.key.end); };
    return key(a) != key(b) ? key(a) < key(b) : before(view, a.second.key, b.second.key);
  });
  SidesAnswer answer;
  Cast cast(view);
  cast.add(*source);
  cast.add(*target);
  const std::size_t first = std::min(where->offset, order.size());
  const std::size_t last = first + std::min(question.page.limit, order.size() - first);
  for (std::size_t i = first; i < last; ++i) {
    const Group& group = order[i].second;
    Result<Relation> told = relation(view, group, kEvidenceInLists, filter.polarity);
    if (!told) return told.error();
    Result<std::vector<Voice>> asserted = voices(view, group, Polarity::positive, answer.cut);
    if (!asserted) return asserted.error();
    Result<std::vector<Voice>> denied = voices(view, group, Polarity::negative, answer.cut);
    if (!denied) return denied.error();
    answer.relations.push_back({*std::move(told), *std::move(asserted), *std::move(denied)});
  }
  answer.entities = cast.entities();
  answer.left_out = order.size() - last;
  if (answer.left_out > 0) answer.next = cursor({where->version, last}, print);
  answer.cut |= grouping.cut();
  budget.tell(left, 2, order.size());
  return answer;
}

}  // namespace relata
