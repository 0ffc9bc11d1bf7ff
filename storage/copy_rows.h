// The rows of wire copies (FORMAT.md has them byte by byte): what is kept of each text to compare it with others, and which
// article was the original of which from which version on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "graph/copies.h"
#include "storage/database.h"
#include "storage/extraction_source.h"
#include "storage/view_tables.h"

namespace relata::storage {

// In family "identity".
inline constexpr std::string_view kSketchPrefix = "s";
struct SketchRow {
  std::optional<Day> published;
  Sketch sketch;
  bool operator==(const SketchRow&) const = default;
};
SketchRow sketch_row(const Article& article);
std::string sketch_key(ArticleId id);
std::optional<ArticleId> decode_sketch_key(std::string_view key);
std::string encode(const SketchRow& row);
std::optional<SketchRow> decode_sketch_row(std::string_view bytes);

// Value of "log" for an article whose original is another from this version on.
std::string encode_original(ArticleId original);
std::optional<ArticleId> decode_original(std::string_view bytes);

// The book of copies, made again from the sketches of the articles that hold; of those that have none yet, from their text.
struct KeptCopies {
  CopyBook book;
  std::vector<ArticleId> strays;  // whose original in the tables is another; the next batch brings them together
};
Result<std::unique_ptr<KeptCopies>> load_copies(const Database& database, const ExtractionSource& source, const ViewTables& tables,
                                                const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
