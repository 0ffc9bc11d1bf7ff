#include "storage/postgres/distant_view.h"

#include <algorithm>

#include "storage/batch_writer.h"
#include "storage/past_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {

std::shared_ptr<const GraphView> DistantView::open(std::shared_ptr<const PostgresDatabase> database, std::shared_ptr<LastFacts> last, const DistantLimits& limits) {
  return std::shared_ptr<const GraphView>(new DistantView(std::make_shared<const Moment>(std::move(database), std::move(last)), std::nullopt, limits));
}

Result<std::shared_ptr<const GraphView>> DistantView::at(Version version) const {
  const auto refuse = [&](const std::string& why) { return bad_input("version=" + std::to_string(version) + ": " + why); };
  if (version > state().version) return refuse("the newest is " + std::to_string(state().version));
  if (version < oldest()) return refuse("the oldest that is kept is " + std::to_string(oldest()));
  if (version == moment_->facts().newest.version) return std::shared_ptr<const GraphView>(new DistantView(moment_, std::nullopt, limits_));
  const auto was = Past(moment_->database(), moment_->at()).state(version);
  if (!was) return was.error();
  if (!*was && version > 0) return corrupt(name_of(Family::past, past_state_key(version)) + ": missing; the store is damaged, restore it from a backup");
  return std::shared_ptr<const GraphView>(new DistantView(moment_, was->value_or(StateRow{}), limits_));
}

void DistantView::fail(const Error& error) const {
  if (!error_) error_ = error;
}

Result<void> DistantView::fetched() const {
  const std::lock_guard lock(mutex_);
  return error_ ? Result<void>(*error_) : moment_->trouble();
}

std::vector<Decision> DistantView::decisions() const {
  auto made = load_decisions(moment_->database(), moment_->at());
  if (!made) {
    const std::lock_guard lock(mutex_);
    fail(made.error());
    return {};
  }
  std::erase_if(*made, [&](const Decision& decision) { return decision.version > state().version; });
  return std::move(*made);
}

}  // namespace relata::storage
