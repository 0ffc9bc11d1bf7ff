#include "storage/store.h"

namespace relata {

Result<Receipt> Store::load(const Supply& next) {
  Batch batch;
  for (;;) {
    const auto portion = next();
    if (!portion) return portion.error();
    if (!*portion) return apply(batch);
    auto articles = (*portion)();
    if (!articles) return articles.error();
    for (Extraction& article : *articles) batch.add.push_back(std::move(article));
  }
}

}  // namespace relata
