// What a view does not hold in memory, read from the store when somebody asks: the extractions of articles, with the last few
// kept and the bytes of some more, and the articles of an entity.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <span>

#include "graph/extraction.h"
#include "graph/shelf.h"
#include "storage/database.h"
#include "storage/rows.h"

namespace relata::storage {

// May be used from any thread.
class ExtractionSource {
 public:
  explicit ExtractionSource(std::shared_ptr<const Database> database) : database_(std::move(database)) {}

  // corrupt when it is not there or does not decode; io.
  Result<std::shared_ptr<const Extraction>> read(const ArticleKey& key) const;

  // Its bytes, of which some are kept for those who ask again. Errors as of read(), but for what does not decode.
  Result<std::shared_ptr<const std::string>> bytes(const ArticleKey& key) const;
  // The same of several, whose keys ascend; those that are not kept are read together.
  Result<std::vector<std::shared_ptr<const std::string>>> bytes(std::span<const ArticleKey> keys) const;

  // The bytes of many, whose keys ascend: read(i, bytes) for each in turn, until it returns an error, which is handed on with the name of
  // the key before it. Valid only during the call. Keeps none. Errors as of read().
  using Reader = std::function<Result<void>(std::size_t, std::string_view)>;
  Result<void> read_each(std::span<const ArticleKey> keys, const Reader& read) const;

  const Database& database() const { return *database_; }

  // The articles that ever had an actor that was this entity, ascending, each once.
  Result<std::vector<ArticleId>> mentioned_by(EntityId entity) const;

 private:
  struct Kept {
    ArticleKey key;
    std::shared_ptr<const Extraction> extraction;
  };
  struct KeyHash {
    std::size_t operator()(const ArticleKey& key) const { return key.id.value ^ key.added * std::size_t{0x9E3779B97F4A7C15u}; }
  };
  static constexpr std::size_t kKept = 32;
  static constexpr std::size_t kMostBytes = 32u << 20;

  std::shared_ptr<const Database> database_;
  mutable Shelf<ArticleKey, std::string, KeyHash> bytes_{kMostBytes};
  mutable std::mutex mutex_;
  mutable std::list<Kept> kept_;  // guarded by mutex_; the most recently used first
};

}  // namespace relata::storage
