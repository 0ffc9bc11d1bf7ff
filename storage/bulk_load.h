// Many articles into a store that has none, all or nothing: sorted on disk and in memory, written as files of sorted keys that RocksDB
// takes in at one moment, as version 1, with the image of their view. A kill at any moment leaves the store empty or full.
//
// Memory: about 300 bytes a statement, and up to 256 MB of bodies that wait for their turn. Disk, for the time of the load: the other bodies.
#pragma once

#include "graph/name_forms.h"
#include "storage/database.h"
#include "storage/store.h"
#include "storage/view_image.h"

namespace relata::storage {

struct BulkLoaded {
  Receipt receipt;   // version 0: nothing came
  ImageName image;
};

// Precondition: the database is at version 0, and the caller's to write. bad_input when the numbers of a store do not suffice; io; or the
// error of the supply. After an error the database is as it was.
Result<BulkLoaded> bulk_load(Database& database, const Store::Supply& next, const std::shared_ptr<const NameForms>& names,
                            const std::shared_ptr<const KnownNames>& known);

}  // namespace relata::storage
