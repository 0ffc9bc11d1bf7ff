// What every store does with snapshots in the same way.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "storage/store.h"

namespace relata::storage {

// bad_input: the name, or the version of the order. Whether the name is free is not looked at.
Result<Snapshot> make_snapshot(const SnapshotOrder& order, const GraphView& newest);
std::vector<Snapshot> in_order(const std::map<std::string, Snapshot>& snapshots);
Error snapshot_taken(const std::string& name);
Error no_snapshot(const std::string& name);

}  // namespace relata::storage
