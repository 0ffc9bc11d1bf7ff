#include "storage/postgres/distant_view.h"

#include <algorithm>

#include "storage/at_snapshot.h"
#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "storage/known_rows.h"
#include "storage/past_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {

std::shared_ptr<const GraphView> DistantView::open(std::shared_ptr<const PostgresDatabase> database, const DistantLimits& limits) {
  auto moment = std::make_shared<Moment>();
  moment->database = std::move(database);
  moment->at = moment->database->snapshot();
  const auto loaded = moment->load();
  const std::shared_ptr<DistantView> view(new DistantView(moment, moment->newest, limits));
  if (!loaded) view->fail(loaded.error());
  return view;
}

Result<void> DistantView::Moment::load() {
  const auto rows = database->read("SELECT key, value FROM meta WHERE key < 'known/' OR key >= 'known0' ORDER BY key", {}, at);
  if (!rows) return rows.error();
  bool names = false;
  std::optional<StateRow> state;
  oldest = 0;
  for (int i = 0; i < rows->size(); ++i) {
    const std::string_view key = rows->bytes(i, 0), value = rows->bytes(i, 1);
    if (key == kStateKey) state = decode_state_row(value);
    if (key.starts_with(kTypePrefix)) types.emplace_back(value);
    if (key == "names") names = !value.empty();
    if (key == kOldestKey) oldest = ByteReader(value).fixed32();
  }
  if (!state) return corrupt(database->folder() + ": the row of state is missing or does not decode; restore the graph from a backup");
  newest = *state;
  if (!names) return {};
  auto settled = load_settled_with(AtSnapshot(*database, at));
  if (!settled) return settled.error();
  known = settled->known;
  return {};
}

Result<std::shared_ptr<const GraphView>> DistantView::at(Version version) const {
  const auto refuse = [&](const std::string& why) { return bad_input("version=" + std::to_string(version) + ": " + why); };
  if (version > state_.version) return refuse("the newest is " + std::to_string(state_.version));
  if (version < moment_->oldest) return refuse("the oldest that is kept is " + std::to_string(moment_->oldest));
  if (version == moment_->newest.version) return std::shared_ptr<const GraphView>(new DistantView(moment_, moment_->newest, limits_));
  const auto state = Past(*moment_->database, moment_->at).state(version);
  if (!state) return state.error();
  if (!*state && version > 0) return corrupt(name_of(Family::past, past_state_key(version)) + ": missing; the store is damaged, restore it from a backup");
  return std::shared_ptr<const GraphView>(new DistantView(moment_, state->value_or(StateRow{}), limits_));
}

void DistantView::fail(const Error& error) const {
  if (!error_) error_ = error;
}

Result<void> DistantView::fetched() const {
  const std::lock_guard lock(mutex_);
  return error_ ? Result<void>(*error_) : Result<void>();
}

std::vector<Decision> DistantView::decisions() const {
  auto made = load_decisions(*moment_->database, moment_->at);
  if (!made) {
    const std::lock_guard lock(mutex_);
    fail(made.error());
    return {};
  }
  std::erase_if(*made, [&](const Decision& decision) { return decision.version > state_.version; });
  return std::move(*made);
}

}  // namespace relata::storage
