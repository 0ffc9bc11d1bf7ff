// What another process has written since, without reading everything again.
#pragma once

#include "graph/identity_book.h"
#include "storage/database.h"
#include "storage/extraction_source.h"
#include "storage/view_tables.h"

namespace relata::storage {

// The tables of the newest version in `database`, which must stand still meanwhile (a turn, or AtSnapshot). `base` must be the
// newest tables of its line of descent (see Paged). The book, if any, is told what happened; after an error it is of no more use.
Result<ViewTables> catch_up(const Database& database, const ExtractionSource& source, const ViewTables& base, IdentityBook* book);

}  // namespace relata::storage
