// Batches for property tests.
#pragma once

#include <vector>

#include "storage/store.h"
#include "tests/support/random_extraction.h"

namespace relata::tests {

// Some new articles (kept in `written`), a wire copy of one, some that were written before, a retraction of one that holds. The same news, written
// articles and held articles give the same batch.
inline Batch random_batch(RandomNews& news, std::vector<Extraction>& written, const GraphView& view) {
  Batch batch;
  for (std::uint32_t left = news.below(4); left > 0; --left) {
    written.push_back(news.extraction());
    batch.add.push_back(written.back());
  }
  if (!written.empty() && news.chance(30)) {
    written.push_back(news.copy_of(written[news.below(static_cast<std::uint32_t>(written.size()))]));
    batch.add.push_back(written.back());
  }
  if (!written.empty() && news.chance(40)) batch.add.push_back(written[news.below(static_cast<std::uint32_t>(written.size()))]);
  const auto held = view.articles();
  if (!held.empty() && news.chance(40)) batch.retract.push_back(held[news.below(static_cast<std::uint32_t>(held.size()))]);
  return batch;
}

}  // namespace relata::tests
