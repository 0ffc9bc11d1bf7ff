#include "storage/copy_rows.h"

#include "storage/bytes.h"
#include "storage/rows.h"

namespace relata::storage {

SketchRow sketch_row(const Article& article) { return {article.published, sketch_of(article.text)}; }

std::string sketch_key(ArticleId id) {
  ByteWriter out;
  out.raw(kSketchPrefix);
  out.big64(id.value);
  return out.take();
}

std::optional<ArticleId> decode_sketch_key(std::string_view key) {
  if (!key.starts_with(kSketchPrefix)) return std::nullopt;
  ByteReader in(key.substr(kSketchPrefix.size()));
  const ArticleId id{in.big64()};
  return in.done() ? std::optional(id) : std::nullopt;
}

std::string encode(const SketchRow& row) {
  ByteWriter out;
  out.u8(row.published ? 1 : 0);
  if (row.published) out.zigzag(row.published->number);
  out.varint(row.sketch.shingles);
  if (row.sketch.shingles == 0) return out.take();
  for (const std::uint16_t value : row.sketch.least) {
    out.u8(static_cast<std::uint8_t>(value));
    out.u8(static_cast<std::uint8_t>(value >> 8));
  }
  return out.take();
}

std::optional<SketchRow> decode_sketch_row(std::string_view bytes) {
  ByteReader in(bytes);
  SketchRow row;
  const std::uint8_t dated = in.u8();
  if (dated > 1) in.fail();
  if (dated == 1) {
    const std::int64_t day = in.zigzag();
    if (day < kFirstDay.number || day > kLastDay.number) in.fail();
    row.published = Day{static_cast<std::int32_t>(day)};
  }
  row.sketch.shingles = in.varint32();
  if (row.sketch.shingles > 0)
    for (std::uint16_t& value : row.sketch.least) {
      const std::uint8_t low = in.u8();
      value = static_cast<std::uint16_t>(low | in.u8() << 8);
    }
  return in.done() ? std::optional(row) : std::nullopt;
}

std::string encode_original(ArticleId original) {
  ByteWriter out;
  out.fixed64(original.value);
  return out.take();
}

std::optional<ArticleId> decode_original(std::string_view bytes) {
  ByteReader in(bytes);
  const ArticleId original{in.fixed64()};
  return in.done() ? std::optional(original) : std::nullopt;
}

Result<std::unique_ptr<KeptCopies>> load_copies(const Database& database, const ExtractionSource& source, const ViewTables& tables,
                                                const Database::Snapshot& at) {
  auto kept = std::make_unique<KeptCopies>();
  const auto holds = [&](ArticleId id) {
    const std::uint32_t place = tables.find_article(id);
    return place != IdIndex::kNowhere && tables.articles[place].removed == kForever;
  };
  std::unordered_map<ArticleId, bool> seen;
  seen.reserve(tables.articles.size());
  kept->book.expect(tables.counts.articles);
  const auto scanned = database.scan(Family::identity, kSketchPrefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto id = decode_sketch_key(key);
    const auto row = decode_sketch_row(value);
    if (!id || !row) return corrupt(name_of(Family::identity, key) + ": does not decode; the store is damaged, restore it from a backup");
    seen[*id] = true;
    if (holds(*id)) kept->book.add(*id, row->published, row->sketch);
    return {};
  }, at);
  if (!scanned) return scanned.error();
  for (std::size_t i = 0; i < tables.articles.size(); ++i) {  // of a store that older programs wrote to
    const ArticleEntry& article = tables.articles[i];
    if (article.removed != kForever || seen.contains(article.id)) continue;
    const auto extraction = source.read({article.id, article.added});
    if (!extraction) return extraction.error();
    const SketchRow row = sketch_row((*extraction)->article);
    kept->book.add(article.id, row.published, row.sketch);
  }
  (void)kept->book.settle();
  for (std::size_t i = 0; i < tables.articles.size(); ++i) {
    const ArticleEntry& article = tables.articles[i];
    if (article.removed == kForever && kept->book.original(article.id) != tables.original(article)) kept->strays.push_back(article.id);
  }
  return kept;
}

}  // namespace relata::storage
