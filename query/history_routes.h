// Routes about the past: snapshots, diffs, the feed of changes, backups. Private to the service.
#pragma once

#include <vector>

#include "query/routes.h"

namespace relata {

std::vector<Route> history_routes();

}  // namespace relata
