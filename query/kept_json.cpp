#include "query/kept_json.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "query/json.h"

namespace relata {
namespace {

// 128 bits of a good hash stand for what a text is of: that two of some 10^5 kept ones agree by chance has odds of 10^-28.
JsonKey hashed(std::span<const std::uint64_t> words) {
  const XXH128_hash_t hash = XXH3_128bits(words.data(), words.size() * sizeof words[0]);
  return {hash.high64, hash.low64};
}

}  // namespace

JsonKey ViewJson::key(const Group& group, std::size_t each, std::optional<Polarity> polarity) const {
  const auto day = [](Day one) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(one.number)); };
  const RelationKey& key = group.key;
  const std::uint64_t side = polarity ? 1 + static_cast<std::uint64_t>(*polarity) : 0;
  const std::array head{number_,
                        1 | side << 8 | std::uint64_t{each} << 16,
                        std::uint64_t{key.source} << 32 | key.target,
                        std::uint64_t{key.type} << 32 | group.version,
                        day(key.begin) << 32 | day(key.end)};
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

ViewJson::Text ViewJson::keep(const JsonKey& key, std::string text) const {
  text.shrink_to_fit();
  auto kept = std::make_shared<const std::string>(std::move(text));
  shelf_->keep(key, kept, kept->size());
  return kept;
}

ViewJson::Text ViewJson::entity(const GraphView& view, Node node) const {
  const JsonKey place = hashed(std::array<std::uint64_t, 3>{number_, 0, node});
  if (Text kept = find(place)) return kept;
  return keep(place, to_json_text(view.entity(node)));
}

ViewJson KeptJson::of(const std::shared_ptr<const GraphView>& view) {
  const std::lock_guard lock(mutex_);
  if (newest_.owner_before(view) || view.owner_before(newest_)) {
    newest_ = view;
    ++number_;
  }
  return {shelf_, number_};
}

}  // namespace relata
