// What the service keeps between requests. Private to the service.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "query/backend.h"
#include "query/gate.h"
#include "query/jobs.h"
#include "query/metrics.h"

namespace relata {

struct Desk {
  Gate gate;
  Metrics metrics;
  Jobs jobs;
  std::atomic<int> ingesting{0};  // articles being read now, for answers that wait for it
  std::function<std::vector<Figure>()> more_figures = {};  // of the sockets
};

// Graph sizes, memory of the process, jobs, and what the store and the sockets tell.
std::vector<Figure> figures(const Desk& desk, const Backend& backend);

}  // namespace relata
