#include "storage/kept.h"

#include "storage/batch_writer.h"
#include "storage/past_rows.h"
#include "storage/tie_rows.h"

namespace relata::storage {
namespace {

Result<LoadedView> load_view_of(const Database& database, const Share& share) {
  if (share.everything()) return load_view(database);
  auto tables = load_share(database, share);
  if (!tables) return tables.error();
  LoadedView loaded;
  loaded.tables = std::move(*tables);
  return loaded;
}

}  // namespace

Result<Kept> load_kept(const Database& database, const Share& share) {
  auto view = load_view_of(database, share);
  if (!view) return view.error();
  auto settled = load_settled_with(database);
  if (!settled) return settled.error();
  view->tables.known = settled->known;
  return Kept{std::move(*view), std::move(*settled)};
}

Result<void> create(Database& database) {
  auto first = database.writes();
  if (!first) return first.error();
  first->put(Family::meta, kStateKey, encode(StateRow{}));
  first->put(Family::meta, kTiesKey, "");
  first->put(Family::past, past_state_key(0), encode(StateRow{}));
  if (auto written = database.write(*first); !written) return written;
  return database.finish_creation();
}

}  // namespace relata::storage
