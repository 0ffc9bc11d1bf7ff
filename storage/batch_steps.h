// The steps of a batch before it is written: what it adds and takes back, and what the books of identity and copies make of it.
#pragma once

#include <vector>

#include "graph/batch.h"
#include "storage/batch_writer.h"
#include "storage/book_loader.h"
#include "storage/copy_rows.h"

namespace relata::storage {

// What is stored before the batch; all must outlive the call.
struct Standing {
  const Database& database;
  const ExtractionSource& source;
  const ViewTables& tables;
};

// Gives the writer the articles that go and those that come, corrections decided. An error ends the writer's use.
Result<Receipt> gather(const Batch& batch, const Standing& standing, BatchWriter& writer);

// `kept`: null without names. Decisions get the versions and ids that the book gives them.
Settlement settle(KeptBook* kept, const BatchWriter& writer, std::vector<Decision>& decided);
void fold_copies(KeptCopies& kept, const BatchWriter& writer, Settlement& settlement);

}  // namespace relata::storage
