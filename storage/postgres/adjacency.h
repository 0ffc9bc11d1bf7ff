// Table `edges`: for each entity, what articles say of it, packed into blocks, so that a question fetches a frontier with one round
// trip (docs/postgresql.md). It follows from the log; other engines have views in memory instead.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/bytes.h"
#include "storage/identity_rows.h"
#include "storage/rows.h"

namespace relata::storage {

// A stretch of versions of one statement, seen from one of its ends.
struct AdjacentEdge {
  std::uint32_t ordinal = 0;
  bool outgoing = true;
  EntityId other;
  TypeIndex type = 0;
  Day begin = kLastDay, end = kFirstDay;  // undated as in Edge
  Version added = 0, removed = kForever;
  std::uint8_t confidence = 0;
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::actual;
};

// What one lifetime of an article says of one entity.
struct Adjacent {
  std::uint32_t statements = 0;  // of the article
  std::uint64_t publisher = 0;
  std::vector<std::pair<Version, std::uint64_t>> voices;  // from a version on it speaks for another publisher; ascending
  std::vector<AdjacentEdge> edges;
};
std::string encode(const Adjacent& adjacent);
std::optional<Adjacent> decode_adjacent(std::string_view bytes);

// Where it stands among all that is said of the entity: by publication, so that blocks hold days near each other.
struct AdjacentPlace {
  std::optional<Day> published;
  ArticleKey article;
};
std::string encode(const AdjacentPlace& place);  // 16 bytes in the order of places
std::optional<AdjacentPlace> decode_place(std::string_view bytes);

// All that the log tells of one lifetime.
struct Lifetime {
  ArticleColumns columns;
  std::map<Version, std::vector<MovedActor>> moves;
  std::map<Version, ArticleId> originals;
  Version removed = kForever;
};
// Adds a row of the log to what is known of its lifetime. corrupt: it does not decode.
Result<void> take_log_row(std::string_view key, std::string_view value, std::map<ArticleKey, Lifetime>& lifetimes);
// What it says of each entity. `publisher`: of an original.
std::map<EntityId, Adjacent> adjacent_in(const Lifetime& lifetime, Version added, const std::function<std::uint64_t(ArticleId)>& publisher);

// A block: places and what stands there, encoded, ascending.
using Block = std::map<std::string, std::string, std::less<>>;
std::string encode(const Block& block);
std::optional<Block> decode_block(std::string_view bytes);
// The days of its dated edges; first above last when there are none.
std::pair<std::int64_t, std::int64_t> days_of(const Block& block);
// In pieces of at most about kBlockBytes; nothing is empty.
std::vector<Block> split(Block block);
// About 30 edges: who wants the newest 25 reads two of them. Beyond 2 KB the server would compress them, to no avail.
inline constexpr std::size_t kBlockBytes = 1600;

// Key of a block: the entity and the least place that may stand in it; of an entity's first block no place.
std::string block_key(EntityId entity, std::string_view place);

// Reads a block through without making anything of it: `while (next()) while (edge()) ...`, then ok().
class BlockReader {
 public:
  explicit BlockReader(std::string_view bytes) : rest_(bytes), in_({}) {}
  // What the next lifetime says; false at the end. Its edges come from edge().
  bool next(AdjacentPlace& place, Adjacent& head);
  bool edge(AdjacentEdge& edge);
  // Where the next lifetime stands, and past it.
  bool skip(AdjacentPlace& place);
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  ByteReader in_;  // in what one lifetime says
  std::uint32_t statements_ = 0;
  bool ok_ = true;
};

}  // namespace relata::storage
