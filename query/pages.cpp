#include "query/pages.h"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "graph/relation_batch.h"
#include "query/answer.h"
#include "query/json.h"

namespace relata {

Cast::Told Cast::told(const ViewJson* kept) const {
  std::vector<Node> nodes = nodes_;
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  view_.expect_entities(nodes);
  std::vector<std::pair<EntityId, Node>> by_id;
  by_id.reserve(nodes.size());
  for (const Node node : nodes) {
    if (kept) kept->expect_entity(node);
    by_id.emplace_back(view_.entity_id(node), node);
  }
  std::sort(by_id.begin(), by_id.end());
  Told told;
  kept ? told.written.reserve(by_id.size()) : told.entities.reserve(by_id.size());
  for (const auto& [id, node] : by_id) {
    if (kept)
      told.written.push_back(kept->entity(view_, node));
    else
      told.entities.push_back(view_.entity(node));
  }
  return told;
}

namespace {

Result<std::vector<Relation>> tell_all(const GraphView& view, std::span<const Group* const> groups, std::optional<Polarity> polarity) {
  RelationBatch batch(view, {.each = kEvidenceInLists, .polarity = polarity});
  for (const Group* group : groups) batch.add(*group);
  if (Result<void> done = batch.read(); !done) return done.error();
  std::vector<Relation> told(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) batch.tell(i, told[i]);
  return told;
}

}  // namespace

Result<Written> write(const GraphView& view, std::span<const Group* const> groups, std::optional<Polarity> polarity, const ViewJson& kept) {
  struct Missed {
    JsonKey key;
    std::optional<JsonKey> lasting;
    std::size_t place;  // in `written`
  };
  std::vector<JsonKey> keys;
  keys.reserve(groups.size());
  for (const Group* group : groups) {
    keys.push_back(kept.key(*group, kEvidenceInLists, polarity));
    kept.expect(keys.back());
  }
  Written written;
  written.reserve(groups.size());
  std::vector<const Group*> untold;
  std::vector<Missed> missed;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    written.push_back(kept.find(keys[i]));
    if (written.back().data()) continue;
    const std::optional<JsonKey> lasting = kept.lasting_key(view, *groups[i], kEvidenceInLists, polarity);
    if (lasting) written.back() = kept.find(*lasting);
    if (written.back().data()) {
      kept.also(keys[i], written.back());
      continue;
    }
    untold.push_back(groups[i]);
    missed.push_back({keys[i], lasting, i});
  }
  if (missed.empty()) return written;
  const Result<std::vector<Relation>> told = tell_all(view, untold, polarity);
  if (!told) return told.error();
  for (std::size_t i = 0; i < missed.size(); ++i) {
    const ViewJson::Text text = written[missed[i].place] = kept.keep(missed[i].key, to_json_text((*told)[i]));
    if (missed[i].lasting) kept.also(*missed[i].lasting, text);
  }
  return written;
}

Result<RelationPage> tell(const GraphView& view, std::span<const Group* const> page, const Frame& frame, std::optional<Polarity> polarity, Cast& cast) {
  RelationPage part;
  for (const Group* group : page) cast.add(group->key);
  if (frame.kept) {
    Result<Written> written = write(view, page, polarity, *frame.kept);
    if (!written) return written.error();
    part.written = *std::move(written);
  } else {
    Result<std::vector<Relation>> told = tell_all(view, page, polarity);
    if (!told) return told.error();
    part.relations = *std::move(told);
  }
  const std::size_t last = std::min(frame.where.offset, frame.total) + page.size();
  part.left_out = frame.total - last;
  if (part.left_out > 0) part.next = cursor({frame.where.version, last, {}}, frame.fingerprint);
  return part;
}

Result<RelationPage> tell(const GraphView& view, Grouping& grouping, std::span<const Shown> page, const Frame& frame, Cast& cast) {
  std::vector<Group> groups;
  groups.reserve(page.size());
  for (const Shown& one : page) {
    std::optional<Group> group = grouping.exactly(one.key, one.from);
    assert(group);
    if (group) groups.push_back(*std::move(group));
  }
  std::vector<const Group*> all;
  all.reserve(groups.size());
  for (const Group& group : groups) all.push_back(&group);
  return tell(view, all, frame, grouping.polarity(), cast);
}

Result<RelationPage> slice(const GraphView& view, std::span<const Group* const> ordered, const Place& where, const Page& page, std::string_view fingerprint,
                           const Filter& filter, Cast& cast, const ViewJson* kept) {
  const std::size_t first = std::min(where.offset, ordered.size());
  return tell(view, ordered.subspan(first, std::min(page.limit, ordered.size() - first)), {where, ordered.size(), fingerprint, kept}, filter.polarity, cast);
}

bool before(const GraphView& view, const RelationKey& a, const RelationKey& b) {
  const auto differ = [&](Node x, Node y) { return x != y && view.entity_id(x) != view.entity_id(y); };  // ids are far away in memory
  if (differ(a.source, b.source)) return view.entity_id(a.source) < view.entity_id(b.source);
  if (a.type != b.type) return view.relation_types()[a.type] < view.relation_types()[b.type];
  if (differ(a.target, b.target)) return view.entity_id(a.target) < view.entity_id(b.target);
  return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
}

}  // namespace relata
