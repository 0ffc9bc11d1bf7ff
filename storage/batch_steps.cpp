#include "storage/batch_steps.h"

#include "storage/corrections.h"
#include "storage/past_rows.h"

namespace relata::storage {
namespace {

// By the index of addresses, which also has articles that are gone and, by chance of its hash, other uris.
Result<std::vector<Wording>> held_under(const std::string& uri, const Standing& standing) {
  std::vector<Wording> wordings;
  const ViewTables& tables = standing.tables;
  const auto scanned = standing.database.scan(Family::addresses, address_prefix(uri), [&](std::string_view key, std::string_view) -> Result<void> {
    const auto id = article_of_address(key);
    const std::uint32_t place = id ? tables.find_article(*id) : IdIndex::kNowhere;
    if (place == IdIndex::kNowhere || tables.articles[place].removed != kForever) return {};
    const auto extraction = standing.source.read({*id, tables.articles[place].added});
    if (!extraction) return extraction.error();
    if ((*extraction)->article.uri == uri) wordings.push_back({*id, (*extraction)->article.published});
    return {};
  });
  if (!scanned) return scanned.error();
  return wordings;
}

}  // namespace

Result<Receipt> gather(const Batch& batch, const Standing& standing, BatchWriter& writer) {
  Receipt receipt;
  receipt.version = standing.tables.version;
  const auto corrected = correct(batch, [&](const std::string& uri) { return held_under(uri, standing); });
  if (!corrected) return corrected.error();
  std::vector<ArticleId> retract = batch.retract;
  retract.insert(retract.end(), corrected->retract.begin(), corrected->retract.end());
  for (const ArticleId id : retract) {
    if (auto retracted = writer.retract(id); !retracted) return retracted.error();
    receipt.retracted.push_back(id);
  }
  for (const Extraction& extraction : batch.add) {
    if (corrected->outdated.contains(extraction.article.id)) {
      receipt.outdated.push_back(extraction.article.id);
      continue;
    }
    const auto added = writer.add(extraction);
    if (!added) return added.error();
    (*added ? receipt.added : receipt.already).push_back(extraction.article.id);
  }
  receipt.decided = batch.decide;
  for (Decision& decision : receipt.decided) decision.version = writer.version();
  return receipt;
}

Settlement settle(KeptBook* kept, const BatchWriter& writer, std::vector<Decision>& decided) {
  Settlement settlement;
  if (kept == nullptr) return settlement;
  settlement.book = &kept->book;
  settlement.moved = kept->strays;
  for (const IdentityBook::Moved& moved : kept->book.apply(writer.retracted(), writer.added(), decided)) settlement.moved.push_back(moved.actor);
  settlement.redirected = kept->book.redirected();
  settlement.redirected.insert(settlement.redirected.end(), kept->stray_ids.begin(), kept->stray_ids.end());
  settlement.decided = decided;
  return settlement;
}

void fold_copies(KeptCopies& kept, const BatchWriter& writer, Settlement& settlement) {
  for (const Extraction* each : writer.retracted()) kept.book.remove(each->article.id);
  for (const Extraction* each : writer.added()) {
    settlement.sketches.push_back(sketch_row(each->article));
    kept.book.add(each->article.id, each->article.published, settlement.sketches.back().sketch);
  }
  settlement.copies = &kept.book;
  settlement.copied = kept.book.settle();
  settlement.copied.insert(settlement.copied.end(), kept.strays.begin(), kept.strays.end());
}

}  // namespace relata::storage
