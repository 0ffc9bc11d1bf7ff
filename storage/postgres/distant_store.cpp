#include "storage/postgres/distant_store.h"

#include "storage/at_snapshot.h"
#include "storage/copy_database.h"
#include "storage/log_reader.h"
#include "storage/past_rows.h"
#include "storage/postgres/distant_view.h"
#include "storage/snapshot_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

class DistantStore final : public Store {
 public:
  explicit DistantStore(std::shared_ptr<PostgresDatabase> database) : database_(std::move(database)) {}

  std::shared_ptr<const GraphView> view() const override { return DistantView::open(database_, last_); }

  std::vector<Decision> decisions() const override { return view()->decisions(); }
  std::vector<Link> reasons(EntityId) const override { return {}; }

  Result<Receipt> apply(const Batch&) override { return refused(); }
  Result<Snapshot> take_snapshot(const SnapshotOrder&) override { return refused(); }
  Result<void> remove_snapshot(const std::string&) override { return refused(); }
  Result<ForgetReport> forget(Version) override { return refused(); }

  Result<std::vector<Snapshot>> snapshots() const override { return load_snapshots(*database_); }
  Result<std::vector<VersionChanges>> changes(Version after, Version until, std::size_t most) const override {
    const AtSnapshot standing(*database_);
    const auto state = load_state(standing);
    if (!state) return state.error();
    const auto oldest = load_oldest(standing);
    if (!oldest) return oldest.error();
    if (after < *oldest) return bad_input("version=" + std::to_string(after) + ": the oldest that is kept is " + std::to_string(*oldest));
    const auto decisions = load_decisions(standing);
    if (!decisions) return decisions.error();
    return read_changes(standing, *decisions, after, std::min(until, state->version), most);
  }
  Result<void> backup(const std::string& folder) const override {
    const auto copied = copy_database(*database_, folder);
    return copied ? Result<void>() : copied.error();
  }
  Result<CheckReport> check() const override { return refused(); }

 private:
  Error refused() const { return bad_input(database_->folder() + " is asked where it lies and not held here: open it whole for this"); }

  const std::shared_ptr<PostgresDatabase> database_;
  const std::shared_ptr<LastFacts> last_ = std::make_shared<LastFacts>();
};

}  // namespace

Result<std::unique_ptr<Store>> open_distant(std::shared_ptr<PostgresDatabase> database) {
  const auto filled = database->filled(nullptr);
  if (!filled) return filled.error();
  if (!*filled) return not_found(database->folder() + ": the edges of the graph are not written yet; open it for writing once");
  return std::unique_ptr<Store>(std::make_unique<DistantStore>(std::move(database)));
}

}  // namespace relata::storage
