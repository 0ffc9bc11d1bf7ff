// The tables of the newest view, from a store that is being opened.
#pragma once

#include "storage/database.h"
#include "storage/rows.h"
#include "storage/view_image.h"
#include "storage/view_tables.h"

namespace relata::storage {

struct LoadedView {
  ViewTables tables;
  std::optional<ImageName> image;  // they came from, with what the log has beyond it
  std::uint64_t imaged_statements = 0;
  std::string doubt;               // why there is an image that was not trusted; everything came from the log then
};
// corrupt, naming the key, when something does not decode, refer or add up.
Result<LoadedView> load_view(const Database& database);
// The tables of a part of the graph, from the whole log but holding that part alone.
Result<ViewTables> load_share(const Database& database, const Share& share);

// The image that the store trusts, if there is one.
Result<std::optional<ImageName>> load_image_name(const Database& database);

// Every decision, in the order they were made. corrupt when one names a decision that does not come before it.
Result<std::vector<Decision>> load_decisions(const Database& database, const Database::Snapshot& at = nullptr);

// The row that counts.
Result<StateRow> load_state(const Database& database);

// The newest version that is stored.
Result<Version> load_version(const Database& database);

// The relation types of a store, in the order of their places.
Result<std::vector<std::string>> load_types(const Database& database, const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
