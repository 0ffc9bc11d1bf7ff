#include "query/kept_json.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <span>

#include "query/json.h"

namespace relata {
namespace {

JsonKey hashed(std::span<const std::uint64_t> words) {
  const XXH128_hash_t hash = XXH3_128bits(words.data(), words.size() * sizeof words[0]);
  return {hash.high64, hash.low64};
}

std::uint64_t hashed(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

std::uint64_t days_of(const RelationKey& key) {
  const auto day = [](Day one) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(one.number)); };
  return day(key.begin) << 32 | day(key.end);
}

// What kind of text it is: `kind` tells which words follow.
std::uint64_t shape(std::uint64_t kind, std::size_t each, std::optional<Polarity> polarity) {
  return kind | (polarity ? 1 + static_cast<std::uint64_t>(*polarity) : 0) << 8 | std::uint64_t{each} << 16;
}
constexpr std::uint64_t kEntity = 0, kRelation = 1, kLasting = 2;

}  // namespace

JsonKey ViewJson::key(const Group& group, std::size_t each, std::optional<Polarity> polarity) const {
  const RelationKey& key = group.key;
  const std::array head{number_, shape(kRelation, each, polarity), std::uint64_t{key.source} << 32 | key.target, std::uint64_t{key.type} << 32 | group.version, days_of(key)};
  constexpr std::size_t kFew = 32;
  std::array<std::uint64_t, head.size() + kFew> few;
  std::vector<std::uint64_t> many;
  const std::size_t size = head.size() + group.edges.size();
  if (size > few.size()) many.resize(size);
  const std::span<std::uint64_t> words = many.empty() ? std::span(few).first(size) : std::span(many);
  auto next = std::copy(head.begin(), head.end(), words.begin());
  for (const Edge* edge : group.edges) *next++ = edge->statement;
  return hashed(words);
}

// All that relation() reads: the ends, the statements by their ids and since when they hold, whose voices they are, and how those are
// named now who are said to have said it.
std::optional<JsonKey> ViewJson::lasting_key(const GraphView& view, const Group& group, std::size_t each, std::optional<Polarity> polarity) const {
  constexpr std::size_t kMost = 64;
  if (group.edges.size() > kMost) return std::nullopt;
  const RelationKey& key = group.key;
  std::vector<std::uint64_t> words{shape(kLasting, each, polarity), view.entity_id(key.source).value, view.entity_id(key.target).value, hashed(view.relation_types()[key.type]),
                                   days_of(key)};
  for (const Edge* edge : group.edges) {
    const StatementId id = view.statement_id(edge->statement);
    const std::vector<Node> speakers = view.ends(edge->statement).attribution;
    words.insert(words.end(), {id.article.value, std::uint64_t{id.ordinal} << 32 | edge->added, view.voice_key(edge->statement, group.version), speakers.size()});
    for (const Node speaker : speakers) words.insert(words.end(), {view.entity_id(speaker).value, hashed(view.entity(speaker).name)});
  }
  return hashed(words);
}

ViewJson::Text ViewJson::find(const JsonKey& key) const {
  if (const Text text = young_->find(key); text.data()) return text;
  const Text text = old_->find(key);
  return text.data() ? keep(key, text) : text;
}

ViewJson::Text ViewJson::keep(const JsonKey& key, std::string_view text) const {
  if (young_->fits(text.size())) {
    if (const Text kept = young_->add(key, text); kept.data()) return kept;
    full_.push_back(young_);
    young_ = home_->after(young_);
    if (const Text kept = young_->add(key, text); kept.data()) return kept;
  }
  return own_.emplace_front(text);
}

void ViewJson::also(const JsonKey& key, Text text) const {
  if (young_->holds(text)) young_->add_key(key, text);
}

JsonKey ViewJson::entity_key(Node node) const { return hashed(std::array<std::uint64_t, 3>{number_, kEntity, node}); }

ViewJson::Text ViewJson::entity(const GraphView& view, Node node) const {
  const JsonKey place = entity_key(node);
  const Text kept = find(place);
  return kept.data() ? kept : keep(place, to_json_text(view.entity(node)));
}

ViewJson KeptJson::of(const std::shared_ptr<const GraphView>& view) {
  const std::lock_guard lock(mutex_);
  if (newest_.owner_before(view) || view.owner_before(newest_)) {
    newest_ = view;
    ++number_;
  }
  return {*this, young_, old_, number_};
}

std::shared_ptr<KeptTexts> KeptJson::after(const std::shared_ptr<KeptTexts>& full) {
  const std::lock_guard lock(mutex_);
  if (young_ == full) old_ = std::exchange(young_, std::make_shared<KeptTexts>(half_));
  return young_;
}

}  // namespace relata
