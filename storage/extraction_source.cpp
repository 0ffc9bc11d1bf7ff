#include "storage/extraction_source.h"

#include <algorithm>

#include "storage/extraction_bytes.h"

namespace relata::storage {
namespace {

Error missing(std::string_view stored_key) {
  return corrupt(name_of(Family::bodies, stored_key) + ": missing, though the article is listed; restore the store from a backup");
}

}  // namespace

Result<std::shared_ptr<const Extraction>> ExtractionSource::read(const ArticleKey& key) const {
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.key == key; });
    if (found != kept_.end()) {
      kept_.splice(kept_.begin(), kept_, found);
      return found->extraction;
    }
  }
  const auto stored = bytes(key);
  if (!stored) return stored.error();
  auto decoded = decode_extraction(**stored);
  if (!decoded) return corrupt(name_of(Family::bodies, encode(key)) + ": " + decoded.error().message);
  auto extraction = std::make_shared<const Extraction>(std::move(*decoded));
  const std::lock_guard lock(mutex_);
  kept_.push_front({key, extraction});
  if (kept_.size() > kKept) kept_.pop_back();
  return extraction;
}

Result<std::shared_ptr<const std::string>> ExtractionSource::bytes(const ArticleKey& key) const {
  if (auto kept = bytes_.find(key)) return kept;
  const std::string stored_key = encode(key);
  auto stored = database_->get(Family::bodies, stored_key);
  if (!stored) return stored.error();
  if (!*stored) return missing(stored_key);
  auto fresh = std::make_shared<const std::string>(**std::move(stored));
  bytes_.keep(key, fresh, fresh->size());
  return fresh;
}

Result<std::vector<std::shared_ptr<const std::string>>> ExtractionSource::bytes(std::span<const ArticleKey> keys) const {
  std::vector<std::shared_ptr<const std::string>> all;
  std::vector<ArticleKey> missed;
  std::vector<std::size_t> places;  // of missed ones in all
  for (const ArticleKey& key : keys) {
    all.push_back(bytes_.find(key));
    if (all.back()) continue;
    missed.push_back(key);
    places.push_back(all.size() - 1);
  }
  const Result<void> done = read_each(missed, [&](std::size_t i, std::string_view stored) -> Result<void> {
    auto fresh = std::make_shared<const std::string>(stored);
    bytes_.keep(missed[i], fresh, fresh->size());
    all[places[i]] = std::move(fresh);
    return {};
  });
  if (!done) return done.error();
  return all;
}

Result<void> ExtractionSource::read_each(std::span<const ArticleKey> keys, const Reader& read) const {
  constexpr std::size_t kAtOnce = 8192;
  std::vector<std::string> stored;
  for (std::size_t first = 0; first < keys.size(); first += kAtOnce) {
    stored.clear();
    for (const ArticleKey& key : keys.subspan(first, std::min(kAtOnce, keys.size() - first))) stored.push_back(encode(key));
    const auto done = database_->get_each(Family::bodies, stored, [&](std::size_t i, std::optional<std::string_view> bytes) -> Result<void> {
      if (!bytes) return missing(stored[i]);
      const Result<void> taken = read(first + i, *bytes);
      return taken ? taken : corrupt(name_of(Family::bodies, stored[i]) + ": " + taken.error().message);
    });
    if (!done) return done;
  }
  return {};
}

Result<std::vector<ArticleId>> ExtractionSource::mentioned_by(EntityId entity) const {
  std::vector<ArticleId> articles;
  const auto scanned = database_->scan(Family::actors, encode(entity), [&](std::string_view bytes, std::string_view) -> Result<void> {
    const auto key = decode_actor_key(bytes);
    if (!key) return corrupt(name_of(Family::actors, bytes) + ": does not decode; restore the store from a backup");
    if (articles.empty() || articles.back() != key->article.id) articles.push_back(key->article.id);
    return {};
  });
  if (!scanned) return scanned.error();
  return articles;
}

}  // namespace relata::storage
