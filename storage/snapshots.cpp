#include "storage/snapshots.h"

#include <algorithm>
#include <tuple>

namespace relata::storage {

Result<Snapshot> make_snapshot(const SnapshotOrder& order, const GraphView& newest) {
  if (auto sensible = check_snapshot_name(order.name); !sensible) return sensible.error();
  const auto view = newest.at(order.version.value_or(newest.version()));
  if (!view) return view.error();
  return Snapshot{order.name, order.note, order.time, (*view)->version(), (*view)->counts(), (*view)->content_hash()};
}

std::vector<Snapshot> in_order(const std::map<std::string, Snapshot>& snapshots) {
  std::vector<Snapshot> all;
  for (const auto& [name, snapshot] : snapshots) all.push_back(snapshot);
  std::sort(all.begin(), all.end(), [](const Snapshot& a, const Snapshot& b) { return std::tie(a.version, a.name) < std::tie(b.version, b.name); });
  return all;
}

Error snapshot_taken(const std::string& name) { return conflict("snapshot '" + name + "': there is one of this name; remove it or choose another"); }
Error no_snapshot(const std::string& name) { return not_found("snapshot '" + name + "': there is none of this name"); }

}  // namespace relata::storage
