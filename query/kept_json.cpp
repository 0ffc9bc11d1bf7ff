#include "query/kept_json.h"

#include <xxhash.h>

#include <vector>

#include "query/json.h"

namespace relata {
namespace {

// 128 bits of a good hash stand for what a text is of: that two of some 10^5 kept ones agree by chance has odds of 10^-28.
JsonKey hashed(const std::vector<std::uint64_t>& words) {
  const XXH128_hash_t hash = XXH3_128bits(words.data(), words.size() * sizeof words[0]);
  return {hash.high64, hash.low64};
}

}  // namespace

JsonKey ViewJson::key(const Group& group, std::size_t each, std::optional<Polarity> polarity) const {
  const auto day = [](Day one) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(one.number)); };
  const RelationKey& key = group.key;
  const std::uint64_t side = polarity ? 1 + static_cast<std::uint64_t>(*polarity) : 0;
  std::vector<std::uint64_t> words;
  words.reserve(5 + group.edges.size());
  for (const std::uint64_t word : {number_, 1 | side << 8 | std::uint64_t{each} << 16, std::uint64_t{key.source} << 32 | key.target,
                                   std::uint64_t{key.type} << 32 | group.version, day(key.begin) << 32 | day(key.end)})
    words.push_back(word);
  for (const Edge* edge : group.edges) words.push_back(edge->statement);
  return hashed(words);
}

ViewJson::Text ViewJson::keep(const JsonKey& key, std::string text) const {
  text.shrink_to_fit();
  auto kept = std::make_shared<const std::string>(std::move(text));
  shelf_->keep(key, kept, kept->size());
  return kept;
}

ViewJson::Text ViewJson::entity(const GraphView& view, Node node) const {
  const JsonKey place = hashed({number_, 0, node});
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
